/**
 * Short names for groups that are drawn together, which a line's end and a sentence have room for: the network's title, with a letter where
 * several have the same.
 *
 * @param titles  of the groups' networks
 */
export function shortTitles(titles: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return titles.map((title) => {
    if (titles.filter((each) => each === title).length === 1) return title;
    const before = seen.get(title) ?? 0;
    seen.set(title, before + 1);
    return `${title} ${letterOf(before)}`;
  });
}

const LETTERS = 26;
const FIRST = "A".charCodeAt(0);

/** A, B, …, Z, A2, B2, … */
const letterOf = (place: number): string => {
  const again = Math.floor(place / LETTERS);
  return `${String.fromCharCode(FIRST + (place % LETTERS))}${again > 0 ? again + 1 : ""}`;
};
