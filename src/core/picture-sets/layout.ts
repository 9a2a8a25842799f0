import { InvalidRequest } from "../errors.js";
import { inShort, quoted } from "../given.js";
import { didYouMean } from "../text/nearest.js";
import { jsonRows, listText, rowsOf, type Table, tableOf } from "./rows.js";
import { METADATA, SPLIT_NAMES, type Split, splitOf } from "./splits.js";
import { bytesOf, type FileTree, type TreeFile } from "./tree.js";

/** An image of a data set, with what is known of it. */
export interface FoundImage<File extends TreeFile = TreeFile> {
  readonly file: File;
  /** The name of its class. */
  readonly label: string;
  readonly split?: Split;
}

/** How a data set was understood. */
export interface Layout<File extends TreeFile = TreeFile> {
  readonly kind: "folders of classes" | "metadata" | "a list of pairs";
  /** In the order in which the data set has them. */
  readonly images: readonly FoundImage<File>[];
  /** Files that are no images by their names, such as texts and programs, or that no list names. */
  readonly passedOver: number;
}

export interface LayoutOptions {
  /** Which folder is an image's class, where folders lie in folders; default the first below the split's. */
  readonly classes?: "first" | "innermost";
}

/** Files that come with images and are none, by what their names end in. */
const NO_IMAGE =
  /\.(txt|md|rst|csv|tsv|json|jsonl|xml|ya?ml|html?|pdf|docx?|xlsx?|py|ipynb|m|mat|npy|npz|pkl|h5|db|ini|log|sh|license)$|(^|\/)(licen[cs]e|copying|readme|makefile)$/i;

/** Whether a file's name says that it is no image. */
export const isNoPicture = (path: string): boolean => NO_IMAGE.test(path);

/** @throws InvalidRequest where a data set's files cannot be understood */
export async function layoutOf<File extends TreeFile>(
  tree: FileTree<File>,
  options: LayoutOptions = {},
): Promise<Layout<File>> {
  const idx = tree.files.find(({ path }) => isIdx(path));
  if (idx) throw new InvalidRequest(`${idx.name} is an IDX file: name the folder that it lies in, not packed`);
  const lists = tree.files.filter(({ path }) => METADATA.test(path));
  requireOneList(lists);
  const isListed = lists.length > 0;
  if (isListed && options.classes)
    throw new InvalidRequest(`${lists[0]?.name} says each image's class: leave --classes out`);
  const named = tree.files.filter(({ path }) => !isNoPicture(path));
  if (!isListed && named.length === 0) throw new InvalidRequest(`${tree.root} has no images in it: ${EXPECTED}`);
  const images = isListed ? await listed(tree, lists) : inFolders(tree, named, options);
  requireOneSpelling(tree.root, images);
  return {
    kind: isListed ? "metadata" : "folders of classes",
    images,
    passedOver: tree.files.length - lists.length - images.length,
  };
}

/** @throws InvalidRequest where a folder has two lists */
function requireOneList(lists: readonly TreeFile[]): void {
  const byFolder = new Map<string, TreeFile>();
  for (const list of lists) {
    const folder = list.path.slice(0, list.path.lastIndexOf("/") + 1);
    const other = byFolder.get(folder);
    if (other)
      throw new InvalidRequest(`${list.name} lies beside ${other.name}, and each lists images: keep one of them`);
    byFolder.set(folder, list);
  }
}

/** Whether a file is an IDX file by its name. */
export const isIdx = (path: string): boolean => /[-.]idx[13]-ubyte(\.gz)?$/.test(path);

const EXPECTED =
  "it must have a folder of images for each class, such as cats/1.png, or a metadata.csv with the columns file_name and label";

function inFolders<File extends TreeFile>(
  { root, empty }: FileTree<File>,
  images: readonly File[],
  { classes = "first" }: LayoutOptions,
): FoundImage<File>[] {
  const loose = images.find(({ path }) => !path.includes("/"));
  if (loose) throw new InvalidRequest(`${loose.name} lies in no folder of a class: ${EXPECTED}`);
  const isSplit = inSplits(root, images);
  const labelOf = (parts: readonly string[]) => (classes === "innermost" ? parts.join("/") : parts[0]);
  const found = images.map((file): FoundImage<File> => {
    const parts = file.path.split("/").slice(isSplit ? 1 : 0, -1);
    const label = labelOf(parts);
    if (!label) throw new InvalidRequest(`${file.name} lies in no folder of a class: ${EXPECTED}`);
    const split = isSplit ? splitOf(topOf(file)) : undefined;
    return { file, label, ...(split && { split }) };
  });
  const labels = new Set(found.map(({ label }) => label));
  const bare = empty.find((path) => {
    const label = labelOf(path.split("/").slice(isSplit ? 1 : 0));
    return label && !labels.has(label);
  });
  if (bare !== undefined)
    throw new InvalidRequest(`${root}/${bare} is an empty folder: put images of that class into it, or remove it`);
  return found;
}

const topOf = ({ path }: TreeFile): string => path.split("/", 1)[0] as string;

/**
 * Whether folders are those of splits. One that is called as a split may be a class, such as trains beside planes, if images lie in it
 * themselves.
 *
 * @throws InvalidRequest where only some are
 */
