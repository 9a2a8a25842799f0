/** Text that is no JSON, or JSON that nobody here writes; the message goes on from "it": "has a name twice". */
export class InvalidJson extends Error {
  override name = "InvalidJson";
}

/**
 * The value of JSON text that others wrote. What follows it may go down into it, level by level, without running out of stack,
 * and every parser reads the same in it.
 *
 * @param mostLevels  of objects and arrays within each other
 * @throws InvalidJson where it is no JSON, is nested deeper, or has an object with a name twice
 */
export function parseJson(text: string, mostLevels: number): unknown {
  checkNesting(text, mostLevels);
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidJson("is not JSON");
  }
}

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Before it is parsed, since a parser's memory grows with the levels. Of what is no JSON it may say anything. */
function checkNesting(text: string, mostLevels: number): void {
  const names: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (names.length === mostLevels) throw new InvalidJson(`is nested deeper than ${mostLevels} levels`);
      names.push(new Set());
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) names.pop();
    else if (code === QUOTE) {
      const end = endOfString(text, at);
      if (isName(text, end)) {
        const name = stringAt(text, at, end);
        const own = names.at(-1);
        if (own?.has(name)) throw new InvalidJson("has a name twice");
        own?.add(name);
      }
      at = end - 1;
    }
  }
}

/** Where the string that starts at a quote ends, behind its last quote; the text's end where it has none. */
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

/** Whether a colon follows. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === COLON;
}

/** The string between two quotes; where it has escapes, as it is meant: "\u0061" is "a". */
function stringAt(text: string, start: number, end: number): string {
  const raw = text.slice(start, end);
  if (!raw.includes("\\")) return raw.slice(1, -1);
  try {
    return JSON.parse(raw);
  } catch {
    throw new InvalidJson("is not JSON");
  }
}
