import { shown } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { isTableName, tableOf } from "./relation-table.js";

/** What a network is asked about a pair of classes. */
export interface Relation {
  readonly name: string;
  /** Of class numbers. */
  holds(first: number, second: number): boolean;
}

/** A relation that a configuration can name, with what it is called on the screen. */
export interface NamedRelation extends Relation, Words {
  /** The pairs' answers are given with them: `holds` says nothing. */
  readonly listed?: true;
  readonly name: RelationName;
  /** Whether the answer is the same for (a, b) and (b, a). */
  readonly symmetric: boolean;
  readonly needs?: Needs;
}

/** How a relation reads. */
interface Words {
  /** In a claim of which it is true: "3 ≤ 7". */
  readonly sign: string;
  /** In a claim of which it is not. */
  readonly not: string;
  /** What is so of two things; default "<first> <sign> <second>". */
  readonly claim?: string;
  /** What is asked about: "Is the first …", which goes without saying, or "Is the sum …". */
  readonly subject?: string;
  /** After that: "less than or equal to the second". */
  readonly words: string;
  /** The question in a figure: "≤?". */
  readonly question: string;
}

/** What classes must be: in an order, numbers, or whole ones. */
type Needs = "ordered" | "numeric" | "whole";

/** In the row of a relation whose name ends in a number, all words have it at `<n>`. */
interface Row extends Words {
  /** @param n  the number in the name */
  holds(first: number, second: number, n: number): boolean;
  /** Default false. */
  readonly symmetric?: boolean;
  readonly needs?: Needs;
  /** Of the number in the name; default any. */
  readonly least?: number;
  /** The answers are given with the pairs: no classes say them, and nobody asks for it by name. */
  readonly listed?: true;
}

/** All that a run can be about: a row here, and every pair set, network, file and picture has it. Tables of classes are beside. */
export const RELATIONS = {
  /** The paper's. */
  "less-or-equal": {
    holds: (first, second) => first <= second,
    needs: "ordered",
    sign: "≤",
    not: ">",
    words: "less than or equal to the second",
    question: "≤?",
  },
  less: {
    holds: (first, second) => first < second,
    needs: "ordered",
    sign: "<",
    not: "≥",
    words: "less than the second",
    question: "<?",
  },
  equal: {
    holds: (first, second) => first === second,
    symmetric: true,
    sign: "=",
    not: "≠",
    words: "the same as the second",
    question: "same?",
  },
  "same-parity": {
    holds: (first, second) => Math.abs(first - second) % 2 === 0,
    symmetric: true,
    needs: "whole",
    sign: "≡",
    not: "≢",
    words: "of the same parity as the second",
    question: "same parity?",
  },
  "sum-at-least-<n>": {
    holds: (first, second, n) => first + second >= n,
    symmetric: true,
    needs: "numeric",
    sign: "≥ <n>",
    not: "< <n>",
    claim: "<first> + <second> <sign>",
    subject: "sum",
    words: "at least <n>",
    question: "sum ≥ <n>?",
  },
  "distance-at-most-<n>": {
    holds: (first, second, n) => Math.abs(first - second) <= n,
    symmetric: true,
    needs: "ordered",
    least: 0,
    sign: "≤ <n>",
    not: "> <n>",
    claim: "|<first> − <second>| <sign>",
    subject: "distance",
    words: "at most <n>",
    question: "distance ≤ <n>?",
  },
  /** Of pairs that a list says the answers of: yes of those that match. */
  "listed-match": {
    holds: () => false,
    symmetric: true,
    listed: true,
    sign: "matches",
    not: "does not match",
    words: "a match of the second",
    question: "match?",
  },
  /** Of pairs that a list says the winners of: yes where the second wins. */
  "listed-winner": {
    holds: () => false,
    listed: true,
    sign: "loses to",
    not: "wins over",
    words: "beaten by the second",
    question: "beaten?",
  },
} as const satisfies Readonly<Record<string, Row>>;

type Pattern = keyof typeof RELATIONS;

/** What a relation is called: of one with a number, "sum-at-least-10"; of a table, all of its rows, "table:011/101/110". */
export type RelationName =
  | { [Each in Pattern]: Each extends `${infer Start}<n>` ? `${Start}${number}` : Each }[Pattern]
  | `table:${string}`;

/** What there is: `<n>` stands for a number, `<rows>` for rows of 0 and 1. */
export const relationPatterns = (): readonly string[] => [
  ...Object.entries<Row>(RELATIONS).flatMap(([name, { listed }]) => (listed ? [] : [name])),
  "table:<rows>",
];

/** What is known of the classes that a relation is asked about. */
export interface RelatedClasses {
  /** What each class stands for; default its number. */
  readonly values?: readonly number[] | undefined;
  /** Their names, where they have names. */
  readonly classes?: readonly string[] | undefined;
  /** How many there are, where that is known. */
  readonly count?: number | undefined;
}

/**
 * A relation by its name, asked of class numbers.
 *
 * @throws InvalidRequest where there is none of that name, or the classes are not what it needs
 */
export function relationNamed(name: RelationName, classes: RelatedClasses = {}): NamedRelation {
  const { row, n } = found(name);
  if (!row) return tableRelation(name, classes);
  requireClasses(name, row.needs, classes);
  const { claim, subject, needs } = row;
  const values = needs && classes.values;
  const meant = (number: number) => (values ? (values[number] as number) : number);
  return {
    name,
    // A row's own function where nothing is added to it: pairs of one relation are then equal.
    holds: values || !Number.isNaN(n) ? (first, second) => row.holds(meant(first), meant(second), n) : plain(row),
    symmetric: row.symmetric ?? false,
    ...(row.listed && { listed: true }),
    ...(needs && { needs }),
    sign: withNumber(row.sign, n),
    not: withNumber(row.not, n),
    ...(claim && { claim }),
    ...(subject && { subject }),
    words: withNumber(row.words, n),
    question: withNumber(row.question, n),
  };
}

