/** Text in lines of at most `width` characters, one at least, broken after spaces, hyphens and plus signs, or anywhere in a longer word. */
export function wrap(text: string, width: number): string[] {
  const most = Math.max(width, 1);
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/[^ +-]*[ +-]?/g) ?? []) {
    if (line && (line + word).trimEnd().length > most) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
    for (; line.trimEnd().length > most; line = line.slice(most)) lines.push(line.slice(0, most));
  }
  return [...lines, line.trimEnd()];
}
