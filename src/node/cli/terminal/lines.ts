import { visible } from "../../../core/formats/visible.js";

/** Text, and what puts it in a colour. */
export interface Coloured {
  readonly text: string;
  readonly colour: (text: string) => string;
}

/** One line for people: its parts one after the other. Control characters in a string are shown and have no effect. */
export type Line = string | Coloured | readonly (string | Coloured)[];

/** Several lines for people. */
export class Lines {
  constructor(readonly lines: readonly Line[]) {}

  /** As they go to a terminal. */
  toString(): string {
    return this.lines.map(rendered).join("\n");
  }
}

/** A line as it goes to a terminal: names from elsewhere cannot break it, colour it or move the cursor. */
export const rendered = (line: Line): string => partsOf(line).map(renderedPart).join("");

function renderedPart(part: string | Coloured): string {
  return typeof part === "string" ? visible(part) : part.colour(visible(part.text));
}

/** A line's beginning, of so many characters. */
export function cutTo(line: Line, width: number): Line {
  const cut: (string | Coloured)[] = [];
  let room = width;
  for (const part of partsOf(line)) {
    const characters = [...visible(typeof part === "string" ? part : part.text)].slice(0, room);
    room -= characters.length;
    const text = characters.join("");
    cut.push(typeof part === "string" ? text : { ...part, text });
  }
  return cut;
}

const partsOf = (line: Line): readonly (string | Coloured)[] => {
  if (typeof line === "string") return [line];
  return "text" in line ? [line] : line;
};
