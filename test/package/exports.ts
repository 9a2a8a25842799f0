import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A name that a module exports. */
export interface Exported {
  readonly name: string;
  /** As it is declared: "class", "function", "interface". */
  readonly kind: string;
  /** A docstring stands before its declaration. */
  readonly documented: boolean;
  /** Where it is declared. */
  readonly file: string;
}

const EXPORT_ALL = /^export \* from "([^"]+)";/gm;
const EXPORT_SOME = /^export (type )?\{([^}]*)\} from "([^"]+)";/gm;

/** What a TypeScript file exports, by name: its own declarations, and those that it passes on. */
export function exportsOf(file: string): Exported[] {
  const text = readFileSync(file, "utf8");
  const passedOn = [
    ...[...text.matchAll(EXPORT_ALL)].flatMap(([, from]) => exportsOf(sourceOf(file, from))),
    ...[...text.matchAll(EXPORT_SOME)].flatMap(([, types, names = "", from]) => {
      const all = new Map(exportsOf(sourceOf(file, from)).map((each) => [each.name, each]));
      return namesIn(names).map(({ name, as, type }) => {
        const own = required(all.get(name), `${name} in ${from}`);
        return { ...own, name: as, kind: types || type ? asType(own.kind) : own.kind };
      });
    }),
  ];
  return [...passedOn, ...declaredIn(text, file)].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const DECLARATION = /^export (?:declare |abstract |async )*(class|const|function\*?|interface|type) (\w+)/gm;

const declaredIn = (text: string, file: string): Exported[] =>
  [...text.matchAll(DECLARATION)].map((match) => ({
    name: match[2] as string,
    kind: match[1] as string,
    documented: text.slice(0, match.index).trimEnd().endsWith("*/"),
    file,
  }));

/** "type A, B as C": A as itself, a type, and B as C. */
const namesIn = (names: string) =>
  [...names.matchAll(/(type )?(\w+)(?: as (\w+))?/g)].map(([, type, name = "", as = name]) => ({ name, as, type }));

/** A class that is exported as a type cannot be made or asked for. */
const asType = (kind: string): string => (kind === "class" ? "type" : kind);

const sourceOf = (file: string, from = ""): string => join(dirname(file), from.replace(/\.js$/, ".ts"));

function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
