import { InvalidRequest } from "../errors.js";
import { absolute, isAbsolute } from "./layout.js";
import { listText, type Row, rowsOf } from "./rows.js";
import type { TreeFile } from "./tree.js";

/** Columns of a list of pairs, by what they are called or by their numbers from 1, and which label says yes. */
export interface PairListOptions {
  readonly first?: string | undefined;
  readonly second?: string | undefined;
  readonly label?: string | undefined;
  /** The label of pairs that match: "1", "0". */
  readonly same?: string | undefined;
}

/** A pair that a list names. */
export interface ListedPair {
  /** For errors: "pairs.csv row 3". */
  readonly at: string;
  readonly first: string;
  readonly second: string;
  /** Whether the list says yes; absent if it has no labels. */
  readonly answer?: boolean;
  /** The part of the data set that the list says. */
  readonly split?: string;
  /** The answer says which picture wins: yes if the second does. */
  readonly winner?: true;
}

/** Whether a list's cell names a file. */
export type IsFile = (cell: string) => boolean;

/**
 * The pairs of a list: CSV, TSV or white space. The two columns that name files are found by trying. The first row is a header
 * unless it names two files itself.
 *
 * @param labels  whether each pair has a label; if not, its other columns are passed over
 * @throws InvalidRequest naming the row where something is wrong; where it is not said which label means yes, it asks
 */
export async function pairList(
  file: Pick<TreeFile, "name" | "read">,
  isFile: IsFile,
  options: PairListOptions = {},
  labels = true,
): Promise<ListedPair[]> {
  const { name } = file;
  const rows = await rowsOf(name, listText(name, await file.read()));
  const [top] = rows;
  if (!top) throw new InvalidRequest(`${name} is empty: it must have a row for each pair`);
  const hasHeader = top.cells.filter((cell) => isFile(cell) || isAbsolute(cell)).length < 2;
  const header = hasHeader ? top.cells : undefined;
  const body = hasHeader ? rows.slice(1) : rows;
  if (body.length === 0) throw new InvalidRequest(`${name} has a header and no pairs: it must have a row for each`);
  const [first, second] = fileColumns(name, header, body, isFile, options);
  const label = labels ? labelColumn(name, header, body, [first, second], options) : undefined;
  const split = header?.findIndex((cell) => /^(split|set|subset)$/i.test(cell)) ?? -1;
  const pairs = body.map(({ at, cells }): ListedPair & { readonly said?: string } => {
    const cell = (column: number) => cells[column] as string;
    for (const column of [first, second])
      if (cell(column) === "") throw new InvalidRequest(`${at} names one file: it must name two`);
    return {
      ...{ at, first: cell(first), second: cell(second) },
      ...(label !== undefined && { said: cell(label) }),
      ...(split >= 0 && cell(split) !== "" && { split: cell(split) }),
    };
  });
  if (label === undefined) return pairs;
  const { answer, winner } = answersOf(name, header?.[label], pairs as readonly Said[], options.same);
  return (pairs as readonly Said[]).flatMap(({ said, ...pair }) => {
    const found = answer({ said, ...pair });
    return found === undefined ? [] : [{ ...pair, answer: found, ...(winner && { winner }) }];
  });
}

type Said = ListedPair & { readonly said: string };

/** Rows that are looked at to find the columns. */
const LOOKED_AT = 100;

function fileColumns(
  name: string,
  header: readonly string[] | undefined,
  body: readonly Row[],
  isFile: IsFile,
  { first, second }: PairListOptions,
): [number, number] {
  const named = [first, second].map((column) =>
    column === undefined ? undefined : columnOf(name, header, body, column),
  );
  const looked = body.slice(0, LOOKED_AT);
  const width = (body[0] as Row).cells.length;
  const hits = Array.from(
    { length: width },
    (_, column) => looked.filter(({ cells }) => isFile(cells[column] ?? "")).length,
  );
  const free = hits
    .map((count, column) => ({ count, column }))
    .filter(({ count, column }) => count > 0 && !named.includes(column))
    .toSorted((one, other) => other.count - one.count || one.column - other.column)
    .slice(0, named.filter((column) => column === undefined).length)
    .map(({ column }) => column)
    .toSorted((one, other) => one - other);
  const columns = named.map((column) => column ?? free.shift());
  const [one, two] = columns;
  if (one === undefined || two === undefined) {
    const [{ at, cells }] = body as [Row];
    const path = cells.find(isAbsolute);
    if (path !== undefined) throw absolute(at, path);
    throw new InvalidRequest(
      `${name}: there are not two columns that name files from the list's folder: its first pair is ${(body[0] as Row).cells.join(" ")}; name the columns with --first and --second, and the files' folder with --images`,
    );
  }
  return [one, two];
}

