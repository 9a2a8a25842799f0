import type { ImageOptions, Size } from "../../../core/data/image-options.js";
import { quoted } from "../../../core/given.js";

/** What the view's fields are called. Each stands for an option of the command line, whose name it has here. */
export const LABELS = {
  size: "Size",
  colour: "Colour",
  fit: "Fit",
  classes: "Classes",
  order: "Order",
  first: "First picture",
  second: "Second picture",
  label: "Label",
  same: "Same",
} as const satisfies Partial<Record<keyof ImageOptions, string>>;

export type FieldName = keyof typeof LABELS;

const NAMES = Object.keys(LABELS) as readonly FieldName[];
const OPTION = new RegExp(`--(${NAMES.join("|")})\\b`, "g");

/** Of a list elsewhere than its pictures, which no page is given. */
const ELSEWHERE = ", and the files' folder with --images";

/** A message of the core, which names options as on the command line, with the view's fields in their place. */
export const inFields = (message: string): string =>
  message
    .replace(ELSEWHERE, ", or put the list into the folder from which it names them")
    .replace("say --fit ", "choose --fit: ")
    .replace(OPTION, (_, name: FieldName) => `“${LABELS[name]}”`);

/** The fields that a message names. */
export const fieldsNamed = (message: string): readonly FieldName[] => [
  ...new Set(Array.from(message.matchAll(OPTION), ([, name]) => name as FieldName)),
];

/** As on the command line. */
const SIDES = { least: 8, most: 64 };

/** A height and a width: "32x24", "32×24". @throws Error with one line: what is wrong and what would be right */
export function readSize(text: string): Size {
  const [height = 0, width = 0] = (/^(\d+)\s*[x×]\s*(\d+)$/i.exec(text.trim()) ?? []).slice(1).map(Number);
  const isSide = (side: number) => side >= SIDES.least && side <= SIDES.most;
  if (isSide(height) && isSide(width)) return { height, width };
  throw new Error(
    `Size must be a height and a width from ${SIDES.least} to ${SIDES.most}, such as 32×32, not ${quoted(text)}`,
  );
}

/** Names with commas between them; undefined of none. */
export function readOrder(text: string): readonly string[] | undefined {
  if (text.trim() === "") return undefined;
  return text.split(",").map((name) => name.trim());
}
