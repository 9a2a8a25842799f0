/**
 * Control characters (C0, DEL and C1, which include ESC and the line feed), the separators of lines and paragraphs, and characters
 * that change the direction of text. They act on a terminal, or make other text look different from what it is.
 */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text as one line without such characters: "a\u001B[2Jb\n" becomes "a\x1b[2Jb\n", with backslashes. */
export const visible = (text: string): string =>
  text.replaceAll(CONTROLS, (control) => SHORT[control] ?? escapeOf(control));

/** JSON text with the same value, in which such characters are written as JSON escapes. */
export const visibleJson = (json: string): string =>
  json.replaceAll(CONTROLS, (control) => (control === "\n" ? control : `\\u${hex(control, 4)}`));

const hex = (control: string, digits: number): string => control.charCodeAt(0).toString(16).padStart(digits, "0");

function escapeOf(control: string): string {
  return control.charCodeAt(0) < 0x100 ? `\\x${hex(control, 2)}` : `\\u${hex(control, 4)}`;
}
