import { describe, expect, test } from "vitest";
import { uniform } from "../../../test/support/models.js";
import { centreLines, strokesAlong } from "../../../test/support/thinning.js";
import { loadDataset } from "../../node/data/load-dataset.js";
import { digitFromStrokes, PEN_WIDTH, pooledDigit, type StrokePoint } from "./strokes.js";

const SIDE = 28;

function drawn(strokes: StrokePoint[][], penWidth?: number): Uint8Array {
  const image = digitFromStrokes(strokes, penWidth === undefined ? {} : { penWidth });
  if (!image) throw new Error("nothing was drawn");
  return image;
}

/** Ink in whole pixels, its centre of mass in pixels' numbers, and the box around it. */
function measured(image: Uint8Array) {
  let [ink, sumX, sumY] = [0, 0, 0];
  const columns: number[] = [];
  const rows: number[] = [];
  image.forEach((grey, at) => {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    ink += grey / 255;
    sumX += (x * grey) / 255;
    sumY += (y * grey) / 255;
    if (!grey) return;
    columns.push(x);
    rows.push(y);
  });
  const extent = (places: number[]) => Math.max(...places) - Math.min(...places) + 1;
  return { ink, x: sumX / ink, y: sumY / ink, width: extent(columns), height: extent(rows) };
}

/** Curves of 200 points, as a pointer draws them. */
const curves = [1, 2, 3, 4, 5].map((seed): StrokePoint[][] => {
  const next = uniform(seed);
  const [a, b, c] = [2 + 3 * next(), 2 + 3 * next(), next()];
  const point = (t: number) => ({ x: 80 * Math.sin(a * t), y: 120 * Math.cos(b * t + c) });
  return [
    Array.from({ length: 150 }, (_, i) => point(i / 100)),
    Array.from({ length: 50 }, (_, i) => ({ x: 200 * c - i, y: i })),
  ];
});

const move = (strokes: StrokePoint[][], place: (point: StrokePoint) => StrokePoint) =>
  strokes.map((stroke) => stroke.map(place));

/** The largest difference of two images' pixels. */
const distance = (a: Uint8Array, b: Uint8Array) => Math.max(...a.map((grey, at) => Math.abs(grey - (b[at] as number))));

describe.each(curves.map((strokes, i) => [i, strokes] as const))("curve %i", (_, strokes) => {
  const image = drawn(strokes);

  test("has its centre of mass where MNIST's digits have it, and is as large as they are", () => {
    const { x, y, width, height } = measured(image);
    expect(Math.abs(x - 14)).toBeLessThan(0.1);
    expect(Math.abs(y - 14)).toBeLessThan(0.1);
    // Twenty pixels that need not begin at a pixel's edge.
    expect(Math.max(width, height)).toBeGreaterThanOrEqual(20);
    expect(Math.max(width, height)).toBeLessThanOrEqual(21);
  });

  test("is the same wherever and however large it is drawn, and in whatever direction a pen went", () => {
    // Both are exact in binary.
    expect(drawn(move(strokes, ({ x, y }) => ({ x: x / 1024, y: y / 1024 })))).toEqual(image);
    const moved = drawn(move(strokes, ({ x, y }) => ({ x: 3.7 * x + 1000, y: 3.7 * y - 77.7 })));
    // Rounding may move a few of a pixel's 64 samples over a line's edge.
    expect(distance(moved, image)).toBeLessThanOrEqual(12);
    expect(distance(drawn(strokes.map((stroke) => stroke.toReversed()).toReversed()), image)).toBeLessThanOrEqual(12);
  });

  test("covers what is near its lines, every sample tried against every line", () => {
    expect(distance(byDistance(strokes), image)).toBeLessThanOrEqual(12);
  });
});

/** The same by the distance of each sample from each line, its centre of mass placed exactly: slow and plain. */
function byDistance(strokes: StrokePoint[][]): Uint8Array {
  const points = strokes.flat();
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (20 - PEN_WIDTH) / Math.max(right - left, bottom - top);
  const lines = strokes.map((stroke) =>
    stroke.map(({ x, y }) => [(x - (left + right) / 2) * scale + 10, (y - (top + bottom) / 2) * scale + 10] as const),
  );
  const inside = (x: number, y: number) =>
    lines.some((line) =>
      line.some(([toX, toY], i) => {
        const [fromX, fromY] = line[Math.max(i - 1, 0)] as readonly [number, number];
        const squared = (toX - fromX) ** 2 + (toY - fromY) ** 2;
        const part = squared && ((x - fromX) * (toX - fromX) + (y - fromY) * (toY - fromY)) / squared;
        const along = Math.min(Math.max(part, 0), 1);
        return Math.hypot(x - fromX - along * (toX - fromX), y - fromY - along * (toY - fromY)) <= PEN_WIDTH / 2;
      }),
    );
  const samples: [number, number][] = [];
  for (let i = 0; i < 160; i++)
    for (let j = 0; j < 160; j++)
      if (inside((j + 0.5) / 8, (i + 0.5) / 8)) samples.push([(j + 0.5) / 8, (i + 0.5) / 8]);
  const mean = (side: 0 | 1) => samples.reduce((sum, sample) => sum + sample[side], 0) / samples.length;
  const [moveX, moveY] = [14.5 - mean(0), 14.5 - mean(1)].map((by) => Math.round(8 * by) / 8) as [number, number];
  const counts = new Float64Array(SIDE ** 2);
  for (const [x, y] of samples) {
    const at = Math.floor(y + moveY) * SIDE + Math.floor(x + moveX);
    counts[at] = (counts[at] as number) + 1;
  }
  return Uint8Array.from(counts, (count) => Math.round((255 * count) / 64));
}

