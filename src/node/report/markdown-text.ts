import { visible } from "../../core/formats/visible.js";

/**
 * Text that Markdown shows unchanged, on one line: names of folders may contain what Markdown takes for emphasis, code, links, HTML
 * or the beginning of a heading.
 */
export const markdownText = (text: string): string =>
  visible(text)
    .replaceAll(/[\\`*_~|]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    // A bracket on its own, such as that of an interval, is not a link.
    .replaceAll(/\](?=[([:])/g, "\\]")
    .replace(BLOCK, "$1$3\\$2$4");

/** The mark that turns the beginning of a line into a heading, a quotation, a list or a rule, and what is before it. */
const BLOCK = /^(\s*)(#{1,6}(?:\s|$)|>|[+-](?:\s|$)|[=-]+$)|^(\s*\d+)([.)](?:\s|$))/;

/** Text as a block of code, which is shown unchanged. */
export function markdownCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}sh\n${visible(text)}\n${fence}`;
}
