/**
 * The rows that a view of `room` lines shows: all where they fit; else those under way, as many as fit beside one line that
 * sums up all.
 */
export function rowsThatFit<Row>(
  rows: readonly Row[],
  room: number,
  isUnderWay: (row: Row) => boolean,
): readonly Row[] {
  return rows.length <= room ? rows : rows.filter(isUnderWay).slice(0, Math.max(room - 1, 0));
}
