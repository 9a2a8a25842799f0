import { expect, test } from "vitest";
import { engine } from "../../../../test/support/jobs.js";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import { DIGIT_PAIRS } from "../../network/index.js";
import { makeJob } from "../../training/job.js";
import { settingsOf, trainingSettings } from "./method.js";

const valueIn = (name: string, { reproduction, records } = syntheticReproduction()) =>
  settingsOf(reproduction, records).find((setting) => setting.name === name)?.value;

test("the settings of the paper's experiment", () => {
  const { reproduction, records } = syntheticReproduction({ rounds: 10 });
  expect(settingsOf(reproduction, records)).toMatchInlineSnapshot(`
    [
      {
        "name": "Rounds",
        "value": "10, seeds 0 to 9; a seed decides the pairs, starting weights, batch order and dropout, and gives every architecture the same pairs in the same order",
      },
      {
        "name": "Pairs",
        "setting": "trainPairs",
        "value": "1,000 training and 1,000 test pairs a round, drawn without replacement from the training images and the test images: no image occurs twice in a set",
      },
      {
        "name": "Epochs",
        "setting": "epochs",
        "value": "25; errors are those after the last",
      },
      {
        "name": "Batch size",
        "setting": "batchSize",
        "value": "50 pairs",
      },
      {
        "name": "Optimizer",
        "setting": "optimizer",
        "value": "Adam, on the cross-entropy",
      },
      {
        "name": "Learning rate",
        "setting": "learningRate",
        "value": "0.002 (MLP, weight sharing and one-by-one); 0.003 (simple CNN and weight sharing + auxiliary loss)",
      },
      {
        "name": "Weight of each image's digit loss",
        "setting": "auxiliaryWeight",
        "value": "0.5, beside 1 for the pair's label (weight sharing + auxiliary loss); 0.5, with no other loss (one-by-one)",
      },
      {
        "name": "Dropout",
        "setting": "dropout",
        "value": "0.5 where an architecture has it; the paper prints no rate",
      },
      {
        "name": "Inputs",
        "value": "standardised by the mean and standard deviation of all pixels of the round's training pairs",
      },
      {
        "name": "Starting weights",
        "value": "PyTorch's default initialisation",
      },
      {
        "name": "Batch norm",
        "value": "statistics over both images of all pairs in a batch; running statistics when evaluated",
      },
      {
        "name": "Images",
        "value": "MNIST, SHA-256 5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e",
      },
      {
        "name": "Engine",
        "value": "pairlab 0.1.0, base SIMD, 2 workers",
      },
      {
        "name": "±",
        "value": "standard deviation (n − 1) over rounds",
      },
      {
        "name": "95% interval",
        "value": "Student's for a mean over rounds; for a difference all values that its test does not reject at 5%",
      },
      {
        "name": "Finite test set",
        "value": "an error measured on 1,000 pairs is itself a sample: at 2% its standard deviation is 0.44 pt, which is part of the spread over rounds",
      },
    ]
  `);
});

test("overridden settings are shown as they were used", () => {
  const changed = syntheticReproduction({
    rounds: 1,
    seed: 7,
    overrides: { epochs: 3, batchSize: 20, dropout: 0.1, learningRate: 0.01, trainPairs: 500, testPairs: 4000 },
  });
  expect(valueIn("Rounds", changed)).toMatch(/^1, seed 7;/);
  expect(valueIn("Pairs", changed)).toMatch(/^500 training and 4,000 test pairs a round,/);
  expect(valueIn("Epochs", changed)).toMatch(/^3;/);
  expect(valueIn("Batch size", changed)).toBe("20 pairs");
  expect(valueIn("Dropout", changed)).toMatch(/^0.1 where/);
  expect(valueIn("Learning rate", changed)).toBe("0.01");
  expect(valueIn("Finite test set", changed)).toMatch(/on 4,000 pairs .* is 0.22 pt/);
});

