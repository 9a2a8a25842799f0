import { isLitter } from "../../../core/picture-sets/tree.js";
import { count, listed } from "../../../core/text/format.js";
import type { GivenFile, GivenPictures } from "../../images/given-pictures.js";

/** Files and folders that the page takes. */
export const MOST = 100_000;
/** Folders within folders: links can make many of few. */
const MOST_DEPTH = 64;

/** What somebody gave cannot be taken, for a reason in one line. */
export class NotTaken extends Error {}

const isArchive = (name: string): boolean => /\.zip$/i.test(name);

/** The files of a folder that was chosen: each says its path, which begins with the folder. */
export function chosenFolder(files: readonly File[]): GivenPictures | undefined {
  const [first] = files;
  if (!first) return undefined;
  const [name = ""] = first.webkitRelativePath.split("/", 1);
  requireFew(name, files.length);
  const kept: GivenFile[] = [];
  const bare = new Set<string>();
  for (const file of files) {
    const parts = file.webkitRelativePath.split("/").slice(1);
    const litter = parts.findIndex(isLitter);
    if (litter < 0) kept.push({ path: parts.join("/"), file });
    else bare.add(parts.slice(0, litter).join("/"));
  }
  const held = new Set([...kept.map(({ path }) => path), ...bare].flatMap(foldersAbove));
  return { name, files: kept, empty: [...bare].filter((folder) => !held.has(folder)).sort() };
}

/** All folders that a path lies in; the outermost is "". */
const foldersAbove = (path: string): string[] =>
  path === "" ? [] : path.split("/").map((_, i, parts) => parts.slice(0, i).join("/"));

/** An archive that was chosen. */
export const chosenArchive = (file: File): GivenPictures => ({
  name: file.name,
  files: [{ path: file.name, file }],
  empty: [],
});

/**
 * What lies below what was dropped: one folder, one archive, or several files and folders as if they lay in one folder.
 *
 * @param onFound  called with how many files and folders there are so far
 * @throws NotTaken where there is too much of it, or something cannot be read
 */
export async function droppedPictures(
  entries: readonly FileSystemEntry[],
  onFound: (found: number) => void,
): Promise<GivenPictures> {
  const [first] = entries;
  if (!first) throw new NotTaken("What was dropped is no file and no folder: drop a folder of pictures, or a zip file");
  if (entries.length === 1 && isFile(first)) {
    if (isArchive(first.name)) return chosenArchive(await fileOf(first, first.name));
    throw new NotTaken(`${first.name} is one file: drop the folder that it lies in, or a zip file`);
  }
  const walk = new Walk(nameOf(entries), onFound);
  if (entries.length === 1 && isFolder(first)) await walk.into(first, "", 0);
  else await walk.each(entries, "", 0);
  return walk.given();
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** "flags", "cats and dogs", "cats, dogs and 10 more". */
function nameOf(entries: readonly FileSystemEntry[]): string {
  const names = entries.map(({ name }) => name).sort();
  return listed(names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names);
}

/** Finds the files below folders, one folder after another. */
class Walk {
  readonly #files: GivenFile[] = [];
  readonly #empty: string[] = [];
  #found = 0;

  constructor(
    readonly name: string,
    readonly onFound: (found: number) => void,
  ) {}

  async into(folder: FileSystemDirectoryEntry, path: string, depth: number): Promise<void> {
    if (depth > MOST_DEPTH)
      throw new NotTaken(`${path} lies more than ${MOST_DEPTH} folders deep: drop a folder further down`);
    await this.each(await entriesIn(folder, path || this.name), path, depth);
  }

  async each(all: readonly FileSystemEntry[], path: string, depth: number): Promise<void> {
    const entries = all.filter(({ name }) => !isLitter(name));
    this.#found += entries.length;
    requireFew(this.name, this.#found);
    this.onFound(this.#found);
    if (entries.length === 0) this.#empty.push(path);
    const at = ({ name }: FileSystemEntry) => (path === "" ? name : `${path}/${name}`);
    const files = entries.filter(isFile);
    this.#files.push(
      ...(await Promise.all(files.map(async (entry) => ({ path: at(entry), file: await fileOf(entry, at(entry)) })))),
    );
    for (const entry of entries.filter(isFolder)) await this.into(entry, at(entry), depth + 1);
  }

  given(): GivenPictures {
    return { name: this.name, files: this.#files, empty: this.#empty.sort() };
  }
}

/** All entries of a folder. A reader gives some at a time, and none when there are no more. */
async function entriesIn(folder: FileSystemDirectoryEntry, path: string): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, () => reject(new NotTaken(`${path} cannot be read: it must be a readable folder`)));
    });
    if (some.length === 0) return entries;
    entries.push(...some);
    // A folder of millions is not read to its end.
    requireFew(path, entries.length);
  }
}

const fileOf = (entry: FileSystemFileEntry, path: string): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, () => reject(new NotTaken(`${path} cannot be read: it must be a readable file`)));
  });

function requireFew(name: string, found: number): void {
  if (found > MOST)
    throw new NotTaken(
      `${name} has more than ${count(MOST)} files and folders: give a folder with fewer, or use pairlab serve --data`,
    );
}
