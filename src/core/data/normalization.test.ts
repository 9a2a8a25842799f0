import { describe, expect, it } from "vitest";
import { randomPairs, uniform } from "../../../test/support/models.js";
import { InvalidRequest } from "../errors.js";
import { pixelScale } from "./normalization.js";

const pairsOf = (pixels: Float32Array) => {
  const input = { height: 1, width: pixels.length / 2, channels: 1, classes: 10 };
  return { ...randomPairs(input, 1), images: pixels };
};

describe("pixels are scaled by their mean and (n − 1) standard deviation", () => {
  it.each([
    ["dark images", (unit: number) => (unit < 0.8 ? 0 : Math.round(1020 * unit) / 4)],
    ["bright images that hardly vary", (unit: number) => 254 + Math.round(4 * unit) / 4],
  ])("as computed in two passes, on %s", (_, pixel) => {
    const next = uniform(1);
    const pixels = Float32Array.from({ length: 100_000 }, () => pixel(next()));
    const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
    const variance = pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (pixels.length - 1);
    const scale = pixelScale(pairsOf(pixels));
    expect(scale.mean).toBe(mean);
    expect(scale.deviation / Math.sqrt(variance)).toBeCloseTo(1, 9);
  });

  it("by hand", () => {
    expect(pixelScale(pairsOf(Float32Array.of(1, 2, 3, 6)))).toEqual({ mean: 3, deviation: Math.sqrt(14 / 3) });
  });

  it("and are refused where they are all alike", () => {
    expect(() => pixelScale(pairsOf(new Float32Array(8).fill(7.25)))).toThrow(
      new InvalidRequest("every pixel of the training pairs is 7.25: there is nothing to learn from"),
    );
  });
});
