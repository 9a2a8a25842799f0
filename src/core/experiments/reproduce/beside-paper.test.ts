import { expect, test } from "vitest";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import { differencesFromPaper } from "./beside-paper.js";

test("what agrees comes first, then the two expected differences with their reasons", () => {
  const { reproduction, records } = syntheticReproduction({
    errors: {
      mlp: { train: 3, test: 189 },
      "weight-sharing": { train: 6, test: 120 },
      "weight-sharing-auxiliary": { train: 2, test: 84 },
      "one-by-one": { train: 1, test: 27 },
    },
  });
  expect(differencesFromPaper(reproduction, records)).toMatchInlineSnapshot(`
    [
      "Test errors that agree with the paper's: MLP (18.9%, paper 19.5%) and weight sharing + auxiliary loss (8.4%, paper 8.5%).",
      "weight sharing: our test error, 12.0% ± 1.2 pt, is lower than the paper's, 18.0% ± 1.4 pt. The paper's figure is a little high: this architecture gives about 16% in PyTorch.",
      "one-by-one: our test error, 2.7% ± 0.30 pt, is lower than the paper's, 12.54% ± 0.95 pt. The paper's network looks undertrained: it is wrong on 13% of its own training pairs too. Public projects that compare two recognised digits print 1.7–3.5%, and this architecture gives about 2.7% in PyTorch.",
    ]
  `);
});

test("an explanation is not used for a difference in the other direction", () => {
  const errors = { "one-by-one": { train: 200, test: 250 }, "weight-sharing": { train: 200, test: 300 } };
  const sentences = differencesFromPaper(syntheticReproduction({ errors }).reproduction);
  expect(sentences).toHaveLength(2);
  for (const sentence of sentences) expect(sentence).toMatch(/is higher than the paper's.*No reason is known\.$/);
});

test("an unexpected difference has no reason", () => {
  const { reproduction, records } = syntheticReproduction({ errors: { mlp: { train: 0, test: 100 } } });
  expect(differencesFromPaper(reproduction, records)).toEqual([
    "MLP: our test error, 10.0% ± 1.0 pt, is lower than the paper's, 19.5% ± 1.0 pt. No reason is known.",
  ]);
});

test("changed settings come first, and are a reason", () => {
  const { reproduction, records } = syntheticReproduction({
    errors: { mlp: { train: 1, test: 195 }, "simple-cnn": { train: 300, test: 400 } },
    overrides: { epochs: 1, dropout: 0.9, learningRate: 0.1, trainPairs: 2000 },
  });
  expect(differencesFromPaper(reproduction, records)).toMatchInlineSnapshot(`
    [
      "Settings were changed, which may be why errors agree or differ: epochs 1 instead of 25; training pairs 2000 instead of 1000; learning rate 0.1 instead of 0.002 (MLP); learning rate 0.1 instead of 0.003 (simple CNN); dropout 0.9 instead of 0.5 (simple CNN).",
      "Test errors that agree with the paper's: MLP (19.5%, paper 19.5%).",
      "simple CNN: our test error, 40.0% ± 4.0 pt, is higher than the paper's, 19.0% ± 3.25 pt. Its settings were changed.",
    ]
  `);
});

test("another optimizer is a changed setting, with all that belongs to it", () => {
  const { reproduction, records } = syntheticReproduction({
    errors: { mlp: { train: 1, test: 195 } },
    overrides: { optimizer: "sgd", momentum: 0.5, schedule: "step", weightAverage: 0.9 },
  });
  expect(differencesFromPaper(reproduction, records)[0]).toContain(
    ": optimizer SGD with momentum 0.5 instead of Adam; schedule step instead of constant; weight average 0.9 instead of none.",
  );
});

test("everything may agree, and one round says what its verdicts rest on", () => {
  const errors = { mlp: { train: 1, test: 195 }, "simple-cnn": { train: 13, test: 190 } };
  expect(differencesFromPaper(syntheticReproduction({ errors, rounds: 1 }).reproduction)).toMatchInlineSnapshot(`
    [
      "All test errors agree with the paper's: MLP (17.6%, paper 19.5%) and simple CNN (17.1%, paper 19.0%).",
      "One round has no spread: these verdicts rest only on the paper's standard deviation.",
    ]
  `);
});

test("pairs that are drawn in another way are not set beside the paper's", () => {
  for (const overrides of [{ balance: true }, { reuse: true }]) {
    const { reproduction, records } = syntheticReproduction({ overrides });
    expect(differencesFromPaper(reproduction, records)).toEqual([
      "The paper draws its pairs in another way: its numbers and figures are not about these pairs, and none is set beside these results.",
    ]);
    for (const { paper, verdict } of reproduction.architectures) expect([paper, verdict]).toEqual([undefined, null]);
  }
});
