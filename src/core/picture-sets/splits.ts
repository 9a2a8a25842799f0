/** Which part of a data set an image is of, where its folders or its list say it. */
export type Split = "train" | "validation" | "test";

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

/** All names that splits have. */
export const SPLIT_NAMES = Object.keys(SPLITS);

/** The split that a folder or a cell names, in small or capital letters. */
export function splitOf(name: string): Split | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(SPLITS, lower) ? SPLITS[lower] : undefined;
}

/** Lists of images, each in the folder of a data set or of a split. */
export const METADATA = /(^|\/)metadata\.(csv|jsonl)$/;
