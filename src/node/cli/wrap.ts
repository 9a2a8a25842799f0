/** Text in lines of at most `width` characters, broken after spaces, hyphens and plus signs, or anywhere in a longer word. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/[^ +-]*[ +-]?/g) ?? []) {
    if (line && (line + word).trimEnd().length > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
    for (; line.trimEnd().length > width; line = line.slice(width)) lines.push(line.slice(0, width));
  }
  return [...lines, line.trimEnd()];
}

/** How wide a line of standard output may be: the terminal's width; any, where there is none. */
export const terminalWidth = (): number => process.stdout.columns ?? Number.POSITIVE_INFINITY;
