/** A fenced block of a Markdown file. */
export interface Block {
  /** What stands behind the fence: "js", "console". */
  readonly language: string;
  readonly text: string;
  /** Of the fence, from 1. */
  readonly line: number;
  /** The heading that it stands under. */
  readonly heading: string;
  /** The name in a comment that its first line is: "// train.mjs", "# ask.py". */
  readonly fileName?: string;
}

const FILE_NAME = /^(?:\/\/|#|<!--) ([\w.-]+\.(?:mjs|js|ts|html|py))(?: -->)?$/;

/** The blocks of a Markdown text, in its order. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = "";
  let open: { language: string; line: number; lines: string[] } | undefined;
  for (const [i, text] of markdown.split("\n").entries()) {
    if (open && text === "```") {
      const fileName = FILE_NAME.exec(open.lines[0] ?? "")?.[1];
      const { language, line, lines } = open;
      blocks.push({ language, line, heading, text: lines.join("\n"), ...(fileName !== undefined && { fileName }) });
      open = undefined;
    } else if (open) open.lines.push(text);
    else if (text.startsWith("```")) open = { language: text.slice(3), line: i + 1, lines: [] };
    else if (text.startsWith("#")) heading = text.replace(/^#+ /, "");
  }
  return blocks;
}

/** What is typed at a prompt, and the lines that are said to come of it. */
export interface Command {
  readonly typed: string;
  readonly said: readonly string[];
}

/** The commands of a console block: each begins with "$ ", and what it prints follows. */
export function commandsOf({ text }: Block): Command[] {
  const commands: { typed: string; said: string[] }[] = [];
  for (const line of text.split("\n"))
    if (line.startsWith("$ ")) commands.push({ typed: line.slice(2), said: [] });
    else commands.at(-1)?.said.push(line);
  return commands;
}

/** The commands of a block of shell, without remarks; one may go on in the next line. */
export const linesOf = ({ text }: Block): string[] =>
  text
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.replace(/(^|\s+)# .*$/, ""))
    .filter((line) => line !== "");

/** Lines with every duration as one: what a machine takes is its own. */
export const timeless = (lines: readonly string[]): string[] =>
  lines.map((line) => line.replaceAll(/\d+(?:\.\d+)? (?:ms|s|min|h)\b/g, "TIME"));
