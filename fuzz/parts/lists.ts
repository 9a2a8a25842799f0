import { jsonRows, listText, rowsOf, tableOf } from "../../src/core/picture-sets/rows.js";
import { mutateText } from "../mutate.js";
import { attempt, attemptLater, decode, encode, type Part, require, same } from "../part.js";
import type { Random } from "../random.js";

/** Text of a list, and the cells that it was written from, where it was not changed since. */
interface List {
  readonly text: string;
  readonly cells?: readonly (readonly string[])[];
  readonly json?: true;
}

/** Lists of images: CSV, TSV and JSON Lines. */
export const listsPart: Part = {
  name: "lists of images",
  weight: 1,
  open: async () => ({
    make: (random) => encode(JSON.stringify(random.chance(0.2) ? jsonList(random) : list(random))),
    async check(input) {
      const { text, cells, json }: List = JSON.parse(decode(input));
      const said = attempt(() => listText("list.csv", encode(text)));
      if (said === undefined) return "refused";
      if (json) {
        const table = attempt(() => jsonRows("list.jsonl", said));
        require(table === undefined ? !isJson(said) : isJson(said), table
          ? "taken, though a row is no object"
          : "refused, though all rows are objects");
        return table ? "accepted" : "refused";
      }
      const rows = await attemptLater(() => rowsOf("list.csv", said));
      const found = rows?.map((row) => [...row.cells]);
      const due = cells ?? (said.includes('"') ? undefined : plain(said));
      if (due) require(found === undefined ? isRagged(due) : same(found, due), "other cells than there are");
      if (!rows || !found) return "refused";
      require(!isRagged(found), "rows of different lengths");
      const table = attempt(() => tableOf("list.csv", rows));
      return table ? "accepted" : "refused";
    },
  }),
};

const isRagged = (cells: readonly (readonly string[])[]): boolean =>
  cells.some(({ length }) => length !== cells[0]?.length);

function isJson(text: string): boolean {
  return text.split(/[\r\n]+/).every((line) => {
    if (line.trim() === "") return true;
    try {
      const value: unknown = JSON.parse(line);
      return Object.prototype.toString.call(value) === "[object Object]";
    } catch {
      return false;
    }
  });
}

/** Cells of a text without quotes, letter by letter. */
function plain(text: string): string[][] {
  const rows: string[][] = [[""]];
  const isEnd = (letter: string) => letter === "\n" || letter === "\r";
  const header = text.split(/[\r\n]/).find((line) => line.trim() !== "") ?? "";
  const delimiter = ["\t", ",", ";"].find((each) => header.includes(each));
  for (const letter of text) {
    const row = rows.at(-1) as string[];
    if (isEnd(letter)) rows.push([""]);
    else if (delimiter === undefined ? /\s/.test(letter) : letter === delimiter) row.push("");
    else row[row.length - 1] += letter;
  }
  const trimmed = rows.map((row) => row.map((cell) => cell.trim()));
  const kept = delimiter === undefined ? trimmed.map((row) => row.filter((cell) => cell !== "")) : trimmed;
  return kept.filter((row) => row.some((cell) => cell !== ""));
}

const TEXTS = [
  "a",
  "1.png",
  "cat",
  "file_name",
  "label",
  "",
  "é",
  "x y",
  "0",
  "sub/2.jpg",
  "__proto__",
  "say",
] as const;

function list(random: Random): List {
  const [columns, rows] = [1 + random.below(4), random.below(6)];
  const delimiter = random.pick([",", "\t", ";"]);
  const hasQuotes = random.chance(0.5);
  const end = random.pick(["\n", "\r\n", "\r"]);
  const cell = () =>
    random
      .several(1, 2, () => random.pick(hasQuotes ? [...TEXTS, '"', ",", ";", "\n", "\t"] : TEXTS))
      .join("")
      .trim();
  const cells = random.several(rows, rows, () => random.several(columns, columns, cell));
  const written = cells.map((row) => row.map((each) => quoted(random, each, hasQuotes)).join(delimiter));
  const text = `${random.chance(0.1) ? "\uFEFF" : ""}${written.join(end)}${random.chance(0.5) ? end : ""}`;
  // What separates is found in the first row, so that other separators there are another question.
  const isPlain = columns > 1 && !/[\t,;\n]/.test((cells[0] ?? []).join("")) && cells.every((row) => row.some(Boolean));
  if (random.chance(0.5) || !isPlain) return { text: random.chance(0.7) ? mutateText(random, text) : text };
  return { text, cells };
}

function quoted(random: Random, cell: string, hasQuotes: boolean): string {
  const isNeeded = /["\n,;\t]/.test(cell);
  return isNeeded || (hasQuotes && random.chance(0.3)) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function jsonList(random: Random): List {
  const values = [1, 0.5, "a", "", true, null, [1], { a: 1 }];
  const row = () =>
    JSON.stringify(Object.fromEntries(random.several(0, 3, () => [random.pick(TEXTS), random.pick(values)])));
  const text = random.several(0, 4, row).join(random.pick(["\n", "\r\n", "\n\n"]));
  return { json: true, text: random.chance(0.5) ? mutateText(random, text) : text };
}
