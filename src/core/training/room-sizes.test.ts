import { expect, test } from "vitest";
import { engine } from "../../../test/support/jobs.js";
import { kernelsFrom, newKernels } from "../../../test/support/kernels.js";
import { randomPairs } from "../../../test/support/models.js";
import { augmentations } from "../data/augmentation.js";
import type { Pairs } from "../data/pairs.js";
import { MOST_MEMORY } from "../engine/kernels.js";
import type { InputSpec } from "../network/index.js";
import type { SettingOverrides } from "../settings/training-settings.js";
import { makeJob, relationOf } from "./job.js";
import { type TrainingShape, takeRoom, trainingBytes } from "./room.js";
import { train } from "./train.js";

const NO_END = { there: Number.POSITIVE_INFINITY, owner: "nobody has more than" };
const grey = (side: number, classes: number): InputSpec => ({ height: side, width: side, channels: 1, classes });
const colour = (side: number, classes: number): InputSpec => ({ height: side, width: side, channels: 3, classes });

/** Among them are all ways of a first convolution: marks, moments of grey and of colour images, and neither. */
test.each<[string, InputSpec, SettingOverrides]>([
  ["mlp", grey(8, 2), {}],
  ["weight-sharing-auxiliary", grey(28, 26), {}],
  ["one-by-one", grey(48, 62), { members: 2, views: "shifts" }],
  ["matching", colour(32, 10), {}],
  ["matching", colour(32, 10), { augmentation: { ...augmentations.strong, noise: 9 } }],
  ["simple-cnn", colour(32, 10), {}],
  ["resnet", colour(64, 2), { batchSize: 3 }],
  ["best-learned", colour(28, 62), { partners: 4 }],
  ["trunk+auxiliary+batch-norm", colour(30, 26), { pairing: "shuffled" }],
])("%s on %o with %o: planned bytes are used bytes, and none are taken later", (name, input, overrides) => {
  const counts = { trainPairs: 9, testPairs: 5 };
  const dataset = { name: "random", sha256: "0".repeat(64), shape: input };
  const { config } = makeJob(name, 1, dataset, engine, { ...counts, batchSize: 4, epochs: 1, ...overrides });
  const { network, trainPairs, testPairs, relation: _, ...settings } = config;
  const relation = relationOf(config);
  const shape: TrainingShape = { network, input, trainPairs, testPairs, settings, relation };
  const kernels = newKernels();
  takeRoom(kernels, shape);
  expect(trainingBytes(shape, kernels.base, NO_END)).toBe(kernels.taken);

  const bytes = trainingBytes(shape, 0, NO_END);
  const exact = kernelsFrom(Math.floor((MOST_MEMORY - bytes) / 64) * 64, bytes);
  const asked = (drawn: Pairs): Pairs => {
    const { classes } = drawn;
    const answer = (_: number, pair: number) =>
      Number(relation.holds(classes[2 * pair] as number, classes[2 * pair + 1] as number));
    return { ...drawn, targets: drawn.targets.map(answer) };
  };
  const pairs = { train: asked(randomPairs(input, 9)), test: asked(randomPairs(input, 5, 2)), relation };
  const losses = [kernels, exact].map((own) => {
    const loop = train(own, network, pairs, 1, config);
    let step = loop.next();
    let result = step.done ? undefined : step.value.result;
    for (; !step.done; step = loop.next()) result = step.value.result;
    return result;
  });
  expect(losses[1]).toEqual(losses[0]);
  expect(exact.taken - exact.base).toBe(bytes);
});
