import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codecs, flag } from "../../../test/support/pictures.js";
import { pool2x2 } from "../data/pooling.js";
import { decodePicture } from "./decode.js";
import type { Picture } from "./picture.js";
import { type Fit, type PictureTarget, preparePicture, sameShape } from "./prepare.js";

const picture = (
  height: number,
  width: number,
  channels: 1 | 3,
  pixels: readonly number[],
  alpha?: readonly number[],
) =>
  ({
    height,
    width,
    channels,
    pixels: Uint8Array.from(pixels),
    ...(alpha && { alpha: Uint8Array.from(alpha) }),
  }) satisfies Picture;

const grey = (height: number, width: number, pixels: readonly number[]) => picture(height, width, 1, pixels);

const prepared = (of: Picture, height: number, width: number, fit?: Fit, background = [0]): number[] => [
  ...preparePicture(of, { height, width, channels: 1, fit, background }),
];

const side = fc.integer({ min: 1, max: 40 });
const anyGrey = fc
  .tuple(side, side)
  .chain(([height, width]) =>
    fc
      .array(fc.integer({ min: 0, max: 255 }), { minLength: height * width, maxLength: height * width })
      .map((pixels) => grey(height, width, pixels)),
  );

/** The mean of a box, in fractions of whole numbers, written down from its definition. */
function meanOfBox(of: Picture, y: number, x: number, height: number, width: number): number {
  const overlap = (from: number, to: number, i: number, n: number): bigint =>
    BigInt(Math.max(0, Math.min(to, (i + 1) * n) - Math.max(from, i * n)));
  let sum = 0n;
  for (let row = 0; row < of.height; row++)
    for (let column = 0; column < of.width; column++)
      sum +=
        overlap(y * of.height, (y + 1) * of.height, row, height) *
        overlap(x * of.width, (x + 1) * of.width, column, width) *
        BigInt(of.pixels[row * of.width + column] as number);
  const area = BigInt(of.height * of.width);
  // Half a 256th up.
  return Number((512n * sum + area) / (2n * area));
}

