import { readdirSync } from "node:fs";
import { join } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import { OFFICIAL_FILES, type OfficialFile } from "../../core/picture-sets/mnist.js";
import { nearest } from "../../core/text/nearest.js";
import type { IdxPlace } from "./idx-names.js";
import { type OpenFile, openFile } from "./open.js";

/**
 * The names that a file may have: MNIST's own, and the one that archives unpack to; the first that is there is read. Other data sets
 * put something before it, and call the test images so.
 */
export function namesOf({ name }: Pick<OfficialFile, "name">, prefix = ""): string[] {
  const names = [name, ...(prefix === "" ? [] : [name.replace(/^t10k/, "test")])];
  return [...new Set(names)]
    .flatMap((each) => [each, each.replace("-idx", ".idx")])
    .flatMap((each) => [`${prefix}${each}`, `${prefix}${each}.gz`]);
}

/**
 * Opens one of a folder's four files.
 *
 * @throws InvalidRequest where it is missing, with the name that may be meant, or is no regular file
 */
export function openByName({ folder, prefix }: IdxPlace, file: OfficialFile): OpenFile {
  let other: string | undefined;
  for (const name of namesOf(file, prefix)) {
    const path = join(folder, name);
    const opened = openFile(path);
    // Archives also unpack to a folder of that name, beside the file.
    if (opened === "no file") other ??= path;
    else if (opened) return opened;
  }
  if (other) throw new InvalidRequest(`${other} is no regular file: it must be one`);
  throw new InvalidRequest(
    `no ${prefix}${file.name} (or ${prefix}${file.name}.gz) in ${folder}: the folder must hold MNIST's four IDX files${hint(folder, file)}`,
  );
}

/** Letters by which a name may differ from the right one. */
const MOST_LETTERS = 4;
/** A folder of more is one of something else. */
const MOST_NAMES = 10_000;
/** Where PyTorch puts the files that it downloads. */
const BELOW = ["MNIST/raw", "raw"];

function hint(folder: string, file: OfficialFile): string {
  const near = meant(namesIn(folder), namesOf(file));
  if (near !== undefined) return `; there is ${near}: is that it?`;
  const below = BELOW.map((path) => join(folder, path)).find((path) =>
    namesIn(path).some((name) => namesOf(file).includes(name)),
  );
  return below === undefined ? "" : `; ${below} has it: name that folder`;
}

function namesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder);
    return names.length > MOST_NAMES ? [] : names;
  } catch {
    return [];
  }
}

/** The name that is nearest to one of the right ones, if it is near; those of the other files are not meant. */
function meant(names: readonly string[], right: readonly string[]): string | undefined {
  const known = new Set(OFFICIAL_FILES.flatMap((file) => namesOf(file)));
  const longest = Math.max(...right.map(({ length }) => length)) + MOST_LETTERS;
  const [found] = names
    .filter((name) => !known.has(name) && name.length <= longest)
    .map((name) => ({ name, letters: nearest(name.toLowerCase(), right)?.letters ?? Number.POSITIVE_INFINITY }))
    .toSorted((a, b) => a.letters - b.letters);
  return found && found.letters <= MOST_LETTERS ? found.name : undefined;
}