/** A column by its name, or by its number from 1. */
function columnOf(name: string, header: readonly string[] | undefined, body: readonly Row[], column: string): number {
  const found = header?.findIndex((cell) => cell.toLowerCase() === column.toLowerCase()) ?? -1;
  if (found >= 0) return found;
  const number = Number(column);
  if (Number.isInteger(number) && number >= 1 && number <= (body[0] as Row).cells.length) return number - 1;
  const there = header ? header.join(", ") : `numbers from 1 to ${(body[0] as Row).cells.length}`;
  throw new InvalidRequest(`${name} has no column ${column}: there are ${there}`);
}

/** Names of columns that say which answer a pair has. */
const LABELS = /^(label|target|answer|same|similar|match|matches|genuine|winner|class|y)$/i;
/** Those that say by their name what 1 means. */
const SAME = /^(same|similar|match|matches|genuine)$/i;

function labelColumn(
  name: string,
  header: readonly string[] | undefined,
  body: readonly Row[],
  files: readonly number[],
  { label }: PairListOptions,
): number {
  if (label !== undefined) return columnOf(name, header, body, label);
  const others = (body[0] as Row).cells.map((_, column) => column).filter((column) => !files.includes(column));
  const named = others.filter((column) => LABELS.test(header?.[column] ?? ""));
  const [found] = named.length > 0 ? named : others.filter((column) => column === others[0] && others.length === 1);
  if (found !== undefined) return found;
  throw new InvalidRequest(
    `${name}: it is not clear which column has the labels${header ? `, of ${header.join(", ")}` : ""}: name it with --label`,
  );
}

const YES = /^(same|similar|match|genuine|yes|true|positive)$/i;
const NO = /^(different|dissimilar|no[- ]?match|impostor|imposter|no|false|negative)$/i;

/** How the labels of a list are read: undefined for a pair that is a tie. */
interface Answers {
  readonly answer: (pair: Said) => boolean | undefined;
  readonly winner?: true;
}

function answersOf(
  name: string,
  column: string | undefined,
  pairs: readonly Said[],
  same: string | undefined,
): Answers {
  const values = [...new Set(pairs.map(({ said }) => said))];
  const refuse = ({ at, said }: Said, right: string): never => {
    throw new InvalidRequest(`${at}: the label is "${said}": it must be ${right}`);
  };
  if (same !== undefined) {
    if (!values.includes(same))
      throw new InvalidRequest(
        `${name} has no label ${same}, which --same says means yes: it has ${values.slice(0, 5).join(", ")}`,
      );
    const other = values.find((value) => value !== same);
    const answer = (pair: Said) =>
      pair.said === same || (pair.said === other ? false : refuse(pair, `${same} for yes or ${other} for no`));
    return { answer };
  }
  const isWord = (value: string) => YES.test(value) || NO.test(value);
  if (values.every(isWord)) return { answer: ({ said }) => YES.test(said) };
  const isWinner = ({ first, second, said }: Said) =>
    said === first || said === second || /^(left|right|first|second|equal|tie|draw)$/i.test(said);
  if (pairs.every(isWinner)) {
    // The second wins: its score is the larger one.
    const answer = ({ first, second, said }: Said) => {
      if (/^(equal|tie|draw)$/i.test(said)) return undefined;
      return !(/^(left|first)$/i.test(said) || (said === first && said !== second));
    };
    return { answer, winner: true };
  }
  const notWinner = pairs.find((pair) => !isWinner(pair));
  if (notWinner && pairs.some(isWinner)) return refuse(notWinner, "left or right, the file that wins, or equal");
  const stray = pairs.find(({ said }) => said !== "0" && said !== "1");
  if (stray) {
    if (isWord(values[0] as string)) return refuse(stray, "same or different, or what else says yes or no");
    return refuse(stray, "0 or 1, same or different, or the file that wins");
  }
  if (column !== undefined && SAME.test(column)) return { answer: ({ said }) => said === "1" };
  throw new InvalidRequest(
    `${name}: labels are 0 and 1, and nothing says which of them means that two pictures match: say --same 1 or --same 0`,
  );
}
