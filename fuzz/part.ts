import { InvalidRequest } from "../src/core/errors.js";
import { visible } from "../src/core/formats/visible.js";
import type { Random } from "./random.js";

/** What became of an input that was rightly taken or rightly refused. */
export type Outcome = "accepted" | "refused";

/** A parser, or whatever else takes what others say. */
export interface Part {
  readonly name: string;
  /** The share of the time that it is given, beside the others'. */
  readonly weight: number;
  /**
   * Gets ready what inputs are tried on.
   *
   * @param folder  empty, for its files alone
   */
  readonly open: (folder: string) => Promise<OpenPart>;
}

export interface OpenPart {
  /** An input as bytes, so that it can be kept and tried again. */
  readonly make: (random: Random) => Uint8Array;
  /** @throws Finding, or whatever else should not be thrown */
  readonly check: (input: Uint8Array) => Outcome | Promise<Outcome>;
}

/** Something that is not as it should be. */
export class Finding extends Error {
  override name = "Finding";
}

export function require(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Finding(what);
}

/** Line ends, and what moves a terminal's cursor or the direction of its text. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** @throws Finding where an error's message, as it is printed, is not one line of readable length */
export function requireLine(said: string, mostCharacters = 2000): void {
  const message = visible(said);
  require(message.length > 0, "an error without a message");
  require(!UNSEEN.test(message), `not one line: ${JSON.stringify(message.slice(0, 300))}`);
  require(message.length <= mostCharacters, `a line of ${message.length} characters: ${message.slice(0, 100)}`);
}

/** What a call gives, or undefined where it refuses with one line; anything else that is thrown goes on. */
export function attempt<Value>(call: () => Value): Value | undefined {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    requireLine(error.message);
    return undefined;
  }
}

/** The same of what a promise comes to. */
export async function attemptLater<Value>(call: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    requireLine(error.message);
    return undefined;
  }
}

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
export const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Whether two values are the same, JSON's as well as typed arrays, NaN and −0. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b))
    return (
      a.constructor === b.constructor &&
      Buffer.compare(
        Buffer.from(a.buffer, a.byteOffset, a.byteLength),
        Buffer.from(b.buffer, b.byteOffset, b.byteLength),
      ) === 0
    );
  const [first, second] = [Object.entries(a), Object.entries(b)];
  return (
    first.length === second.length &&
    first.every(([name, value]) => Object.hasOwn(b, name) && same(value, (b as Record<string, unknown>)[name]))
  );
}
