import { expect, test } from "vitest";
import { Stream } from "../../random/streams.js";
import { haltonSequence, MOST_DIMENSIONS } from "./halton.js";

function points(count: number, dimensions: number, stream?: Stream): number[][] {
  const sequence = haltonSequence(dimensions, stream);
  return Array.from({ length: count }, () => sequence.next().value);
}

test("unscrambled it is the radical inverse in bases 2, 3 and 5", () => {
  const expected = [
    [0, 0, 0],
    [1 / 2, 1 / 3, 1 / 5],
    [1 / 4, 2 / 3, 2 / 5],
    [3 / 4, 1 / 9, 3 / 5],
    [1 / 8, 4 / 9, 4 / 5],
    [5 / 8, 7 / 9, 1 / 25],
  ];
  for (const [i, point] of points(6, 3).entries())
    for (const [d, coordinate] of point.entries()) expect(coordinate).toBeCloseTo(expected[i]?.[d] as number, 14);
});

test("scrambled, each run of a base's power has one point in each part", () => {
  for (const seed of [0, 1, 2]) {
    const all = points(4 * 27 * 25, 3, new Stream(seed, "search"));
    for (const [d, parts] of [16, 27, 25].entries())
      for (let start = 0; start + parts <= all.length; start += parts) {
        const found = all.slice(start, start + parts).map((point) => Math.floor((point[d] as number) * parts));
        expect(new Set(found).size).toBe(parts);
      }
    expect(all.flat().every((coordinate) => coordinate >= 0 && coordinate < 1)).toBe(true);
  }
});

/** The centred L2 discrepancy (Hickernell 1998): 0 for points that fill the cube evenly. */
function discrepancy(all: readonly (readonly number[])[]): number {
  const n = all.length;
  const d = all[0]?.length ?? 0;
  const off = (x: number) => Math.abs(x - 0.5);
  let [single, double] = [0, 0];
  for (const a of all) {
    single += a.reduce((product, x) => product * (1 + off(x) / 2 - off(x) ** 2 / 2), 1);
    for (const b of all)
      double += a.reduce((product, x, i) => {
        const y = b[i] as number;
        return product * (1 + off(x) / 2 + off(y) / 2 - Math.abs(x - y) / 2);
      }, 1);
  }
  return Math.sqrt((13 / 12) ** d - (2 / n) * single + double / n ** 2);
}

test("it fills the cube more evenly than chance", () => {
  for (const dimensions of [2, 4, 6]) {
    const [ours, chance]: [number[], number[]] = [[], []];
    for (let seed = 0; seed < 12; seed++) {
      const stream = new Stream(seed, "search");
      ours.push(discrepancy(points(32, dimensions, stream)));
      chance.push(
        discrepancy(Array.from({ length: 32 }, () => Array.from({ length: dimensions }, () => stream.unit()))),
      );
    }
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(ours)).toBeLessThan(0.8 * sum(chance));
  }
});

test("another seed scrambles otherwise, and there are bases for so many dimensions", () => {
  expect(points(4, 2, new Stream(0, "search"))).not.toEqual(points(4, 2, new Stream(1, "search")));
  expect(points(4, 2, new Stream(1, "search"))).toEqual(points(4, 2, new Stream(1, "search")));
  expect(() => points(1, MOST_DIMENSIONS + 1)).toThrow("no bases");
});
