import type { Table } from "../../core/index.js";
import type { Block, ReportPart } from "./part.js";
import { SEVERAL } from "./title.js";

/** The report in Markdown, for a repository's page; its figures are files beside it. */
export function reportMarkdown(parts: readonly ReportPart[]): string {
  const [first, ...others] = parts;
  const sections =
    first && others.length === 0
      ? [`# ${first.title}`, ...partOf(first, "##")]
      : [
          `# ${SEVERAL.title}`,
          SEVERAL.introduction,
          ...parts.flatMap((part) => [`## ${part.title}`, ...partOf(part, "###")]),
        ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function partOf({ introduction, blocks, files }: ReportPart, level: string): string[] {
  const written = files.map(({ fileName, holds }) => `[${fileName}](${fileName}) has ${holds}`).join(", ");
  return [introduction, ...blocks.flatMap((block) => blockOf(block, level)), `Beside this file: ${written}.`];
}

function blockOf(block: Block, level: string): string[] {
  switch (block.kind) {
    case "heading":
      return [`${level} ${block.text}`];
    case "text":
      return [block.text];
    case "sentences":
      return [block.sentences.map((sentence) => `- ${sentence}`).join("\n")];
    case "figure": {
      const { name, fileName, caption } = block.figure;
      return [`![${name}](figures/${fileName})`, caption];
    }
    case "table":
      return [`${level}# ${block.table.title}`, markdownTable(block.table), block.table.caption];
    case "fold":
      return [`- ${block.summary}`];
    case "settings":
      return [block.settings.map(({ name, value }) => `- **${name}**: ${value}`).join("\n")];
    case "command":
      return [`${level} The same numbers again`, `\`\`\`sh\n${block.command}\n\`\`\``];
  }
}

function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = columns.map((_, column) => (column === 0 ? ":--" : "--:"));
  return [line(columns), line(rule), ...rows.map(line)].join("\n");
}
