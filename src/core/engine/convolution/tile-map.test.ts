import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { stretchesOf, TileMap } from "./tile-map.js";

const points = (length: number) => length + 2;

test.each<[side: number, lengths: number[]]>([
  [1, [3]],
  [3, [3]],
  [4, [4]],
  [5, [3, 3]],
  [7, [4, 3]],
  [14, [4, 4, 3, 3]],
  [28, [4, 4, 4, 4, 4, 4, 4]],
])("a side of %i is cut into %j", (side, lengths) => {
  expect(stretchesOf(side, [4, 3], points).map(({ length }) => length)).toEqual(lengths);
});

describe("stretches of any lengths", () => {
  const lengths = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 });
  const cost = (length: number) => length ** 2 + 3;
  /** The fewest points of stretches that cover a side, by trying all. */
  const fewest = (side: number, allowed: readonly number[]): number =>
    side <= 0 ? 0 : Math.min(...allowed.map((length) => cost(length) + fewest(side - length, allowed)));

  it("cover a side without gaps, for the fewest points", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), lengths, (side, allowed) => {
        const stretches = stretchesOf(
          side,
          [...allowed].sort((a, b) => b - a),
          cost,
        );
        let covered = 0;
        for (const { from, length } of stretches) {
          expect(from).toBe(covered);
          covered += length;
        }
        expect(covered).toBeGreaterThanOrEqual(side);
        expect(stretches.reduce((sum, { length }) => sum + cost(length), 0)).toBe(fewest(side, allowed));
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

test("tiles of all kinds cover every output of a map once", () => {
  const order = [
    [3, 4],
    [4, 4],
    [4, 3],
    [3, 3],
  ] as const;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 19 }), (height, width) => {
      const map = new TileMap({ height, width, channels: 1 }, order, points);
      expect(map.kinds.map(({ rows, columns }) => [rows, columns])).toEqual(order);
      const covered = new Set<string>();
      let tiles = 0;
      for (const { rows, columns, count, before, places } of map.kinds) {
        expect([before, count]).toEqual([tiles, places.length]);
        tiles += count;
        for (const [top, left] of places)
          for (let y = top; y < top + rows; y++)
            for (let x = left; x < left + columns; x++) {
              expect(covered.has(`${y} ${x}`)).toBe(false);
              covered.add(`${y} ${x}`);
            }
      }
      expect(tiles).toBe(map.tiles);
      expect(covered.size).toBe(map.height * map.width);
      expect([map.height >= height, map.width >= width]).toEqual([true, true]);
    }),
    { seed: 1, numRuns: 100 },
  );
});
