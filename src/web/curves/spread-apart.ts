/**
 * Places for labels that do not overlap: as near as can be to where they belong, in the same order.
 *
 * @param wanted  where they belong; equal ones keep their order
 * @param gap     between two neighbours, at least
 * @param most    no label is beyond it, where all have room
 */
export function spreadApart(wanted: readonly number[], gap: number, most: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const places = [...wanted];
  order.forEach((label, i) => {
    const before = order[i - 1];
    const least = before === undefined ? 0 : (places[before] ?? 0) + gap;
    places[label] = Math.max(places[label] ?? 0, least);
  });
  // What was pushed beyond the end comes back, and takes its neighbours along.
  let end = most;
  for (const label of order.toReversed()) {
    places[label] = Math.min(places[label] ?? 0, end);
    end = (places[label] ?? 0) - gap;
  }
  return places;
}
