import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BorderHistogram, backgroundOf } from "./background.js";
import type { Picture } from "./picture.js";

const grey = (height: number, width: number, pixels: readonly number[], alpha?: readonly number[]): Picture => ({
  height,
  width,
  channels: 1,
  pixels: Uint8Array.from(pixels),
  ...(alpha && { alpha: Uint8Array.from(alpha) }),
});

describe("the background of pictures", () => {
  it("is the median of their borders, each pixel once", () => {
    expect(backgroundOf([grey(3, 3, [1, 2, 3, 4, 255, 5, 6, 7, 8])], 1)).toEqual([4]);
    expect(backgroundOf([grey(1, 3, [9, 8, 7])], 1)).toEqual([8]);
    expect(backgroundOf([grey(3, 1, [9, 8, 7])], 1)).toEqual([8]);
    expect(backgroundOf([grey(1, 1, [5]), grey(1, 2, [9, 9])], 1)).toEqual([9]);
  });

  it("is of opaque pixels alone, and white where there are none", () => {
    expect(backgroundOf([grey(1, 3, [1, 2, 3], [0, 255, 254])], 1)).toEqual([2]);
    expect(backgroundOf([grey(1, 1, [1], [0])], 3)).toEqual([255, 255, 255]);
    expect(backgroundOf([], 1)).toEqual([255]);
  });

  it("is of the channels that networks see", () => {
    const red: Picture = { height: 1, width: 1, channels: 3, pixels: Uint8Array.of(255, 0, 0) };
    expect(backgroundOf([red], 3)).toEqual([255, 0, 0]);
    expect(backgroundOf([red], 1)).toEqual([76]);
    expect(backgroundOf([grey(1, 1, [7])], 3)).toEqual([7, 7, 7]);
  });

  it("is the same in any order and in any parts, and as sorted", () => {
    const pictures = fc.array(
      fc
        .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.infiniteStream(fc.nat({ max: 255 })))
        .map(([height, width, values]) => grey(height, width, [...values.take(height * width)])),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(pictures, fc.nat({ max: 6 }), (all, at) => {
        const border = all
          .flatMap(({ height, width, pixels }) =>
            [...pixels].filter((_, i) => {
              const [y, x] = [Math.floor(i / width), i % width];
              return y === 0 || x === 0 || y === height - 1 || x === width - 1;
            }),
          )
          .sort((a, b) => a - b);
        const expected = [border[Math.ceil(border.length / 2) - 1]];
        expect(backgroundOf(all, 1)).toEqual(expected);
        expect(backgroundOf(all.toReversed(), 1)).toEqual(expected);
        const [first, second] = [new BorderHistogram(1), new BorderHistogram(1)];
        for (const [i, picture] of all.entries()) (i < at ? first : second).add(picture);
        first.addCounts(second.counts);
        expect(first.background()).toEqual(expected);
      }),
    );
  });

  it("asks for 1 or 3 channels, and for counts of as many", () => {
    expect(() => new BorderHistogram(2 as 1)).toThrow("channels must be 1 or 3, not 2");
    expect(() => new BorderHistogram(1).addCounts(new Float64Array(3))).toThrow("counts must be 256 numbers, not 3");
  });
});
