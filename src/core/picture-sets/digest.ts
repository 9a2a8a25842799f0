import { newSha256 } from "../digest.js";

/** What a data set's pixels and labels are of. */
export interface DigestHead {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly background: readonly number[];
  /** How many there are, and what they stand for where that is known. */
  readonly classes: number;
  readonly values?: readonly number[];
  readonly splits: readonly { readonly name: string; readonly count: number }[];
}

/** What a data set is: SHA-256 of its pixels as networks see them, and its classes, in their order. Names are not a part of it. */
export function contentDigest(
  { height, width, channels, background, classes, values, splits }: DigestHead,
  pixels: readonly (Uint8Array | Uint16Array)[],
  labels: readonly (Uint8Array | Uint16Array)[],
): string {
  const bits = 8 * (pixels[0]?.BYTES_PER_ELEMENT ?? 1);
  const head = { height, width, channels, background, classes, values, splits, bits };
  const start = newSha256().update(`pairlab images 1\n${JSON.stringify(head)}\n`);
  return [...pixels, ...labels].reduce((sum, part) => sum.update(part), start).hex();
}
