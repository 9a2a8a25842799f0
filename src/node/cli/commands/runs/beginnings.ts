const FEWEST_DIGITS = 6;

/** The shortest beginning of each id, of 6 digits or more, that no other id has. */
export function unambiguous(ids: readonly string[]): Map<string, string> {
  const sorted = [...new Set(ids)].sort();
  const common = (a: string, b = ""): number => {
    let length = 0;
    while (length < b.length && a[length] === b[length]) length++;
    return length;
  };
  return new Map(
    sorted.map((id, i) => {
      const shared = Math.max(common(id, sorted[i - 1]), common(id, sorted[i + 1]));
      return [id, id.slice(0, Math.max(FEWEST_DIGITS, shared + 1))];
    }),
  );
}