function inSplits(root: string, images: readonly TreeFile[]): boolean {
  const tops = [...new Set(images.map(topOf))];
  const splits = tops.filter((name) => splitOf(name));
  if (splits.length === tops.length) return true;
  const [split] = splits;
  if (split === undefined) return false;
  const isClass =
    splits.length === 1 && images.some(({ path }) => path.split("/").length === 2 && path.startsWith(`${split}/`));
  if (isClass) return false;
  throw new InvalidRequest(
    `${root} has folders of splits (${splits.join(", ")}) beside others (${tops.find((name) => !splitOf(name))}): have all images in the splits' folders, or none`,
  );
}

/** Two spellings of one name look alike: é is one character, or an e and an accent. */
function requireOneSpelling(root: string, images: readonly FoundImage[]): void {
  const spelled = new Map<string, string>();
  for (const { label } of images) {
    const other = spelled.get(label.normalize("NFC"));
    if (other !== undefined && other !== label)
      throw new InvalidRequest(
        `${root} has two classes that look alike, ${inShort(label)}: one is spelled ${inShort(escaped(other))}, one ${inShort(escaped(label))}; spell them the same, or rename one`,
      );
    spelled.set(label.normalize("NFC"), label);
  }
}

const escaped = (text: string): string =>
  text.replaceAll(/[^ -~]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);

async function listed<File extends TreeFile>(
  tree: FileTree<File>,
  lists: readonly TreeFile[],
): Promise<FoundImage<File>[]> {
  const files = new Map(tree.files.map((file) => [file.path, file]));
  const rowOf = new Map<string, string>();
  const found: FoundImage<File>[] = [];
  for (const list of lists) {
    const folder = list.path.includes("/") ? `${list.path.slice(0, list.path.lastIndexOf("/"))}/` : "";
    const table = await readTable(list);
    requireColumns(list.name, table);
    for (const { at, cells } of table.rows) {
      const { file_name: named = "", label = "", split: said = "" } = cells;
      const file = fileOf(at, named, folder, files);
      if (label === "") throw new InvalidRequest(`${at} has no label: each image must have one`);
      const split = said === "" ? (splitOf(topOf(list)) ?? splitOf(topOf(file))) : splitOf(said);
      if (said !== "" && !split)
        throw new InvalidRequest(`${at}: split must be one of ${SPLIT_NAMES.join(", ")}, not ${quoted(said)}`);
      const other = rowOf.get(file.path);
      if (other !== undefined)
        throw new InvalidRequest(`${at} names ${inShort(named)} again, after ${other}: list each image once`);
      rowOf.set(file.path, at);
      found.push({ file, label, ...(split && { split }) });
    }
  }
  if (found.length === 0) throw new InvalidRequest(`${lists[0]?.name} lists no images: it must have a row for each`);
  return found;
}

/** Files among which a mistyped name is looked for; letters by which it may differ. */
const NEAR = { files: 10_000, letters: 4 };

/** Whether a path begins at the root of a file system, here or on another machine: "/data/1.png", "C:\\data\\1.png". */
export const isAbsolute = (named: string): boolean => /^([a-z]:)?[\\/]/i.test(named);

/** The refusal of a path that holds on one machine alone. */
export const absolute = (at: string, named: string): InvalidRequest =>
  new InvalidRequest(
    `${at}: ${inShort(named)} is an absolute path: name the file from the list's folder, so that the data set can move`,
  );

/** The file that a row names. @throws InvalidRequest where there is none of that name in the data set */
export function fileOf<File extends TreeFile>(
  at: string,
  named: string,
  folder: string,
  files: ReadonlyMap<string, File>,
): File {
  if (named === "") throw new InvalidRequest(`${at} names no file`);
  if (isAbsolute(named)) throw absolute(at, named);
  const path = joined(folder, named);
  if (path === undefined)
    throw new InvalidRequest(`${at}: ${inShort(named)} leads out of the data set: it must name a file in it`);
  const found = fileIn(files, path);
  if (found) return found;
  const near = files.size <= NEAR.files ? didYouMean(path, [...files.keys()], NEAR.letters) : "";
  throw new InvalidRequest(`${at}: there is no ${inShort(path)}${near}`);
}

/** A file by its path, whichever way its letters with accents are spelled. */
const fileIn = <File>(files: ReadonlyMap<string, File>, path: string): File | undefined =>
  files.get(path) ?? files.get(path.normalize("NFC")) ?? files.get(path.normalize("NFD"));

/** Whether a cell names a file of the data set, or leads out of it: such a cell names none, and it is meant to. */
export function namesFile(named: string, files: ReadonlyMap<string, TreeFile>): boolean {
  const path = joined("", named);
  return path === undefined || fileIn(files, path) !== undefined;
}

/** A path from the data set's folder; undefined where it leads out of it. */
function joined(folder: string, named: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${folder}${named.replaceAll("\\", "/")}`.split("/"))
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  return parts.join("/");
}

async function readTable(list: TreeFile): Promise<Table> {
  const text = listText(list.name, await bytesOf(list));
  return list.path.endsWith(".jsonl") ? jsonRows(list.name, text) : tableOf(list.name, await rowsOf(list.name, text));
}

function requireColumns(name: string, { columns }: Table): void {
  for (const column of ["file_name", "label"])
    if (!columns.includes(column))
      throw new InvalidRequest(
        `${name} has no column ${column}: it must have the columns file_name and label, and has ${inShort(columns.join(", ")) || "none"}`,
      );
}
