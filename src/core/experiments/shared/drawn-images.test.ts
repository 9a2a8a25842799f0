import { expect, it } from "vitest";
import { classParts } from "../../data/drawing.js";
import { drawPairs } from "../../data/pools.js";
import { noBits } from "../../formats/bits.js";
import { makeJob } from "../../training/index.js";
import { shapedDataset } from "./apparatus.js";
import { withDrawnImages } from "./drawn-images.js";

const labelled = (count: number, classes: number) => ({
  ...{ count, height: 28, width: 28, classes, pooling: 1 as const },
  labels: Uint8Array.from({ length: count }, (_, image) => image % classes),
});
const engine = { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) } as const;
const identity = { name: "MNIST", sha256: "5e".repeat(32) };
const mnist = { identity, train: labelled(600, 10), test: labelled(100, 10) };

/** A run that was measured on so many test pairs. */
function measured(dataset: typeof mnist, seed: number, pairs: number, overrides: object) {
  const { id, architecture, config } = makeJob("weight-sharing", seed, shapedDataset({ dataset }), engine, overrides);
  const numbers = { parameters: 1, trainError: 0, testError: 0.1, epochs: [], seconds: 1, weightsSha256: "" };
  const allTestPairs = { pairs, testError: 0, wrong: noBits(pairs) };
  return { id, architecture, seed, config, ...numbers, allTestPairs };
}

it("are the images that a seed draws, the same array for runs of the same pairs", () => {
  const counts = { trainPairs: 20, testPairs: 10 };
  const runs = [
    measured(mnist, 3, 50, counts),
    measured(mnist, 3, 50, { ...counts, epochs: 2 }),
    measured(mnist, 4, 50, { ...counts, trainPairs: 40 }),
  ];
  const drawn = withDrawnImages(runs, { dataset: mnist }).map((run) => run.drawn);
  expect(drawn[0]).toEqual({
    of: "images",
    tested: drawPairs("test", 3, 100, { testPairs: 50 }),
    trained: drawPairs("training", 3, 600, { trainPairs: 20 }),
  });
  expect(drawn[1]?.tested).toBe(drawn[0]?.tested);
  expect(drawn[2]?.tested).toEqual(drawPairs("test", 4, 100, { testPairs: 50 }));
  expect(drawn[2]?.trained).toHaveLength(80);
});

it("are classes where test pairs are of other classes than training pairs", () => {
  const data = { ...mnist, train: labelled(600, 30), test: labelled(150, 30) };
  const run = measured(data, 5, 20, { split: "classes", relation: "equal", trainPairs: 20, testPairs: 10 });
  const [found] = withDrawnImages([run], { dataset: data });
  const parts = classParts(5, 30, false);
  expect(found?.drawn?.of).toBe("classes");
  expect(found?.drawn?.tested).toHaveLength(40);
  expect(Array.from(found?.drawn?.tested ?? [], (each) => parts[each])).toEqual(Array(40).fill("test"));
  const trained = Array.from(found?.drawn?.trained ?? []);
  expect(trained.map((each) => parts[each])).toEqual(Array(trained.length).fill("training"));
  expect(new Set(trained).size).toBe(trained.length);
});

it("are not there without verdicts, or of validation pairs", () => {
  const counts = { trainPairs: 20, testPairs: 10 };
  const run = measured(mnist, 3, 50, counts);
  const without = { ...run, allTestPairs: { pairs: 50, testError: 0 } };
  const validated = measured(mnist, 3, 50, { ...counts, evaluateOn: "validation" });
  expect(withDrawnImages([without, validated], { dataset: mnist })).toEqual([without, validated]);
});
