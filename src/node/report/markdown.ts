import type { Table } from "../../core/index.js";
import { INTRODUCTION, type ReportContent, TITLE } from "./content.js";
import type { DrawnFigure } from "./figures.js";

/** The report in Markdown, for a repository's page; its figures are files beside it. */
export function reportMarkdown({ conclusions, tables, figures, settings, command }: ReportContent): string {
  const sections = [
    `# ${TITLE}`,
    INTRODUCTION,
    "## What agrees with the paper, and what differs",
    conclusions.map((sentence) => `- ${sentence}`).join("\n"),
    "## Results",
    picture(figures.testError),
    ...tables.flatMap((table) => [`### ${table.title}`, markdownTable(table), table.caption]),
    "## Curves",
    ...figures.curves.flatMap((figure) => [`### ${figure.name}`, picture(figure), figure.caption]),
    "The curves' numbers are in [curves.csv](curves.csv).",
    "## Settings",
    settings.map(({ name, value }) => `- **${name}**: ${value}`).join("\n"),
    "## The same numbers again",
    `\`\`\`sh\n${command}\n\`\`\``,
    "Every number, each round's among them, is in [reproduce.json](reproduce.json).",
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

const picture = ({ name, fileName }: DrawnFigure): string => `![${name}](figures/${fileName})`;

function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = columns.map((_, column) => (column === 0 ? ":--" : "--:"));
  return [line(columns), line(rule), ...rows.map(line)].join("\n");
}
