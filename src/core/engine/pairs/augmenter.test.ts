import { describe, expect, it } from "vitest";
import { newKernels } from "../../../../test/support/kernels.js";
import { randomPairs, range, uniform } from "../../../../test/support/models.js";
import { at } from "../../../../test/support/reference.js";
import { gridShares } from "../../data/augmentation.js";
import type { Augmentation, Pairs } from "../../data/index.js";
import { Augmenter } from "./augmenter.js";

/** a, b, c, d, e, f of `drawWarp`; thickness; 0; the two grids. */
type Warp = readonly number[];
const still = (height: number, width: number): Warp => [1, 0, (width - 1) / 2, 0, 1, (height - 1) / 2, 0, 0];

interface Image {
  readonly height: number;
  readonly width: number;
  readonly pixels: ArrayLike<number>;
}

function noise(height: number, width: number, seed = 1): Image {
  const next = uniform(seed);
  return { height, width, pixels: Float32Array.from({ length: height * width }, () => Math.round(1020 * next()) / 4) };
}

const MARGIN = 4;

/** An image by the kernel, margins around it. */
function warped({ height, width, pixels }: Image, warp: Warp, bilinear = false): Float32Array {
  const kernels = newKernels();
  const row = width + MARGIN;
  const across = Math.ceil(width / 4) * 4;
  const [source, to] = [kernels.allocate((height + 2 * MARGIN) * row + 8), kernels.allocate(height * across)];
  const [parameters, rows, columns] = [
    kernels.allocate(40),
    kernels.allocate(4 * height),
    kernels.allocate(4 * across),
  ];
  const field = kernels.allocate(8 * across);
  const corner = source + 4 * (MARGIN * row + MARGIN);
  for (let y = 0; y < height; y++)
    kernels.floats(corner + 4 * y * row, width).set(Array.from(pixels).slice(y * width, (y + 1) * width));
  kernels.floats(parameters, 40).set(warp);
  kernels.floats(rows, 4 * height).set(gridShares(height).flat());
  gridShares(width).forEach((shares, x) => {
    shares.forEach((share, point) => {
      kernels.floats(columns + 4 * point * across, across)[x] = share;
    });
  });
  const elastic = warp.length > 8 ? rows : 0;
  const toRow = 4 * across;
  kernels.run.warpImage(
    corner,
    4 * row,
    height,
    width,
    parameters,
    elastic,
    columns,
    field,
    Number(bilinear),
    to,
    toRow,
  );
  return Float32Array.from({ length: height * width }, (_, i) =>
    at(kernels.floats(to, height * across), Math.floor(i / width) * across + (i % width)),
  );
}

/** Keys' kernel, or a hat's, at a signed distance. */
const keys = (distance: number): number => {
  const [a, x] = [-0.75, Math.abs(distance)];
  if (x <= 1) return (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1;
  return x < 2 ? a * x ** 3 - 5 * a * x ** 2 + 8 * a * x - 4 * a : 0;
};
const hat = (distance: number): number => Math.max(0, 1 - Math.abs(distance));

/** The same by the definition: every pixel of the image, weighed by its distance from the place that is seen. */
function byDefinition({ height, width, pixels }: Image, warp: Warp, weight: (distance: number) => number): number[] {
  const [a, b, c, d, e, f] = warp as [number, number, number, number, number, number];
  return range(0, height * width).map((i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    const [x, y] = [column - (width - 1) / 2, row - (height - 1) / 2];
    const offset = (grid: number) =>
      warp.length === 8
        ? 0
        : range(0, 16).reduce((sum, k) => {
            const point = [Math.floor(k / 4), k % 4] as const;
            return sum + at(warp, grid + k) * along(row, height, point[0]) * along(column, width, point[1]);
          }, 0);
    const [u, v] = [a * x + b * y + c + offset(8), d * x + e * y + f + offset(24)];
    return range(0, height * width).reduce(
      (sum, k) => sum + at(pixels, k) * weight(u - (k % width)) * weight(v - Math.floor(k / width)),
      0,
    );
  });
}

/** A point's share in a pixel: points are repeated beyond the first and the last. */
function along(pixel: number, pixels: number, point: number): number {
  const place = (pixel * 3) / (pixels - 1);
  return range(-3, 8).reduce((sum, tap) => sum + (Math.min(Math.max(tap, 0), 3) === point ? keys(place - tap) : 0), 0);
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - at(b, i))));