function tableRelation(name: RelationName, { count }: RelatedClasses): NamedRelation {
  const table = tableOf(name, "relation");
  const { length } = table;
  if (count !== undefined && count !== length)
    throw new InvalidRequest(
      `relation ${shown(name)} is a table of ${length} × ${length} classes, but the images have ${count} classes: give it ${count} rows of ${count} cells`,
    );
  return {
    name,
    holds: (first, second) => table[first]?.[second] ?? false,
    symmetric: table.every((row, i) => row.every((cell, j) => cell === table[j]?.[i])),
    sign: "~",
    not: "≁",
    words: `related to the second by the table ${inBrief(name).slice("table:".length)}`,
    question: "related?",
  };
}

/** A relation's name where there is little room: of a large table its first row. */
export const inBrief = (name: string): string =>
  isTableName(name) && name.length > 40 ? `${name.slice(0, Math.min(name.indexOf("/"), 40))}/…` : name;

const OF_TWO = "of the two";

/** A question: "is the first less than or equal to the second?" @param of  "of two handwritten digits" */
export const asked = ({ subject, words }: Asked, of = subject && OF_TWO): string =>
  `is the ${subject ?? "first"}${of ? ` ${of}` : ""} ${words}?`;

/** The same as a statement: "the first is less than or equal to the second". */
export const stated = ({ subject, words }: Asked): string =>
  `the ${subject ? `${subject} ${OF_TWO}` : "first"} is ${words}`;

type Asked = Pick<NamedRelation, "subject" | "words">;

/** What is so of two things: "3 ≤ 7". */
export const claimed = (
  { sign, not, claim = "<first> <sign> <second>" }: Pick<NamedRelation, "sign" | "not" | "claim">,
  first: number | string,
  second: number | string,
  holds: boolean,
): string =>
  claim.replace(/<(first|sign|second)>/g, (_, part) =>
    String({ first, sign: holds ? sign : not, second }[part as "first" | "sign" | "second"]),
  );

const plain = ({ holds }: Row): Relation["holds"] => holds as Relation["holds"];

/** @throws InvalidRequest where no relation has that name */
export function relationName(name: unknown, what: string): RelationName {
  found(name, what);
  return name as RelationName;
}

export function isRelationName(name: string): name is RelationName {
  try {
    relationName(name, "");
    return true;
  } catch {
    return false;
  }
}

/**
 * Sees that classes are in an order, where a relation needs one.
 *
 * @throws InvalidRequest asking for the order
 */
export function requireOrder(name: RelationName, { values, classes }: RelatedClasses): void {
  if (!classes || values || classes.every(isNumber)) return;
  const named = classes.filter((each) => !isNumber(each));
  throw new InvalidRequest(
    `relation ${name} needs an order of the classes, and ${shown(named[0])} is not a number: give all of them in their order, as --order ${classes.slice(0, 3).join(",")}${classes.length > 3 ? ",…" : ""}`,
  );
}

function requireClasses(name: RelationName, needs: Needs | undefined, related: RelatedClasses): void {
  if (needs === undefined) return;
  const { values, classes, count } = related;
  if (values && count !== undefined && values.length !== count)
    throw new InvalidRequest(`there are ${count} classes, but values of ${values.length}: give one for each class`);
  if (needs === "ordered") {
    requireOrder(name, related);
    return;
  }
  const stray =
    classes?.find((each) => !isNumber(each)) ?? values?.find((value) => needs === "whole" && value % 1 !== 0);
  if (stray !== undefined)
    throw new InvalidRequest(
      `relation ${name} needs classes that are ${needs === "whole" ? "whole numbers" : "numbers"}, and ${shown(stray)} is not one`,
    );
}

const isNumber = (text: string): boolean => text.trim() !== "" && Number.isFinite(Number(text));

/** The row that a name is of, and the number in it; no row of a table. */
function found(name: unknown, what = "relation"): { readonly row?: Row; readonly n: number } {
  if (typeof name !== "string") throw unknown(name, what);
  if (isTableName(name)) {
    tableOf(name, what);
    return { n: Number.NaN };
  }
  const rows: Readonly<Record<string, Row>> = RELATIONS;
  for (const [pattern, row] of Object.entries(rows)) {
    const start = pattern.endsWith(NUMBER) ? pattern.slice(0, -NUMBER.length) : undefined;
    if (start === undefined && pattern === name) return { row, n: Number.NaN };
    if (start === undefined || !name.startsWith(start)) continue;
    const text = name.slice(start.length);
    const n = Number(text);
    // Of one number one spelling, for a run's id.
    const isOne = /^-?\d{1,9}(\.\d+)?$/.test(text) && String(n) === text;
    const { least = Number.NEGATIVE_INFINITY } = row;
    if (isOne && n >= least) return { row, n };
    const right = Number.isFinite(least) ? `a number of at least ${least}` : "a number";
    throw new InvalidRequest(`${what} must be ${start} and ${right}, such as ${start}10, not ${shown(name)}`);
  }
  throw unknown(name, what);
}

const NUMBER = "<n>";
const withNumber = (text: string, n: number) => text.replaceAll(NUMBER, String(n));

const unknown = (name: unknown, what: string) =>
  new InvalidRequest(`${what} must be one of ${relationPatterns().join(", ")}, not ${shown(name)}`);

/** The paper's question: is the first digit less than or equal to the second? */
export const lessOrEqual: Relation = relationNamed("less-or-equal");
