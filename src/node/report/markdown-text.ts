import { visible } from "../../core/formats/visible.js";

/**
 * Text that Markdown shows as it is, on one line: names of folders may have what Markdown takes for emphasis, code, links, HTML
 * or the beginning of a heading.
 */
export const markdownText = (text: string): string =>
  visible(text)
    .replaceAll(/[\\`*_~|]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    // A bracket alone, such as that of an interval, is no link.
    .replaceAll(/\](?=[([:])/g, "\\]")
    .replace(BLOCK, "$1$3\\$2$4");

/** The mark that at the beginning of a line makes a heading, a quotation, a list or a rule of it, and what is before it. */
const BLOCK = /^(\s*)(#{1,6}(?:\s|$)|>|[+-](?:\s|$)|[=-]+$)|^(\s*\d+)([.)](?:\s|$))/;

/** Text as a block of code: shown as it is, whatever it has. */
export function markdownCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}sh\n${visible(text)}\n${fence}`;
}