describe("resampling", () => {
  // torch 1.13: grid_sample(image, grid, mode, padding_mode="zeros", align_corners=True), image[i] = 37 i mod 256.
  const image = { height: 5, width: 4, pixels: range(0, 20).map((i) => (37 * i) % 256) };
  const warp = [0.9, -0.3, 1.75, 0.25, 1.1, 1.8, 0, 0];
  it.each([
    [
      "bicubic",
      [
        3.0829, 18.0149, 94.6735, 32.8414, 78.5529, 179.7569, 113.7432, -18.9459, 128.9879, 126.4363, 138.1639,
        136.7933, 130.2775, 203.0169, 22.9172, 72.7592, 109.3272, 130.6595, 127.353, 144.4327,
      ],
    ],
    [
      "bilinear",
      [
        8.325, 33.3925, 75.11, 32.4675, 74.0, 144.3, 109.0, 8.46, 116.9, 123.2, 125.66, 118.89, 121.4, 191.7, 30.96,
        76.3, 96.4, 119.4, 121.8, 107.8125,
      ],
    ],
  ])("%s is PyTorch's grid_sample", (mode, expected) => {
    expect(largest(warped(image, warp, mode === "bilinear"), expected)).toBeLessThan(2e-4);
  });

  it.each([
    [14, 14],
    [5, 7],
    [9, 16],
    [2, 3],
  ])("is its definition, on %d×%d pixels, elastic offsets and places far outside included", (height, width) => {
    const next = uniform(height + width);
    const one = () => 2 * next() - 1;
    for (let trial = 0; trial < 6; trial++) {
      const picture = noise(height, width, trial);
      const spread = trial === 5 ? 30 : 1;
      const affine = [one() * 1.5, one(), width / 2 + spread * one(), one(), one() * 1.5, height / 2 + spread * one()];
      for (const grid of [[], Array.from({ length: 32 }, one)])
        for (const bilinear of [false, true]) {
          const warp = [...affine, 0, 0, ...grid];
          const expected = byDefinition(picture, warp.map(Math.fround), bilinear ? hat : keys);
          expect(largest(warped(picture, warp, bilinear), expected)).toBeLessThan(5e-3);
        }
    }
  });

  it("leaves an image as it is, bit for bit, where nothing is moved", () => {
    const picture = noise(14, 14);
    expect([...warped(picture, still(14, 14))]).toEqual([...(picture.pixels as Float32Array)]);
  });

  it("moves an image by whole pixels exactly, zeros coming in", () => {
    const picture = noise(6, 9);
    const [a, b, c, d, e, f] = still(6, 9) as [number, number, number, number, number, number];
    const moved = warped(picture, [a, b, c - 2, d, e, f + 1, 0, 0]);
    const expected = range(0, 54).map((i) => {
      const [x, y] = [(i % 9) - 2, Math.floor(i / 9) + 1];
      return x >= 0 && y < 6 ? at(picture.pixels, 9 * y + x) : 0;
    });
    expect([...moved]).toEqual(expected);
  });

  it("turns an image by a quarter exactly", () => {
    const picture = noise(7, 7);
    const turned = warped(picture, [0, -1, 3, 1, 0, 3, 0, 0]);
    expect([...turned]).toEqual(range(0, 49).map((i) => at(picture.pixels, 7 * (i % 7) + 6 - Math.floor(i / 7))));
  });
});

