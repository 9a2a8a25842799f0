import { visible } from "../../core/formats/visible.js";

/** HTML that is safe to insert as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

/** Text that is already markup. Never use it for text from outside. */
export const raw = (text: string): Markup => new Markup(text);

/** Plain text as a page sets it: curved quotation marks and apostrophes, and no line break within a quantity. */
export const prose = (text: string): string =>
  text
    .replace(/(^|[\s(])"/g, "$1“")
    .replaceAll('"', "”")
    .replaceAll("'", "’")
    .replace(/ ([±<=]) /g, "\u00a0$1\u00a0")
    .replace(/(\[[^\],]+,) /g, "$1\u00a0")
    .replace(/(\d) (pt|s|pairs)\b/g, "$1\u00a0$2");

/** What a template may insert: text, which is escaped, markup, which is not, or a list of either. */
export type Insertable = string | number | Markup | readonly Insertable[];

/**
 * A template of HTML that escapes the text inserted into it.
 *
 * @example html`<p title="${title}">${text}</p>`
 */
export function html(parts: TemplateStringsArray, ...inserted: readonly Insertable[]): Markup {
  return new Markup(parts.reduce((text, part, i) => text + render(inserted[i - 1] ?? "") + part));
}

function render(value: Insertable): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(render).join("\n");
  return visible(String(value)).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
