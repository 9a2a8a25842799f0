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
 * @throws InvalidRequest where it leads to those of several data sets
 */
export function idxIn(path: string): IdxPlace | undefined {
  const names = namesIn(path);
  if (names === undefined) {
    if (statSync(path, { throwIfNoEntry: false })) return undefined;
    const [folder, start] = [dirname(path), basename(path)];
    const prefixes = prefixesOf(namesIn(folder) ?? []).filter((prefix) => prefix !== "" && prefix.startsWith(start));
    const exact = prefixes.filter((prefix) => withoutEnd(prefix) === withoutEnd(start));
    return prefixes.length === 0
      ? undefined
      : { folder, prefix: single(exact.length > 0 ? exact : prefixes, path, folder) };
  }
  if (!names.some((name) => ANY_IDX.test(name)) && !hasIdxBelow(path)) return undefined;
  const prefixes = prefixesOf(names);
  return { folder: path, prefix: prefixes.includes("") ? "" : single(prefixes, path, path) };
}

const prefixesOf = (names: readonly string[]): string[] =>
  [...new Set(names.flatMap((name) => TRAIN_IMAGES.exec(name)?.[1] ?? []))].sort();

/** As whoever names a data set writes its prefix. */
const withoutEnd = (prefix: string): string => prefix.replace(/[-_.]$/, "");

function single(prefixes: readonly string[], path: string, folder: string): string {
  if (prefixes.length < 2) return prefixes[0] ?? "";
  const paths = prefixes.map((prefix) => join(folder, withoutEnd(prefix)));
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
