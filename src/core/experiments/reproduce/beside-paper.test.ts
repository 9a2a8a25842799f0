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
      "weight sharing: our test error, 12.0% ± 1.2 pt, is lower than the paper's, 18.0% ± 1.4 pt, if the paper has 3 rounds or more. The paper's figure is a little high: this architecture gives about 16% in PyTorch.",
      "one-by-one: our test error, 2.7% ± 0.30 pt, is lower than the paper's, 12.54% ± 0.95 pt. The paper's network looks undertrained: it is wrong on 13% of its own training pairs too. Public projects that compare two recognised digits print 1.7–3.5%, and this architecture gives about 2.7% in PyTorch.",
      "Whether MLP agrees with the paper is open: our test error is 18.9% ± 1.9 pt, the paper's 19.5% ± 1.0 pt.",
      "Whether weight sharing + auxiliary loss agrees with the paper is open: our test error is 8.4% ± 0.80 pt, the paper's 8.5% ± 0.93 pt.",
      "The paper does not say how many rounds it has. These sentences assume 10; to agree is to be shown to differ by less than 10% of the paper's error.",
    ]
  `);
});

test("an explanation is not used for a difference in the other direction", () => {
  const errors = { "one-by-one": { train: 200, test: 250 }, "weight-sharing": { train: 200, test: 300 } };
  const sentences = differencesFromPaper(syntheticReproduction({ errors }).reproduction);
  expect(sentences).toHaveLength(3);
  for (const sentence of sentences.slice(0, 2))
    expect(sentence).toMatch(/is higher than the paper's.*No reason is known\.$/);
});

test("an unexpected difference has no reason", () => {
  const { reproduction, records } = syntheticReproduction({ errors: { mlp: { train: 0, test: 100 } } });
  expect(differencesFromPaper(reproduction, records)).toEqual([
    "MLP: our test error, 10.0% ± 1.0 pt, is lower than the paper's, 19.5% ± 1.0 pt, if the paper has 3 rounds or more. No reason is known.",
    "The paper does not say how many rounds it has. These sentences assume 10; to agree is to be shown to differ by less than 10% of the paper's error.",
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
      "simple CNN: our test error, 40.0% ± 4.0 pt, is higher than the paper's, 19.0% ± 3.25 pt, if the paper has 3 rounds or more. Its settings were changed.",
      "Whether MLP agrees with the paper is open: our test error is 19.5% ± 2.0 pt, the paper's 19.5% ± 1.0 pt.",
      "The paper does not say how many rounds it has. These sentences assume 10; to agree is to be shown to differ by less than 10% of the paper's error.",
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
      "Whether MLP agrees with the paper is open: our test error is 17.6%, the paper's 19.5% ± 1.0 pt.",
      "Whether simple CNN agrees with the paper is open: our test error is 17.1%, the paper's 19.0% ± 3.25 pt.",
      "The paper does not say how many rounds it has. These sentences assume 10; to agree is to be shown to differ by less than 10% of the paper's error.",
      "One round has no spread: it is taken to have the paper's standard deviation.",
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
