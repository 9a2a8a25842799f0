import type { Block, ReportPart } from "../../core/experiments/shared/part.js";
import type { Table } from "../../core/text/table.js";
import { markdownCode, markdownText as shown } from "./markdown-text.js";
import { introductionOf, titleOf } from "./title.js";

/** The report in Markdown, for a repository's page; its figures are files beside it. */
export function reportMarkdown(parts: readonly ReportPart[]): string {
  const [first, ...others] = parts;
  const sections =
    first && others.length === 0
      ? [`# ${shown(first.title)}`, ...partOf(first, "##")]
      : [
          `# ${titleOf(parts)}`,
          shown(introductionOf(parts)),
          ...parts.flatMap((part) => [`## ${shown(part.title)}`, ...partOf(part, "###")]),
        ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function partOf({ introduction, blocks, files }: ReportPart, level: string): string[] {
  const written = files
    .map(({ fileName, holds }) => `[${shown(fileName)}](${fileName}) has ${shown(holds)}`)
    .join(", ");
  return [shown(introduction), ...blocks.flatMap((block) => blockOf(block, level)), `Beside this file: ${written}.`];
}

function blockOf(block: Block, level: string): string[] {
  switch (block.kind) {
    case "heading":
      return [`${level} ${shown(block.text)}`];
    case "text":
      return [shown(block.text)];
    case "sentences":
      return [block.sentences.map((sentence) => `- ${shown(sentence)}`).join("\n")];
    case "figure": {
      const { name, fileName, caption } = block.figure;
      return [`![${shown(name)}](figures/${fileName})`, shown(caption)];
    }
    case "table":
      return [`${level}# ${shown(block.table.title)}`, markdownTable(block.table), shown(block.table.caption)];
    case "fold":
      return [`- ${shown(block.summary)}`];
    case "settings":
      return [block.settings.map(({ name, value }) => `- **${shown(name)}**: ${shown(value)}`).join("\n")];
    case "command":
      return [`${level} The same numbers again`, markdownCode(block.command)];
  }
}

function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(shown).join(" | ")} |`;
  const rule = columns.map((_, column) => (column === 0 ? ":--" : "--:"));
  return [line(columns), line(rule), ...rows.map(line)].join("\n");
}