describe("area average", () => {
  it("is the mean of each box, to the next 256th", () => {
    fc.assert(
      fc.property(anyGrey, side, side, (of, height, width) => {
        const result = prepared(of, height, width, "stretch");
        expect(result).toEqual(
          Array.from({ length: height * width }, (_, i) =>
            meanOfBox(of, Math.floor(i / width), i % width, height, width),
          ),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("of the same size is 256 times the pixel", () => {
    fc.assert(
      fc.property(anyGrey, (of) => {
        expect(prepared(of, of.height, of.width)).toEqual([...of.pixels].map((value) => 256 * value));
      }),
    );
  });

  it("of half the size has the bits of 2×2 pooling", () => {
    fc.assert(
      fc.property(side, side, fc.infiniteStream(fc.integer({ min: 0, max: 255 })), (height, width, stream) => {
        const of = grey(2 * height, 2 * width, [...stream.take(4 * height * width)]);
        const pooled = new Float32Array(height * width);
        pool2x2(of.pixels, of.height, of.width, pooled);
        expect(prepared(of, height, width)).toEqual([...pooled].map((value) => 256 * value));
      }),
    );
  });

  it("of one colour is that colour, at every size", () => {
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 0, max: 255 }), (height, width, rows, columns, value) => {
        const result = prepared(grey(height, width, new Array(height * width).fill(value)), rows, columns, "stretch");
        expect(new Set(result)).toEqual(new Set([256 * value]));
      }),
    );
  });

  it("stays between the darkest and the brightest pixel", () => {
    fc.assert(
      fc.property(anyGrey, side, side, (of, height, width) => {
        const result = prepared(of, height, width, "stretch");
        expect(Math.min(...result)).toBeGreaterThanOrEqual(256 * Math.min(...of.pixels));
        expect(Math.max(...result)).toBeLessThanOrEqual(256 * Math.max(...of.pixels));
      }),
    );
  });

  it("keeps the mean, but for half a 256th", () => {
    fc.assert(
      fc.property(anyGrey, side, side, (of, height, width) => {
        const mean = (values: ArrayLike<number>) =>
          Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
        const difference = mean(prepared(of, height, width, "stretch")) - 256 * mean(of.pixels);
        expect(Math.abs(difference)).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });

  it("is exact where sums are largest", () => {
    const [height, width] = [16_384, 3_906];
    const pixels = new Uint8Array(height * width).fill(255);
    pixels[0] = 254;
    const white = { height, width, channels: 1, pixels } as const;
    expect(prepared(white, 1, 1, "stretch")).toEqual([256 * 255]);
    expect(prepared(white, 1, 2, "crop", [0])).toHaveLength(2);
  });

  it("enlarged shows boxes of the pixels, and their mixture where a box ends within a pixel", () => {
    expect(prepared(grey(1, 2, [0, 100]), 2, 4)).toEqual([0, 0, 25600, 25600, 0, 0, 25600, 25600]);
    expect(prepared(grey(1, 2, [0, 100]), 1, 3, "stretch")).toEqual([0, 12800, 25600]);
  });
});

describe("fit", () => {
  const wide = grey(2, 4, [1, 2, 3, 4, 5, 6, 7, 8]);
  const in256ths = (...values: number[]) => values.map((value) => 256 * value);

  it("stretch gives up the shape", () => {
    expect(prepared(wide, 2, 2, "stretch")).toEqual(in256ths(1.5, 3.5, 5.5, 7.5));
  });

  it("pad has background around the whole, the odd row below", () => {
    expect(prepared(wide, 5, 4, "pad", [9])).toEqual(
      in256ths(9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9, 9, 9, 9, 9),
    );
  });

  it("pad has the odd column on the right", () => {
    expect(prepared(grey(2, 1, [5, 6]), 2, 4, "pad", [9])).toEqual(in256ths(9, 5, 9, 9, 9, 6, 9, 9));
  });

  it("pad leaves a row at least", () => {
    expect(prepared(grey(1, 100, new Array(100).fill(7)), 3, 4, "pad", [9])).toEqual(
      in256ths(9, 9, 9, 9, 7, 7, 7, 7, 9, 9, 9, 9),
    );
  });

  it("crop keeps the middle, and cuts the odd column on the right", () => {
    expect(prepared(wide, 2, 2, "crop")).toEqual(in256ths(2, 3, 6, 7));
    expect(prepared(grey(1, 4, [1, 2, 3, 4]), 1, 1, "crop")).toEqual(in256ths(2));
    expect(prepared(grey(4, 1, [1, 2, 3, 4]), 1, 1, "crop")).toEqual(in256ths(2));
    expect(prepared(grey(3, 1, [1, 2, 3]), 2, 2, "crop")).toEqual(in256ths(2, 2, 2, 2));
  });

  it("is asked for where the shapes differ, and only there", () => {
    expect(() => prepared(wide, 2, 2)).toThrow(
      "a picture of 2×4 (height × width) has not the shape of 2×2: fit must be one of stretch, pad, crop",
    );
    expect(sameShape(wide, { height: 2, width: 2 })).toBe(false);
    expect(sameShape(wide, { height: 1, width: 2 })).toBe(true);
    // 667 of 1000 is 64.03 of 96 rows.
    expect(sameShape({ height: 667, width: 1000 }, { height: 64, width: 96 })).toBe(true);
    expect(sameShape({ height: 672, width: 1000 }, { height: 64, width: 96 })).toBe(false);
  });

  it("changes nothing where the shapes are the same", () => {
    fc.assert(
      fc.property(anyGrey, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), (of, up, down) => {
        fc.pre(of.height % down === 0 && of.width % down === 0);
        const [height, width] = [(of.height / down) * up, (of.width / down) * up];
        const stretched = prepared(of, height, width, "stretch");
        for (const fit of ["pad", "crop", undefined] as const)
          expect(prepared(of, height, width, fit, [77])).toEqual(stretched);
      }),
    );
  });

  it("pads with background and nothing else: the picture within is the one that is stretched to its size", () => {
    fc.assert(
      fc.property(anyGrey, side, side, (of, height, width) => {
        const result = prepared(of, height, width, "pad", [0]);
        const white = prepared(of, height, width, "pad", [255]);
        const inner = result.map((value, i) => value === white[i]);
        const rows = new Set(inner.flatMap((is, i) => (is ? [Math.floor(i / width)] : []))).size;
        const columns = new Set(inner.flatMap((is, i) => (is ? [i % width] : []))).size;
        expect(inner.filter(Boolean)).toHaveLength(rows * columns);
        expect(rows === height || columns === width).toBe(true);
        expect(result.filter((_, i) => inner[i])).toEqual(prepared(of, rows, columns, "stretch"));
      }),
    );
  });
});

describe("channels", () => {
  const target = (channels: 1 | 3, background: readonly number[]): PictureTarget => ({
    height: 1,
    width: 1,
    channels,
    background,
  });

  it("grey is Pillow's L", () => {
    // Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0)) of Pillow 9.4.0
    for (const [colour, level] of [
      [[255, 0, 0], 76],
      [[0, 255, 0], 150],
      [[0, 0, 255], 29],
      [[255, 255, 255], 255],
      [[1, 2, 3], 2],
      [[200, 100, 50], 124],
    ] as const)
      expect(preparePicture(picture(1, 1, 3, colour), target(1, [0]))).toEqual(Uint16Array.of(256 * level));
  });

  it("grey becomes three of the same", () => {
    expect(preparePicture(picture(1, 1, 1, [9]), target(3, [0, 0, 0]))).toEqual(Uint16Array.of(2304, 2304, 2304));
  });

  it("come one after the other", () => {
    const two = picture(1, 2, 3, [1, 2, 3, 4, 5, 6]);
    expect(preparePicture(two, { ...target(3, [0, 0, 0]), width: 2 })).toEqual(
      Uint16Array.from([1, 4, 2, 5, 3, 6].map((value) => 256 * value)),
    );
  });

  it("alpha shows the background: first that, then grey", () => {
    const half = picture(1, 1, 3, [200, 100, 0], [51]);
    // A fifth of the colour, four fifths of the background.
    expect(preparePicture(half, target(3, [100, 10, 0]))).toEqual(Uint16Array.of(120 * 256, 28 * 256, 0));
    // (120, 100, 80): (19595 · 120 + 38470 · 100 + 7471 · 80 + 32768) / 65536
    expect(preparePicture(half, target(1, [100]))).toEqual(Uint16Array.of(256 * 104));
    expect(preparePicture(picture(1, 1, 1, [200], [51]), target(3, [0, 100, 255]))).toEqual(
      Uint16Array.of(40 * 256, 120 * 256, 244 * 256),
    );
    expect(preparePicture(picture(1, 1, 1, [200], [0]), target(1, [33]))).toEqual(Uint16Array.of(33 * 256));
  });

  it("alpha rounds once, to the nearest", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 0, max: 255 }),
        (value, alpha, background) => {
          const [result] = preparePicture(picture(1, 1, 1, [value], [alpha]), target(1, [background]));
          const exact = (value * alpha + background * (255 - alpha)) / 255;
          expect(Math.abs((result as number) / 256 - exact)).toBeLessThan(0.5);
          expect((result as number) % 256).toBe(0);
        },
      ),
    );
  });

  it("a real image of 100×70 becomes 28×28 in both ways", async () => {
    const br = await decodePicture(flag("br.png"), "br.png", codecs);
    expect(br.channels).toBe(3);
    const inGrey = preparePicture(br, { height: 28, width: 28, channels: 1, fit: "pad", background: [255] });
    const inColour = preparePicture(br, {
      height: 28,
      width: 28,
      channels: 3,
      fit: "pad",
      background: [255, 255, 255],
    });
    expect([inGrey.length, inColour.length]).toEqual([784, 3 * 784]);
    expect(inGrey[0]).toBe(65280);
  });
});