describe("thickness", () => {
  it.each([0.6, 0.2, -0.35, 1, -1, 0])(
    "of %d is so much of the largest or smallest of the 3×3 neighbours",
    (amount) => {
      const { height, width, pixels } = noise(6, 10);
      const kernels = newKernels();
      const row = 24;
      const plane = () => kernels.allocate((height + 2) * row) + 4 * (row + 4);
      const [from, to, warp] = [plane(), plane(), kernels.allocate(40)];
      kernels.floats(warp, 8)[6] = amount;
      for (let i = 0; i < 60; i++)
        kernels.floats(from + 4 * row * Math.floor(i / width), width)[i % width] = at(pixels, i);
      kernels.run.thicken(warp, from, 4 * row, height, width, to);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const near = range(0, 60).filter(
            (k) => Math.abs((k % width) - x) < 2 && Math.abs(Math.floor(k / width) - y) < 2,
          );
          const values = near.map((k) => at(pixels, k));
          const own = at(pixels, y * width + x);
          const extreme = amount > 0 ? Math.max(...values) : Math.min(...values);
          const made = at(kernels.floats(to + 4 * row * y, width), x);
          expect(Math.abs(made - (own + Math.abs(amount) * (extreme - own)))).toBeLessThan(1e-4);
        }
    },
  );
});

describe("what is drawn for an image", () => {
  const COUNT = 20_000;
  const settings = [20 / 90, 0.1, 0.2, 1.5, 0.6, 0.7] as const;
  const kernels = newKernels();
  const [state, warp] = [kernels.allocate(16), kernels.allocate(40)];
  const next = uniform(3);
  kernels.integers(state, 16).set(range(0, 16).map(() => Math.floor(2 ** 32 * next()) | 0));
  const drawn = range(0, COUNT).map(() => {
    kernels.run.drawWarp(state, ...settings, 14, 14, warp);
    return [...kernels.floats(warp, 40)];
  });
  const column = (place: number) => drawn.map((values) => at(values, place));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = (values: number[]) => {
    const middle = mean(values);
    return values.map((value) => value - middle);
  };
  const spread = (values: number[]) => Math.sqrt(mean(centred(values).map((value) => value ** 2)));

  /** Of a uniform variable: within ± bound, mean 0, standard deviation bound / √3; each to five standard errors. */
  const expectUniform = (values: number[], bound: number) => {
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(bound * (1 + 1e-5));
    expect(Math.max(...values)).toBeGreaterThan(0.99 * bound);
    expect(Math.min(...values)).toBeLessThan(-0.99 * bound);
    expect(Math.abs(mean(values))).toBeLessThan((5 * bound) / Math.sqrt(3 * COUNT));
    expect(Math.abs(spread(values) / (bound / Math.sqrt(3)) - 1)).toBeLessThan(5 * Math.sqrt(0.2 / COUNT));
  };

  it("is uniform in its bounds: angle, magnification, shear, shifts, thickness", () => {
    const [a, b, c, d, e, f, thickness] = [0, 1, 2, 3, 4, 5, 6].map(column) as [
      number[],
      number[],
      number[],
      number[],
      number[],
      number[],
      number[],
    ];
    const angles = a.map((cos, i) => (Math.atan2(at(d, i), cos) * 180) / Math.PI);
    expectUniform(angles, 20);
    // |(a, d)| is the reduction, the determinant of the affine part its square.
    expectUniform(
      a.map((x, i) => 1 / Math.hypot(x, at(d, i)) - 1),
      0.1,
    );
    expectUniform(
      a.map((x, i) => (x * at(b, i) + at(d, i) * at(e, i)) / (x * x + at(d, i) ** 2)),
      0.2,
    );
    a.forEach((x, i) => {
      const determinant = x * at(e, i) - at(b, i) * at(d, i);
      expect(Math.abs(determinant / (x * x + at(d, i) ** 2) - 1)).toBeLessThan(1e-5);
    });
    expectUniform(
      c.map((x) => x - 6.5),
      1.5,
    );
    expectUniform(
      f.map((y) => y - 6.5),
      1.5,
    );
    expectUniform(thickness, 0.6);
  });

  it("has normal offsets: their moments and tails", () => {
    const offsets = drawn.flatMap((values) => values.slice(8)).map((value) => value / 0.7);
    const n = offsets.length;
    const moment = (power: number) => mean(offsets.map((value) => value ** power));
    // Standard errors: √(1/n), √(2/n), √(15/n), √(96/n).
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    for (const [bound, share] of [
      [0.5, 0.382925],
      [1, 0.682689],
      [2, 0.9545],
      [3, 0.9973],
    ] as const) {
      const within = offsets.filter((value) => Math.abs(value) < bound).length / n;
      expect(Math.abs(within - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / n));
    }
  });

  it("has parts that say nothing of each other", () => {
    const bound = 5 / Math.sqrt(COUNT);
    const columns = [2, 5, 6, 8, 9, 12, 13, 24, 39].map(column);
    const correlation = (x: number[], y: number[]) => {
      const other = centred(y);
      return mean(centred(x).map((value, i) => value * at(other, i))) / (spread(x) * spread(y));
    };
    for (const [i, y] of columns.slice(1).entries())
      expect(Math.abs(correlation(at(columns, i), y))).toBeLessThan(bound);
  });
});

