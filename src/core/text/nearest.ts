/** Longer names are not typed by hand, and the search takes time proportional to a name's length times those of all others. */
const LONGEST = 64;

/** Of the longer of two names: if more of its letters differ, one is not the other mistyped. Rounded to whole letters. */
const MOST_DIFFERENT = 1 / 3;

/** A name, and by how many letters it differs from a mistyped one. */
export interface Nearest {
  readonly name: string;
  readonly letters: number;
}

/** The name that a mistyped one is nearest to; undefined if there is none, or if it is too long to be mistyped. */
export function nearest(wrong: string, names: readonly string[]): Nearest | undefined {
  if (wrong.length > LONGEST) return undefined;
  const all = names.map((name) => ({ name, letters: lettersBetween(name, wrong) }));
  return all.toSorted((a, b) => a.letters - b.letters)[0];
}

/** ": did you mean epochs?" where a name is near. @param mostLetters  that may differ however long the names are */
export function didYouMean(wrong: string, names: readonly string[], mostLetters = LONGEST): string {
  const found = nearest(wrong, names);
  if (!found) return "";
  const { name, letters } = found;
  const most = Math.round(MOST_DIFFERENT * Math.max(name.length, wrong.length));
  return letters <= Math.min(most, mostLetters) ? `: did you mean ${name}?` : "";
}

/** The same; where none is near, all names that there are. */
export const didYouMeanOf = (wrong: string, names: readonly string[]): string =>
  didYouMean(wrong, names) || `: there are ${names.join(", ")}`;

/**
 * How many letters are to be added, left out, replaced, or swapped with the next one, to get one name from the other: the optimal string
 * alignment distance.
 */
function lettersBetween(a: string, b: string): number {
  // Rows of the usual table, of the beginnings of `a`: the last but one, the last, and the next.
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next[column] = Math.min(
        (last[column] as number) + 1,
        (next[column - 1] as number) + 1,
        (last[column - 1] as number) + (isSame ? 0 : 1),
        isSwap ? (before[column - 2] as number) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, next];
  }
  return last[b.length] as number;
}
