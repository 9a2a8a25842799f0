const LETTERS = ({ length }: string): number => length;

/**
 * Pieces of a text, joined into as few lines as fit; a piece that is wider stays whole.
 *
 * @param widthOf  the width of a text, in the unit of `most`; blanks at an end are not counted
 */
export function joined(pieces: readonly string[], most: number, widthOf = LETTERS): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const longer = (lines.at(-1) ?? "") + piece;
    if (lines.length > 0 && widthOf(longer.trimEnd()) <= most) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
}

/** Lines of a text that may break between some pieces, as `joined` has them, without the blanks at their ends. */
export const wrapped = (...asked: Parameters<typeof joined>): string[] =>
  joined(...asked).map((line) => line.trimEnd());
