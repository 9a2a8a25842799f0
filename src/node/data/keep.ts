import { headerBytes, type IdxHeader } from "../../core/data/idx.js";
import { drawPairs, drawsByNumber, type PairCountNames, type PairSetOptions } from "../../core/data/pools.js";
import type { OfficialFile } from "../../core/picture-sets/mnist.js";
import { SETTINGS } from "../../core/settings/table.js";
import type { SettingOverrides } from "../../core/settings/training-settings.js";

/** The numbers of a set's images that shall be kept, ascending; undefined for all. `count` is how many there are. */
export type Choice = (set: "training" | "test", count: number) => Uint32Array | undefined;

export const allImages: Choice = () => undefined;

export const noImages: Choice = () => new Uint32Array();

/**
 * The images that a seed's pairs consist of, where that is known before there are any: of MNIST's own, asked the usual question. Undefined
 * for all images.
 */
export function choiceFor(
  path: string | undefined,
  seed: number,
  settings: SettingOverrides,
  names?: PairCountNames,
): Choice | undefined {
  const { relation = SETTINGS.relation.usual, balance, split, reuse } = settings;
  const isUsual = path === undefined && relation === SETTINGS.relation.usual;
  if (!(isUsual && drawsByNumber({ balance: balance ?? false, split: split ?? "images", reuse: reuse ?? false })))
    return undefined;
  return imagesDrawnBy(seed, settings, names);
}

/** The images that one seed's pairs consist of: 4,000 of 70,000. Memory for all takes longer than training an epoch. */
export function imagesDrawnBy(
  seed: number,
  options: Pick<PairSetOptions, "trainPairs" | "testPairs" | "evaluateOn" | "dataSeed">,
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

/** What is kept of the file that has this header. */
export function keep({ role }: OfficialFile, { count, length, height, width }: IdxHeader, choice: Choice): Kept {
  const all: Kept = { stretches: [{ start: 0, end: length }], length };
  if (role.endsWith("labels")) return all;
  const held = choice(role === "train images" ? "training" : "test", count);
  if (!held) return all;
  const [head, bytes] = [headerBytes("images"), height * width];
  const images = Array.from(held, (image) => {
    const start = head + image * bytes;
    return { start, end: start + bytes };
  });
  return { stretches: [{ start: 0, end: head }, ...images], length: head + held.length * bytes, held };
}
