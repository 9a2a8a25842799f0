export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A possible place of a label, in pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const STEP = 2;

/** Points every STEP pixels on the straight lines from one point to the next. */
export function alongLines(points: readonly Point[]): Point[] {
  return points.flatMap((to, i) => {
    const from = points[i - 1];
    if (!from) return [to];
    const parts = Math.max(1, Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) / STEP));
    return Array.from({ length: parts }, (_, part) => ({
      x: from.x + ((to.x - from.x) * (part + 1)) / parts,
      y: from.y + ((to.y - from.y) * (part + 1)) / parts,
    }));
  });
}

/**
 * The place that covers the fewest points and, if possible, no other label; of equal ones the first.
 *
 * @param taken  the places of other labels
 * @returns its index
 */
export function clearestPlace(places: readonly Box[], points: readonly Point[], taken: readonly Box[]): number {
  const covered = places.map(
    (place) =>
      points.filter((point) => holds(place, point)).length + 1000 * taken.filter((other) => meets(place, other)).length,
  );
  return covered.indexOf(Math.min(...covered));
}

const holds = ({ left, right, top, bottom }: Box, { x, y }: Point): boolean =>
  x >= left && x <= right && y >= top && y <= bottom;

const meets = (a: Box, b: Box): boolean =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
