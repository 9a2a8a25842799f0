import { drawPairs, type PairCountNames, type PairSetOptions } from "../../core/data/pairs.js";
import type { OfficialFile } from "./mnist.js";

/** The numbers of a set's images that shall be kept, ascending; undefined for all. `count` is how many there are. */
export type Choice = (set: "training" | "test", count: number) => Uint32Array | undefined;

export const allImages: Choice = () => undefined;

export const noImages: Choice = () => new Uint32Array();

/** The images that one seed's pairs consist of: 4,000 of 70,000. Memory for all takes longer than training an epoch. */
export function imagesDrawnBy(
  seed: number,
  options: Pick<PairSetOptions, "trainPairs" | "testPairs" | "evaluateOn">,
  names?: PairCountNames,
): Choice {
  return (set, count) => {
    if (options.evaluateOn === "validation" && set === "test") return new Uint32Array();
    const drawn = drawPairs(set, seed, count, options, names);
    if (options.evaluateOn !== "validation") return drawn.sort();
    return Uint32Array.from([...drawn, ...drawPairs("validation", seed, count, options, names)]).sort();
  };
}

/** What is kept of a file: stretches of bytes in ascending order, ends not included. */
export interface Kept {
  readonly stretches: readonly { readonly start: number; readonly end: number }[];
  /** Bytes, all together. */
  readonly length: number;
  /** Which images, where they are not all. */
  readonly held?: Uint32Array;
}

const HEADER_BYTES = 16;

/**
 * @param head  the file's first bytes
 * @param size  how many bytes there are
 */
export function keep({ role }: OfficialFile, head: Uint8Array, size: number, choice: Choice): Kept {
  const all: Kept = { stretches: [{ start: 0, end: size }], length: size };
  if (role.endsWith("labels") || head.length < HEADER_BYTES) return all;
  const header = new DataView(head.buffer, head.byteOffset);
  const count = header.getUint32(4);
  const bytes = header.getUint32(8) * header.getUint32(12);
  // A file that is not what it should be is kept as it is, for whoever says what is wrong with it.
  if (size !== HEADER_BYTES + count * bytes) return all;
  const held = choice(role === "train images" ? "training" : "test", count);
  if (!held) return all;
  const images = Array.from(held, (image) => {
    const start = HEADER_BYTES + image * bytes;
    return { start, end: start + bytes };
  });
  return {
    stretches: [{ start: 0, end: HEADER_BYTES }, ...images],
    length: HEADER_BYTES + held.length * bytes,
    held,
  };
}
