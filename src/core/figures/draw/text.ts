import { wrapped } from "../../text/wrap.js";

/** The average width of a letter of 12 pixels' height, in pixels: of a usual text, of a wide one, and with room to spare. */
export const LETTER = { usual: 6.3, wide: 6.6, widest: 7 } as const;

/** Breaks a text into lines of at most `most` letters, after commas if it has some, else between words. A longer word stays whole. */
export function textLines(text: string, most: number): string[] {
  if (text.length <= most) return [text];
  const pieces = text
    .split(/(?<=, )/)
    .flatMap((part) => (part.trimEnd().length > most ? part.split(/(?<= )/) : [part]));
  return wrapped(pieces, most);
}

/** The pixels left of the rows for their names. */
export const roomForNames = (names: readonly string[]): number =>
  Math.max(210, ...names.map((name) => Math.round(LETTER.usual * name.length) + 14));

/** Escapes text for SVG. */
export const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
