import { InvalidRequest } from "./errors.js";
import { isWithin, type Limits, limitsInWords } from "./limits.js";
import { didYouMeanOf } from "./text/nearest.js";

/**
 * Checks a value of any kind: calls from JavaScript have no types.
 *
 * @param what  names the value: "batchSize", "pairs.train"
 * @throws InvalidRequest with one line that says what is wrong, where, and what would be right
 */
export type Check = (value: unknown, what: string) => void;

/** A value as a message shows it, in one line. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (value === undefined) return "missing";
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    const { length } = value as unknown as ArrayLike<unknown>;
    return `${ArrayBuffer.isView(value) ? tagOf(value) : "an array"} of ${length}`;
  }
  return "an object";
}

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice("[object ".length, -1);

/** @throws InvalidRequest "WHAT must be RIGHT, not VALUE" */
export function refuse(what: string, right: string, value: unknown): never {
  throw new InvalidRequest(
    value === undefined ? `${what} is missing: it must be ${right}` : `${what} must be ${right}, not ${shown(value)}`,
  );
}

export const within =
  (limits: Limits): Check =>
  (value, what) => {
    if (typeof value !== "number" || !isWithin(value, limits)) refuse(what, limitsInWords(limits), value);
  };

/** A whole number of at least 1. */
export const counting = within({ least: 1, most: Number.MAX_SAFE_INTEGER, whole: true });

export const finite: Check = (value, what) => {
  if (!Number.isFinite(value)) refuse(what, "a finite number", value);
};

export const text: Check = (value, what) => {
  if (typeof value !== "string") refuse(what, "a text", value);
};

/** A text that is not empty. */
export const name: Check = (value, what) => {
  if (typeof value !== "string" || value === "") refuse(what, "a text that is not empty", value);
};

export const flag: Check = (value, what) => {
  if (typeof value !== "boolean") refuse(what, "true or false", value);
};

export const method: Check = (value, what) => {
  if (typeof value !== "function") refuse(what, "a function", value);
};

export const anything: Check = () => undefined;

export const oneOf =
  (names: readonly string[]): Check =>
  (value, what) => {
    if (names.some((name) => name === value)) return;
    if (typeof value === "string" && names.length > MANY)
      throw new InvalidRequest(`${what}: there is no ${shown(value)}${didYouMeanOf(value, names)}`);
    refuse(what, names.length > 1 ? `one of ${names.join(", ")}` : `"${names[0]}"`, value);
  };

/** More names than one line is to list. */
const MANY = 8;

/** Absent or undefined, or a value that passes the check. */
export const optional =
  (check: Check): Check =>
  (value, what) => {
    if (value !== undefined) check(value, what);
  };

export const listOf =
  (check: Check): Check =>
  (value, what) => {
    if (!Array.isArray(value)) refuse(what, "an array", value);
    // Unlike `forEach`, this looks at holes.
    for (const [i, each] of (value as readonly unknown[]).entries()) check(each, `${what}[${i}]`);
  };

/** An array or a typed array of at least `least` numbers, which may be NaN. */
export const numbers =
  (least = 0): Check =>
  (value, what) => {
    if (!(Array.isArray(value) || /^(Float|Int|Uint)\d/.test(tagOf(value)))) refuse(what, "an array of numbers", value);
    const values = value as ArrayLike<unknown>;
    if (values.length < least)
      throw new InvalidRequest(
        `${what} must hold at least ${least} ${least === 1 ? "number" : "numbers"}, not ${values.length}`,
      );
    // A typed array holds only numbers.
    if (!Array.isArray(value)) return;
    for (let i = 0; i < value.length; i++)
      if (typeof value[i] !== "number") refuse(`${what}[${i}]`, "a number", value[i]);
  };

/** @throws InvalidRequest naming the first of some numbers that is not finite */
export function requireFinite(numbers: ArrayLike<number>, what: string): void {
  for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i])) finite(numbers[i], `${what}[${i}]`);
}

/** A typed array, such as a Float32Array, of so many elements. */
export function typed(kind: string, length: number, of = ""): Check {
  return (value, what) => {
    const right = `a ${kind} of ${of ? `${of} = ` : ""}${length}`;
    if (tagOf(value) !== kind || (value as ArrayLike<unknown>).length !== length) refuse(what, right, value);
  };
}

/** What one of two checks allows; the first says what would be right. */
export const anyOf =
  (first: Check, second: Check): Check =>
  (value, what) => {
    try {
      second(value, what);
    } catch {
      first(value, what);
    }
  };

/** An instance of a class of the library's. */
export const instanceOf =
  (made: abstract new (...given: never) => unknown, right: string): Check =>
  (value, what) => {
    if (!(value instanceof made)) refuse(what, right, value);
  };

/** An instance of a class of the runtime, by its name in `Object.prototype.toString`, which is the same in every page and thread. */
export const tagged =
  (tag: string, right: string): Check =>
  (value, what) => {
    if (tagOf(value) !== tag) refuse(what, right, value);
  };

/** A file's bytes with its name. */
export const namedBytes: Check = (value, what) => {
  if (ArrayBuffer.isView(value)) refuse(what, "an object of name and bytes", value);
  NAMED_BYTES(value, what);
};

/** The fields of an object by name; any other name counts as a spelling mistake. */
export function fields(known: Readonly<Record<string, Check>>, noun = "field"): Check {
  const check = partly(known);
  return (value, what) => {
    requireObject(value, what || `${noun}s`);
    const given = value as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(given))
      if (!Object.hasOwn(known, name) && given[name] !== undefined) refuseName(noun, name, Object.keys(known), what);
    check(value, what);
  };
}

/** The same for an object that may have other fields. */
export function partly(known: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(known);
  return (value, what) => {
    requireObject(value, what);
    const given = value as Readonly<Record<string, unknown>>;
    for (const [name, check] of checks) check(given[name], what === "" ? name : `${what}.${name}`);
  };
}

const NAMED_BYTES = partly({ name: text, bytes: tagged("Uint8Array", "a Uint8Array") });

function requireObject(value: unknown, what: string): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(what, "an object", value);
}

function refuseName(noun: string, name: string, known: readonly string[], what: string): never {
  const right = known.length === 0 ? ": nothing belongs here" : didYouMeanOf(name, known);
  throw new InvalidRequest(`${what ? `${what}: ` : ""}there is no ${noun} ${shown(name)}${right}`);
}
