const MOST_SHOWN = 200;

/** Control characters, line ends, and what changes the direction of a line. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** A text that was given as an error's line has it: so much of it that its giver finds it, on one line. */
export function inShort(text: string): string {
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return shown.replaceAll(UNSEEN, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The same in quotation marks. */
export const quoted = (text: string): string => `"${inShort(text)}"`;
