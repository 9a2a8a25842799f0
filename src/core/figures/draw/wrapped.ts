/** A text in lines of at most so many letters, broken after commas where it has them, else between words; a longer word stays whole. */
export function wrapped(text: string, most: number): string[] {
  if (text.length <= most) return [text];
  const byCommas = text.split(/(?<=,) /).flatMap((part) => (part.length > most ? part.split(" ") : [part]));
  const lines: string[] = [];
  for (const part of byCommas) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + part.length <= most) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(part);
  }
  return lines;
}
