import { wrapped } from "../../text/wrap.js";

/** Pixels that a letter takes at 12 pixels' height, on average: of a usual text, of a wide one, and with room to spare. */
export const LETTER = { usual: 6.3, wide: 6.6, widest: 7 } as const;

/** A text in lines of at most so many letters, broken after commas where it has them, else between words; a longer word stays whole. */
export function textLines(text: string, most: number): string[] {
  if (text.length <= most) return [text];
  const pieces = text
    .split(/(?<=, )/)
    .flatMap((part) => (part.trimEnd().length > most ? part.split(/(?<= )/) : [part]));
  return wrapped(pieces, most);
}

/** Pixels left of the rows for their names. */
export const roomForNames = (names: readonly string[]): number =>
  Math.max(210, ...names.map((name) => Math.round(LETTER.usual * name.length) + 14));

/** Text as SVG has it. */
export const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
