import { expect, it } from "vitest";
import { pool2x2 } from "./pooling.js";

it("every pooled pixel is exactly the mean of its four, whatever they sum to", () => {
  const sums = Array.from({ length: 4 * 255 + 1 }, (_, sum) => sum);
  const means = sums.map((sum) => {
    // Four bytes of that sum: ⌊s/4⌋ + ⌊(s + 1)/4⌋ + ⌊(s + 2)/4⌋ + ⌊(s + 3)/4⌋ = s.
    const image = Uint8Array.from([0, 1, 2, 3], (i) => Math.floor((sum + i) / 4));
    const pooled = new Float32Array(1);
    pool2x2(image, 2, 2, pooled);
    return pooled[0];
  });
  expect(means).toEqual(sums.map((sum) => sum / 4));
});

it("windows lie side by side, and a last odd row or column is dropped", () => {
  // biome-ignore format: an image
  const image = Uint8Array.of(
    1, 3, 10, 20, 99,
    5, 7, 30, 40, 99,
    0, 0, 255, 255, 99,
    0, 1, 255, 255, 99,
    99, 99, 99, 99, 99,
  );
  const pooled = new Float32Array(4);
  pool2x2(image, 5, 5, pooled);
  expect([...pooled]).toEqual([4, 25, 0.25, 255]);
});
