import { visible } from "../../../core/formats/visible.js";
import { columnsOf } from "./wrap.js";

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

/** A line's beginning, of at most so many columns. */
export function cutTo(line: Line, width: number): Line {
  const cut: (string | Coloured)[] = [];
  let room = width;
  for (const part of partsOf(line)) {
    let text = "";
    for (const character of visible(typeof part === "string" ? part : part.text)) {
      room -= columnsOf(character);
      if (room < 0) break;
      text += character;
    }
    cut.push(typeof part === "string" ? text : { ...part, text });
  }
  return cut;
}

/** A text with blanks after it, as it is shown, of so many columns at least. */
export function padTo(text: string, width: number): string {
  const shown = visible(text);
  return shown + " ".repeat(Math.max(width - columnsOf(shown), 0));
}

const partsOf = (line: Line): readonly (string | Coloured)[] => {
  if (typeof line === "string") return [line];
  return "text" in line ? [line] : line;
};
