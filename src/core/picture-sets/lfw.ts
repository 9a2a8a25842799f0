import { InvalidRequest } from "../errors.js";
import type { ListedPair } from "./pair-list.js";
import type { Row } from "./rows.js";

/** Endings that the pictures may have. */
const ENDINGS = [".jpg", ".png", ".jpeg", ".webp", ".ppm", ".pgm"];

/** Whether a list is in the form of LFW's `pairs.txt`: a row with one or two numbers, then rows of three or four cells. */
export const isLfw = ([first, second]: readonly Row[]): boolean =>
  first !== undefined &&
  first.cells.length <= 2 &&
  first.cells.every(isNumber) &&
  second !== undefined &&
  isLfwRow(second.cells);

const isNumber = (cell: string): boolean => /^\d+$/.test(cell);

/** Whether a row is one of LFW's pairs: "NAME 1 2", or "NAME 1 OTHER 2". */
const isLfwRow = (cells: readonly string[]): boolean =>
  (cells.length === 3 || cells.length === 4) && isNumber(cells[1] as string) && isNumber(cells.at(-1) as string);

/** @throws InvalidRequest where rows are those of LFW's `pairs.txt` without the first */
export function requireCountRow(rows: readonly Row[], isFile: (cell: string) => boolean): void {
  const [first] = rows;
  if (!first || !rows.every(({ cells }) => isLfwRow(cells)) || isFile(first.cells[1] as string)) return;
  throw new InvalidRequest(
    `${first.at} is "${first.cells.join(" ")}", a pair as in LFW's pairs.txt, whose first row has counts: begin with a row of the number of folds and of the pairs of each kind in a fold, such as "1 300"`,
  );
}

/**
 * The pairs of LFW's `pairs.txt`: "NAME i j" for two pictures of one person, "NAME i NAME j" of two. Picture 3 of NAME is
 * NAME/NAME_0003.jpg.
 *
 * @param isThere  whether there is a file of that path
 * @throws InvalidRequest naming the row that is not of that form
 */
export function lfwPairs([, ...rows]: readonly Row[], isThere: (path: string) => boolean): ListedPair[] {
  const pathOf = (name: string, number: string): string => {
    const start = `${name}/${name}_${number.padStart(4, "0")}`;
    return `${start}${ENDINGS.find((ending) => isThere(`${start}${ending}`)) ?? ENDINGS[0]}`;
  };
  return rows.map(({ at, cells }) => {
    const [first, i, third, j] = cells as [string, string, string, string | undefined];
    const numbers = j === undefined ? [i, third] : [i, j];
    if ((cells.length !== 3 && cells.length !== 4) || !numbers.every((number) => /^\d+$/.test(number ?? "")))
      throw new InvalidRequest(`${at} is "${cells.join(" ")}": it must be NAME 1 2, or NAME 1 OTHER 2`);
    return j === undefined
      ? { at, first: pathOf(first, i), second: pathOf(first, third), answer: true }
      : { at, first: pathOf(first, i), second: pathOf(third, j), answer: false };
  });
}