describe("an augmenter", () => {
  const input = { height: 9, width: 11, channels: 2, classes: 3 };
  const raw = randomPairs(input, 4);
  const pairs: Pairs = { ...raw, images: raw.images.map((value) => (value > 0 ? Math.round(600 * value) / 4 : 0)) };
  const scale = { mean: 20, deviation: 50 };
  const made = (augmentation: Augmentation, seed: number, times = 1) => {
    const kernels = newKernels();
    const augmenter = new Augmenter(kernels, pairs, scale, augmentation, seed);
    const to = kernels.allocate(2 * 99);
    return range(0, times).map(() => {
      const inked = augmenter.write(5, to, 8);
      return { inked, values: [...kernels.floats(to, 198)] };
    });
  };
  const everything = { rotation: 10, scale: 0.1, shear: 0.1, shift: 1, elastic: 0.4, thickness: 0.5, noise: 3 };

  it("gives the same seed the same bits, another seed others, and each time another image", () => {
    expect(made(everything, 1, 3)).toEqual(made(everything, 1, 3));
    expect(made(everything, 2)).not.toEqual(made(everything, 1));
    const [first, second] = made(everything, 1, 2);
    expect(second).not.toEqual(first);
  });

  it("scales pixels, channels side by side, and counts those that are not 0", () => {
    const own = pairs.images.slice(5 * 198, 6 * 198);
    const [{ inked, values } = { inked: 0, values: [] }] = made({}, 1);
    expect(inked).toBe(own.filter((pixel) => pixel !== 0).length);
    expect(values).toEqual(
      range(0, 198).map((i) => Math.fround((at(own, (i % 2) * 99 + Math.floor(i / 2)) - 20) / 50)),
    );
  });

  it("adds noise of its standard deviation in grey levels", () => {
    const [still] = made({}, 1);
    const differences = made({ noise: 8 }, 1, 100).flatMap(({ values }) =>
      values.map((value, i) => 50 * (value - at(still?.values ?? [], i))),
    );
    const n = differences.length;
    const mean = differences.reduce((sum, value) => sum + value, 0) / n;
    const variance = differences.reduce((sum, value) => sum + value * value, 0) / n;
    expect(Math.abs(mean)).toBeLessThan((5 * 8) / Math.sqrt(n));
    expect(Math.abs(variance / 64 - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  });

  it("moves all channels of an image alike", () => {
    const twice: Pairs = {
      ...pairs,
      images: pairs.images.map((_, i, all) => at(all, i - (Math.floor(i / 99) % 2) * 99)),
    };
    const kernels = newKernels();
    const augmenter = new Augmenter(kernels, twice, scale, { ...everything, noise: 0 }, 1);
    const to = kernels.allocate(198);
    augmenter.write(3, to, 8);
    const values = [...kernels.floats(to, 198)];
    expect(values.filter((_, i) => i % 2 === 0)).toEqual(values.filter((_, i) => i % 2 === 1));
  });

  it("refuses values out of range", () => {
    expect(() => made({ scale: 1 }, 1)).toThrow("augmentation.scale must be a number from 0 to 0.9, not 1");
  });
});
