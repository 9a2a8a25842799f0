import leven from "leven";

/** Nobody mistypes a longer name, and the search takes a name's length times those of all others. */
const LONGEST = 64;

/** The name that a mistyped one is nearest to; undefined where there is none, or it is too long for a mistyped one. */
export function nearestName(wrong: string, names: readonly string[]): string | undefined {
  if (wrong.length > LONGEST) return undefined;
  const distances = names.map((name) => leven(name, wrong));
  return names[distances.indexOf(Math.min(...distances))];
}

/** ": did you mean epochs?" where there is a nearest name. */
export function didYouMean(wrong: string, names: readonly string[]): string {
  const nearest = nearestName(wrong, names);
  return nearest === undefined ? "" : `: did you mean ${nearest}?`;
}
