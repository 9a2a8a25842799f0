import { InvalidRequest } from "../../../core/errors.js";
import { didYouMean } from "../../../core/text/nearest.js";
import { jsonRows, listText, rowsOf, type Table, tableOf } from "./rows.js";
import type { FileTree, TreeFile } from "./tree.js";

/** Which part of a data set an image is of, where its folders or its list say it. */
export type Split = "train" | "validation" | "test";

/** An image of a data set, with what is known of it. */
export interface FoundImage {
  readonly file: TreeFile;
  /** The name of its class. */
  readonly label: string;
  readonly split?: Split;
}

/** How a data set was understood. */
export interface Layout {
  readonly kind: "folders of classes" | "metadata" | "a list of pairs";
  /** In the order in which the data set has them. */
  readonly images: readonly FoundImage[];
  /** Files that are no images by their names: texts, lists, programs. */
  readonly passedOver: number;
}

export interface LayoutOptions {
  /** Which folder is an image's class, where folders lie in folders; default the first below the split's. */
  readonly classes?: "first" | "innermost";
}

const SPLITS: Readonly<Record<string, Split>> = {
  train: "train",
  training: "train",
  validation: "validation",
  valid: "validation",
  val: "validation",
  dev: "validation",
  test: "test",
  testing: "test",
  eval: "test",
};

export const splitOf = (name: string): Split | undefined =>
  Object.hasOwn(SPLITS, name.toLowerCase()) ? SPLITS[name.toLowerCase()] : undefined;

/** Files that come with images and are none, by what their names end in. */
const NO_IMAGE =
  /\.(txt|md|rst|csv|tsv|json|jsonl|xml|ya?ml|html?|pdf|docx?|xlsx?|py|ipynb|m|mat|npy|npz|pkl|h5|db|ini|log|sh|license)$|(^|\/)(licen[cs]e|copying|readme|makefile)$/i;
/** Whether a file's name says that it is no image. */
export const isNoPicture = (path: string): boolean => NO_IMAGE.test(path);

const METADATA = /(^|\/)metadata\.(csv|jsonl)$/;

/** @throws InvalidRequest where a data set's files cannot be understood */
export async function layoutOf(tree: FileTree, options: LayoutOptions = {}): Promise<Layout> {
  const lists = tree.files.filter(({ path }) => METADATA.test(path));
  const images = tree.files.filter(({ path }) => !isNoPicture(path));
  const passedOver = tree.files.length - images.length;
  if (lists.length > 0) return { kind: "metadata", images: await listed(tree, lists), passedOver };
  if (images.length === 0) throw new InvalidRequest(`${tree.root} has no images in it: ${EXPECTED}`);
  return { kind: "folders of classes", images: inFolders(tree, images, options), passedOver };
}

const EXPECTED =
  "it must have a folder of images for each class, such as cats/1.png, or a metadata.csv with the columns file_name and label";

function inFolders(
  { root }: FileTree,
  images: readonly TreeFile[],
  { classes = "first" }: LayoutOptions,
): FoundImage[] {
  const tops = new Set(images.map(({ path }) => (path.includes("/") ? (path.split("/", 1)[0] as string) : "")));
  if (tops.has(""))
    throw new InvalidRequest(
      `${images.find(({ path }) => !path.includes("/"))?.name} lies in no folder of a class: ${EXPECTED}`,
    );
  const splits = [...tops].filter((name) => splitOf(name));
  const bySplit = splits.length === tops.size && splits.length > 0;
  if (!bySplit && splits.length > 1)
    throw new InvalidRequest(
      `${root} has folders of splits (${splits.join(", ")}) beside others (${[...tops].find((name) => !splitOf(name))}): have all images in the splits' folders, or none`,
    );
  const found = images.map((file): FoundImage => {
    const parts = file.path.split("/").slice(bySplit ? 1 : 0, -1);
    const label = classes === "innermost" ? parts.join("/") : parts[0];
    if (!label) throw new InvalidRequest(`${file.name} lies in no folder of a class: ${EXPECTED}`);
    const split = bySplit ? splitOf(file.path.split("/", 1)[0] as string) : undefined;
    return { file, label, ...(split && { split }) };
  });
  requireOneSpelling(root, found);
  return found;
}

/** Two spellings of one name look alike: é is one character, or an e and an accent. */
function requireOneSpelling(root: string, images: readonly FoundImage[]): void {
  const spelled = new Map<string, string>();
  for (const { label } of images) {
    const other = spelled.get(label.normalize("NFC"));
    if (other !== undefined && other !== label)
      throw new InvalidRequest(
        `${root} has two classes that look alike, ${label} (${escaped(label)} and ${escaped(other)}): rename one, so that both are spelled the same or differ`,
      );
    spelled.set(label.normalize("NFC"), label);
  }
}

const escaped = (text: string): string =>
  text.replaceAll(/[^ -~]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);

async function listed(tree: FileTree, lists: readonly TreeFile[]): Promise<FoundImage[]> {
  const byPath = new Map(tree.files.map((file) => [file.path, file]));
  const found: FoundImage[] = [];
  for (const list of lists) {
    const folder = list.path.includes("/") ? `${list.path.slice(0, list.path.lastIndexOf("/"))}/` : "";
    const splitOfFolder = splitOf(folder.slice(0, -1));
    const table = await readTable(list);
    requireColumns(list.name, table);
    for (const { at, cells } of table.rows) {
      const named = cells.file_name ?? "";
      const label = cells.label ?? "";
      if (label === "") throw new InvalidRequest(`${at} has no label: each image must have one`);
      const split = cells.split === undefined || cells.split === "" ? splitOfFolder : splitOf(cells.split);
      if (cells.split && !split)
        throw new InvalidRequest(`${at}: split must be one of ${Object.keys(SPLITS).join(", ")}, not "${cells.split}"`);
      found.push({ file: fileOf(at, named, folder, byPath), label, ...(split && { split }) });
    }
  }
  if (found.length === 0) throw new InvalidRequest(`${lists[0]?.name} lists no images: it must have a row for each`);
  requireOneSpelling(tree.root, found);
  return found;
}

/** The file that a row names. @throws InvalidRequest where there is none of that name in the data set */
export function fileOf(at: string, named: string, folder: string, files: ReadonlyMap<string, TreeFile>): TreeFile {
  if (named === "") throw new InvalidRequest(`${at} names no file`);
  if (/^([a-z]:)?[\\/]/i.test(named))
    throw new InvalidRequest(
      `${at}: ${named} is an absolute path: name the file from the list's folder, so that the data set can move`,
    );
  const path = joined(folder, named);
  const found = files.get(path) ?? files.get(path.normalize("NFC")) ?? files.get(path.normalize("NFD"));
  if (found) return found;
  const near = files.size <= 10_000 ? didYouMean(path, [...files.keys()]) : "";
  throw new InvalidRequest(`${at}: there is no ${path}${near}`);
}

function joined(folder: string, named: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${named.replaceAll("\\", "/")}`.split("/"))
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  return parts.join("/");
}

async function readTable(list: TreeFile): Promise<Table> {
  const text = listText(list.name, await list.read());
  return list.path.endsWith(".jsonl") ? jsonRows(list.name, text) : tableOf(list.name, await rowsOf(list.name, text));
}

function requireColumns(name: string, { columns }: Table): void {
  for (const column of ["file_name", "label"])
    if (!columns.includes(column))
      throw new InvalidRequest(
        `${name} has no column ${column}: it must have file_name and label; it has ${columns.join(", ") || "none"}`,
      );
}
