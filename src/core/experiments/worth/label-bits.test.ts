import { expect, test } from "vitest";
import { smallJob } from "../../../../test/support/jobs.js";
import { labelBits } from "./label-bits.js";

const dataset = (classes: number, each: number) => {
  const labels = Uint8Array.from({ length: classes * each }, (_, i) => i % classes);
  const images = { count: labels.length, labels, classes, height: 14, width: 14, pooling: 1 };
  return { dataset: { train: images, test: images, identity: { name: "made up", sha256: "0".repeat(64) } } } as never;
};
const { config } = smallJob("mlp");

test("ten equally frequent classes are 2 · log₂ 10 bits a pair; less-or-equal has 55 of 100 pairs, one bit but 0.7%", () => {
  const { answer, classes } = labelBits(dataset(10, 6000), config);
  expect(classes).toBeCloseTo(2 * Math.log2(10), 10);
  const yes = 0.55;
  expect(answer).toBeCloseTo(-yes * Math.log2(yes) - (1 - yes) * Math.log2(1 - yes), 3);
});

test("a balanced question is one bit", () => {
  expect(labelBits(dataset(10, 60), { ...config, relation: "equal", balance: true }).answer).toBe(1);
});

test("two classes of which one has three quarters of the images", () => {
  const labels = Uint8Array.of(0, 0, 0, 1);
  const images = { count: 4, labels, classes: 2 };
  const { classes } = labelBits({ dataset: { train: images } } as never, config);
  expect(classes).toBeCloseTo(2 * (0.75 * Math.log2(4 / 3) + 0.25 * 2), 12);
});