describe("is refused where", () => {
  const target: PictureTarget = { height: 1, width: 1, channels: 1, background: [0] };
  const of = grey(1, 1, [0]);
  it.each<[string, unknown, unknown, RegExp]>([
    ["there is no picture", undefined, target, /^the picture must be an object|^the picture is missing/],
    ["pixels lack", { ...of, width: 2 }, target, /pixels must be a Uint8Array of height × width × channels = 2/],
    ["alpha lacks", { ...of, alpha: new Uint8Array(3) }, target, /alpha must be a Uint8Array of height × width = 1/],
    ["channels are two", { ...of, channels: 2 }, target, /channels must be 1 or 3, not 2/],
    ["a side is none", of, { ...target, height: 0 }, /height must be a whole number from 1 to 16384/],
    ["the fit is unknown", of, { ...target, fit: "fill" }, /fit must be one of stretch, pad, crop, not "fill"/],
    ["the background lacks channels", of, { ...target, channels: 3 }, /background must have a number of each of the 3/],
    ["the background is no level", of, { ...target, background: [256] }, /background\[0\] must be a whole number from/],
    ["a name is unknown", of, { ...target, size: 3 }, /there is no field "size"/],
  ])("%s", (_, given, to, message) => {
    expect(() => preparePicture(given as Picture, to as PictureTarget)).toThrow(message);
  });
});
