import leven from "leven";

/** Longer names are not typed by hand, and the search takes time proportional to a name's length times those of all others. */
const LONGEST = 64;

/** A name, and by how many letters it differs from a mistyped one. */
export interface Nearest {
  readonly name: string;
  readonly letters: number;
}

/** The name that a mistyped one is nearest to; undefined if there is none, or if it is too long to be mistyped. */
export function nearest(wrong: string, names: readonly string[]): Nearest | undefined {
  if (wrong.length > LONGEST) return undefined;
  const all = names.map((name) => ({ name, letters: leven(name, wrong) }));
  return all.toSorted((a, b) => a.letters - b.letters)[0];
}

/** ": did you mean epochs?" where there is a nearest name. */
export function didYouMean(wrong: string, names: readonly string[]): string {
  const found = nearest(wrong, names);
  return found ? `: did you mean ${found.name}?` : "";
}
