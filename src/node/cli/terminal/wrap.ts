import { joined, wrapped } from "../../../core/text/wrap.js";

const MARK = /\p{M}|\u200D/u;
const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;

/** Columns of a terminal that a text takes: two for an East Asian letter, none for an accent that is a character of its own. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += character < "\u0300" ? 1 : MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Text in lines of at most `width` columns, broken after spaces, hyphens and plus signs, or anywhere in a longer word. */
export const wrap = (text: string, width: number): string[] =>
  wrapped(
    (text.match(/[^ +-]*[ +-]?/g) ?? []).flatMap((word) =>
      columnsOf(word.trimEnd()) > width ? joined([...word], width, columnsOf) : [word],
    ),
    width,
    columnsOf,
  );
