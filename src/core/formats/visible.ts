/**
 * Control characters (C0, DEL and C1, with ESC and the line feed among them), the separators of lines and paragraphs, and what turns
 * the direction of the text after it. They act on a terminal, or make other text look like what it is not.
 */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text as one line that does nothing but show: "a\u001B[2Jb\n" is shown as "a\x1b[2Jb\n", with backslashes. */
export const visible = (text: string): string =>
  text.replaceAll(CONTROLS, (control) => SHORT[control] ?? escapeOf(control));

/** JSON text with none of them in its strings but as JSON escapes them. It stands for the same value. */
export const visibleJson = (json: string): string =>
  json.replaceAll(CONTROLS, (control) => (control === "\n" ? control : `\\u${hex(control, 4)}`));

const hex = (control: string, digits: number): string => control.charCodeAt(0).toString(16).padStart(digits, "0");

function escapeOf(control: string): string {
  return control.charCodeAt(0) < 0x100 ? `\\x${hex(control, 2)}` : `\\u${hex(control, 4)}`;
}
