/**
 * The rows that a view of `room` lines shows: all if they fit; otherwise the rows under way that fit beside one line that
 * sums up all.
 */
export function rowsThatFit<Row>(
  rows: readonly Row[],
  room: number,
  isUnderWay: (row: Row) => boolean,
): readonly Row[] {
  return rows.length <= room ? rows : rows.filter(isUnderWay).slice(0, Math.max(room - 1, 0));
}
