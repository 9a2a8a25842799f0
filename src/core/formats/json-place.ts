/** A place in a text, both counted from 1; a column is a UTF-16 unit. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The place of a text's character, counted from 0, or of its end. */
export function placeAt(text: string, index: number): Place {
  const lines = text.slice(0, index).split("\n");
  return { line: lines.length, column: (lines.at(-1) as string).length + 1 };
}

const SPACE = /[\t\n\r ]*/y;
const CHARACTERS = /(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/uy;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Where a text stops being JSON: the number of the first character that is wrong there, or the text's length where more is due or nothing
 * is wrong. Engines say it in different ways, and some not at all.
 *
 * @param text  nested in so few levels that a function can go down them
 */
export function whereJsonEnds(text: string): number {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const isThere = pattern.test(text);
    if (isThere) at = pattern.lastIndex;
    return isThere;
  };
  // Spaces before a sign are taken also where it is missing: what is wrong comes after them.
  const sign = (character: string): boolean => {
    take(SPACE);
    if (text[at] !== character) return false;
    at++;
    return true;
  };
  const string = () => sign('"') && take(CHARACTERS) && text[at] === '"' && ++at > 0;
  const items = (item: () => boolean, close: string): boolean => {
    if (sign(close)) return true;
    do if (!item()) return false;
    while (sign(","));
    return sign(close);
  };
  const member = () => string() && sign(":") && value();
  function value(): boolean {
    if (sign("[")) return items(value, "]");
    if (sign("{")) return items(member, "}");
    return text[at] === '"' ? string() : take(SCALAR);
  }
  if (value()) take(SPACE);
  return at;
}