describe("shapes whose pixels are known", () => {
  test("a vertical line of a pen two pixels wide: ink of π + 2 · 18, twenty pixels high and two wide", () => {
    const image = drawn(
      [
        [
          { x: 5, y: -3 },
          { x: 5, y: 40 },
        ],
      ],
      2,
    );
    const { ink, x, y, height } = measured(image);
    expect(ink).toBeCloseTo(Math.PI + 36, 0);
    expect([x, y]).toEqual([expect.closeTo(14, 6), expect.closeTo(14, 6)]);
    expect(height).toBe(21);
    // Two pixels about the middle of column 14: it and a half of each column beside it.
    expect([...image.subarray(14 * SIDE + 12, 14 * SIDE + 17)]).toEqual([0, 128, 255, 128, 0]);
  });

  test.each([
    ["a stroke of one point", [[{ x: 3, y: 4 }]]],
    ["a pen that stood still", [[1, 2, 3].map(() => ({ x: -1e6, y: 4 }))]],
  ])("%s: a dot as wide as the pen", (_, strokes) => {
    const { ink, x, y, width, height } = measured(drawn(strokes, 4));
    expect(ink).toBeCloseTo(Math.PI * 4, 0);
    expect([x, y]).toEqual([expect.closeTo(14, 6), expect.closeTo(14, 6)]);
    expect([width, height]).toEqual([5, 5]);
  });

  test("a dot beside a line has its part", () => {
    const line = [
      { x: 0, y: 0 },
      { x: 0, y: 10 },
    ];
    const alone = measured(drawn([line], 2)).ink;
    expect(measured(drawn([line, [{ x: 5, y: 5 }]], 2)).ink - alone).toBeCloseTo(Math.PI, 0);
  });

  test("no points make no image", () => {
    expect(digitFromStrokes([])).toBeUndefined();
    expect(digitFromStrokes([[], []])).toBeUndefined();
    expect(measured(drawn([[], [{ x: 1, y: 1 }], []], 4)).ink).toBeCloseTo(Math.PI * 4, 0);
  });
});

test("MNIST's digits, drawn again along their centre lines, have the ink that they had, in the place where they had it", async () => {
  const { pixels } = (await loadDataset()).train;
  const mean = { own: { ink: 0, x: 0, y: 0 }, again: { ink: 0, x: 0, y: 0 } };
  const COUNT = 500;
  for (let i = 0; i < COUNT; i++) {
    const image = Uint8Array.from(pixels.subarray(i * SIDE ** 2, (i + 1) * SIDE ** 2));
    const again = drawn(strokesAlong(centreLines(image, SIDE), SIDE));
    for (const [of, sums] of [
      [measured(image), mean.own],
      [measured(again), mean.again],
    ] as const)
      for (const key of ["ink", "x", "y"] as const) sums[key] += of[key] / COUNT;
  }
  expect(mean.own.ink).toBeCloseTo(98.9, 1);
  expect(Math.abs(mean.again.ink / mean.own.ink - 1)).toBeLessThan(0.02);
  expect(Math.abs(mean.again.x - mean.own.x)).toBeLessThan(0.05);
  expect(Math.abs(mean.again.y - mean.own.y)).toBeLessThan(0.05);
});

test("what networks see of a digit is the mean of each 2×2 block", () => {
  const image = new Uint8Array(SIDE ** 2);
  // Rows 6 and 7, columns 10 and 11: block 3, 5.
  for (const [at, grey] of [
    [6 * SIDE + 10, 1],
    [6 * SIDE + 11, 2],
    [7 * SIDE + 10, 3],
    [7 * SIDE + 11, 255],
  ] as const)
    image[at] = grey;
  const pooled = pooledDigit(image);
  expect(pooled.length).toBe(196);
  expect(pooled[3 * 14 + 5]).toBe(261 / 4);
  expect(pooled.filter((grey) => grey > 0).length).toBe(1);
});

test.each<[string, () => unknown]>([
  ["a stroke's points must be finite numbers, not (NaN, 0)", () => digitFromStrokes([[{ x: Number.NaN, y: 0 }]])],
  ["penWidth must be above 0 and below 20 pixels, not 20", () => digitFromStrokes([], { penWidth: 20 })],
  ["a digit has 28×28 = 784 pixels, not 196", () => pooledDigit(new Uint8Array(196))],
])("refused: %s", (message, request) => {
  expect(request).toThrow(message);
});
