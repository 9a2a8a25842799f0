import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InvalidRequest } from "../../core/errors.js";

/** Where four IDX files lie, and what their names begin with: "emnist-letters-". */
export interface IdxPlace {
  readonly folder: string;
  readonly prefix: string;
}

/** A data set's file of training images, by MNIST's name behind anything. */
const TRAIN_IMAGES = /^(.*)train-images[-.]idx3-ubyte(\.gz)?$/;
/** Some file of those, or one that is meant to be. */
const ANY_IDX = /ubyte|[-.]idx[13]/i;

/**
 * Where a path leads to IDX files: a folder of them, or a folder and what their names begin with, as in "data/emnist-letters".
 *
 * @returns undefined where it leads to something else
 * @throws InvalidRequest where a folder has those of several data sets
 */
export function idxIn(path: string): IdxPlace | undefined {
  const names = namesIn(path);
  if (names === undefined) {
    const [folder, start] = [dirname(path), basename(path)];
    const begins = (name: string) => name.startsWith(start) && TRAIN_IMAGES.test(name);
    const named = statSync(path, { throwIfNoEntry: false }) ? undefined : namesIn(folder)?.find(begins);
    const [, prefix] = named ? (TRAIN_IMAGES.exec(named) ?? []) : [];
    return prefix === undefined ? undefined : { folder, prefix };
  }
  if (!names.some((name) => ANY_IDX.test(name)) && !hasIdxBelow(path)) return undefined;
  const prefixes = [...new Set(names.flatMap((name) => TRAIN_IMAGES.exec(name)?.[1] ?? []))].sort();
  if (prefixes.length < 2 || prefixes.includes(""))
    return { folder: path, prefix: prefixes.includes("") ? "" : (prefixes[0] ?? "") };
  const paths = prefixes.map((prefix) => join(path, prefix.replace(/[-_.]$/, "")));
  throw new InvalidRequest(`${path} has IDX files of several data sets: name one of ${paths.join(", ")}`);
}

/** Where PyTorch puts the files that it downloads. */
const BELOW = ["MNIST/raw", "raw"];

const hasIdxBelow = (path: string): boolean =>
  BELOW.some((below) => namesIn(join(path, below))?.some((name) => TRAIN_IMAGES.test(name)));

function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}