test("smoothing, views and the weight of the pair's loss are listed if there are any", () => {
  const changed = syntheticReproduction({
    errors: { "weight-sharing-auxiliary": { train: 2, test: 84 } },
    overrides: { labelSmoothing: 0.1, views: "shifts", pairWeight: 0.25 },
  });
  expect(valueIn("Label smoothing", changed)).toMatch(/^0.1 of the digits' loss in training/);
  expect(valueIn("Views", changed)).toMatch(/^evaluation looks at each image and its four shifts/);
  expect(valueIn("Weight of each image's digit loss", changed)).toBe("0.5, beside 0.25 for the pair's label");
});

test("how a network is trained is listed if it is not Adam at a constant rate", () => {
  const overrides = { optimizer: "sgd", nesterov: true, weightDecay: 1e-4, schedule: "cosine", clipNorm: 2 } as const;
  const changed = syntheticReproduction({ rounds: 1, overrides: { ...overrides, weightAverage: 0.99 } });
  expect(valueIn("Optimizer", changed)).toBe(
    "SGD with Nesterov's momentum 0.9 and weight decay 0.0001, on the cross-entropy",
  );
  expect(valueIn("Learning rate", changed)).toMatch(/^0.002, falling to 0 along half a cosine \(/);
  expect(valueIn("Clipping", changed)).toMatch(/ above 2, they are scaled down/);
  expect(valueIn("Weight average", changed)).toMatch(/ keeps 0.99 of it$/);
  const adamw = syntheticReproduction({ rounds: 1, overrides: { optimizer: "adamw" } });
  expect(valueIn("Optimizer", adamw)).toBe("AdamW with weight decay 0.01, on the cross-entropy");
  for (const name of ["Clipping", "Weight average"]) expect(valueIn(name, adamw)).toBeUndefined();
});

test("settings that no architecture uses are left out", () => {
  const mlp = syntheticReproduction({ errors: { mlp: { train: 1, test: 195 } } });
  for (const name of ["Dropout", "Batch norm", "Label smoothing", "Views", "Weight of each image's digit loss"])
    expect(valueIn(name, mlp)).toBeUndefined();
});

test("settings of other images than digits speak of classes, and of no paper", () => {
  const dataset = { name: "flags", sha256: "5e".repeat(32), shape: DIGIT_PAIRS };
  const overrides = { labelSmoothing: 0.1, views: "shifts", members: 2 } as const;
  const told = trainingSettings([makeJob("one-by-one", 0, dataset, engine, overrides)]);
  const toldAs = (wanted: string) => told.find(({ name }) => name === wanted)?.value;
  expect(toldAs("Weight of each image's class loss")).toBe("0.5, with no other loss");
  expect(toldAs("Dropout")).toBe("0.5 where an architecture has it");
  expect(toldAs("Label smoothing")).toMatch(/^0.1 of the loss on classes in training;/);
  expect(toldAs("Views")).toMatch(/decides on the mean of the class logits;/);
  expect(toldAs("Members")).toMatch(/on the mean of their class logits$/);
  expect(JSON.stringify(told)).not.toMatch(/digit|paper/);
});

test("pairs of a list are drawn from the list", () => {
  const listed = { relation: "listed-match", share: 0.5 } as const;
  const dataset = { name: "pairs.csv", sha256: "5e".repeat(32), shape: { ...DIGIT_PAIRS, classes: 0 }, listed };
  const told = trainingSettings([makeJob("matching", 0, dataset, engine)]);
  expect(told.find(({ name }) => name === "Pairs")?.value).toBe(
    "1,000 training and 1,000 test pairs a round, drawn from those of the list: none occurs twice in a set",
  );
});

test("a stream that all rounds hold at the first one's seed is told, though the first run has no seed for it", () => {
  const held = syntheticReproduction({ rounds: 3, seed: 2, overrides: { dataSeed: 2 } });
  expect(valueIn("Seed of the training pairs", held)).toBe("2 in every round; test pairs are the round's");
  expect(valueIn("Seed of the training pairs")).toBeUndefined();
});
