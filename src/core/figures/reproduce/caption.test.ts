import { expect, test } from "vitest";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import { figureCaption } from "./caption.js";

test("says where the test loss is lowest, and what the loss is made of", () => {
  const { reproduction, records } = syntheticReproduction();
  const captions = reproduction.architectures.map((architecture) =>
    figureCaption(architecture, records.find((record) => record.architecture === architecture.name)?.config),
  );
  const rising = "The mean test loss is lowest, 0.50 after epoch 1, and is 0.98 after epoch 25.";
  expect(captions).toEqual([
    rising,
    rising,
    rising,
    `${rising} The loss is the pair's cross-entropy plus 0.5 times each digit's cross-entropy.`,
    `${rising} The loss is 0.5 times each digit's cross-entropy.`,
  ]);
});

test("speaks of classes where images are not digits", () => {
  const { reproduction, records } = syntheticReproduction();
  const captions = reproduction.architectures.map((architecture) => {
    const config = records.find((record) => record.architecture === architecture.name)?.config;
    return figureCaption(architecture, config && { ...config, dataset: { ...config.dataset, name: "flags" } });
  });
  expect(captions.join(" ")).not.toMatch(/digit/);
  expect(captions[3]).toMatch(/plus 0\.5 times the cross-entropy of each image's class\.$/);
});

test("says nothing of losses that do not compare", () => {
  const [mlp] = syntheticReproduction({ overrides: { epochs: 2 } }).reproduction.architectures;
  if (!mlp) throw new Error("no architecture");
  const withLosses = (...mean: number[]) =>
    figureCaption({ ...mlp, curves: { ...mlp.curves, testLoss: { mean, sd: mean.map(() => null) } } });
  expect(withLosses(0.5, 0.4)).toBe("The mean test loss is lowest at the end: 0.40 after epoch 2.");
  expect(withLosses(0.5, Number.NaN)).toBe("");
  expect(withLosses(0.5)).toBe("");
});
