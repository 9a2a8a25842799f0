import { type Place, placeAt, whereJsonEnds } from "./json-place.js";

/** The text is not JSON, or is JSON that pairlab does not write. The message has no subject: "has a name twice". */
export class InvalidJson extends Error {
  override name = "InvalidJson";

  constructor(
    message: string,
    /** Of what is wrong. */
    readonly place: Place,
  ) {
    super(message);
  }
}

/**
 * Parses JSON text from outside. Because nesting is limited, code can walk the value recursively without running out of stack.
 * Because names are unique, every parser reads the same value.
 *
 * @param mostLevels  how deep objects and arrays may be nested
 * @throws InvalidJson where the text is not JSON, is nested deeper, or has an object with a name twice
 */
export function parseJson(text: string, mostLevels: number): unknown {
  checkNesting(text, mostLevels);
  try {
    return JSON.parse(text);
  } catch {
    throw notJson(text);
  }
}

const notJson = (text: string): InvalidJson => new InvalidJson("is not JSON", placeAt(text, whereJsonEnds(text)));

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Runs before the parser, whose memory grows with the levels. For text that is not JSON, it may report anything. */
function checkNesting(text: string, mostLevels: number): void {
  const names: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (names.length === mostLevels)
        throw new InvalidJson(`is nested deeper than ${mostLevels} levels`, placeAt(text, at));
      names.push(new Set());
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) names.pop();
    else if (code === QUOTE) {
      const end = endOfString(text, at);
      if (isName(text, end)) {
        const name = stringAt(text, at, end);
        const own = names.at(-1);
        if (own?.has(name)) throw new InvalidJson("has a name twice", placeAt(text, at));
        own?.add(name);
      }
      at = end - 1;
    }
  }
}

/** The place after the closing quote of the string that starts at `start`; the text's end where there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** Whether a colon follows, after any whitespace. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === COLON;
}

/** The string between two quotes, with its escapes resolved: "\u0061" is "a". */
function stringAt(text: string, start: number, end: number): string {
  const raw = text.slice(start, end);
  if (!raw.includes("\\")) return raw.slice(1, -1);
  try {
    return JSON.parse(raw);
  } catch {
    throw notJson(text);
  }
}
