import { describe, expect, test } from "vitest";
import { around, type SyntheticRounds, syntheticComparison } from "../../../../test/support/comparison.js";
import { paperConclusions } from "./paper-conclusions.js";

/** Middles of test errors, in parts of 1,000 pairs. */
const LIKE_OURS = {
  mlp: 187,
  "simple-cnn": 186,
  "weight-sharing": 166,
  "weight-sharing-auxiliary": 76,
  "one-by-one": 26,
};

interface Made extends Partial<SyntheticRounds> {
  readonly rounds?: number;
  readonly middles?: Partial<Record<keyof typeof LIKE_OURS, number>>;
}

function conclude({ rounds = 12, middles = {}, ...more }: Made = {}) {
  const errors = Object.fromEntries(
    Object.entries({ ...LIKE_OURS, ...middles }).map(([name, middle], i) => [name, around(middle, rounds, i)]),
  );
  const { comparison, records } = syntheticComparison({ errors, ...more });
  const found = paperConclusions(comparison, records);
  if (!found) throw new Error("all five were compared");
  const [auxiliary = none, sharing = none, mechanism = none, loss = none] = found.conclusions;
  return { auxiliary, sharing, mechanism, loss, numbers: found.numbers };
}

const none = { verdict: "not tested", sentence: "", claim: "", tests: [] } as const;

test("errors like ours and losses that rise: all four are confirmed, each with its numbers", () => {
  const { auxiliary, sharing, mechanism, loss } = conclude({ rounds: 30 });
  for (const { verdict } of [auxiliary, sharing, mechanism, loss]) expect(verdict).toBe("confirmed");
  expect(auxiliary.sentence).toMatch(
    /^The auxiliary loss lowers test error greatly: confirmed\. weight sharing \+ auxiliary loss 7\.\d%, weight sharing 16\.\d%: 9\.0 points \[8\.\d, 9\.\d\] lower \(n = 30, p < 0\.001, Holm-corrected over 10 pairs\), 5\d% of the error\.$/,
  );
  expect(sharing.sentence).toMatch(
    /^Weight sharing lowers test error a little and saves parameters: confirmed\. .*: 2\.\d points \[1\.\d, 2\.\d\] lower \(.*\), 11% of the error; 75,202 parameters against 76,386\.$/,
  );
  expect(mechanism.sentence).toMatch(
    /^Knowing the mechanism gives a better result with half of the MLP's parameters: confirmed\. one-by-one 2\.\d%, MLP 18\.\d%: .* lower \(.*\); 43,274 parameters against 89,712\.$/,
  );
  expect(loss.sentence).toBe(
    "The test loss rises with the epochs, from overfitting: confirmed. From its lowest mean to the last epoch, MLP from 0.50 after epoch 2 to 0.70, by 0.20 nats, p < 0.001; simple CNN from 0.50 after epoch 2 to 0.70, by 0.20 nats, p < 0.001; weight sharing from 0.50 after epoch 2 to 0.70, by 0.20 nats, p < 0.001; weight sharing + auxiliary loss from 0.50 after epoch 2 to 0.70, by 0.20 nats, p < 0.001 (n = 30, p of the largest rise over all epochs, Holm-corrected over 4 architectures). The test loss of weight sharing + auxiliary loss holds the auxiliary loss, times its weight.",
  );
  expect(loss.tests).toHaveLength(4);
});

test("of other images than MNIST's, the paper's conclusions are judged, and its numbers are not told", () => {
  const rounds = {
    errors: Object.fromEntries(Object.entries(LIKE_OURS).map(([name, middle], i) => [name, around(middle, 12, i)])),
  };
  const { comparison, records } = syntheticComparison(rounds);
  const clothes = records.map((record) => ({
    ...record,
    config: { ...record.config, dataset: { ...record.config.dataset, name: "fashion-mnist" } },
  }));
  expect(paperConclusions(comparison, records)?.numbers.length).toBeGreaterThan(0);
  const { conclusions, numbers } = paperConclusions(comparison, clothes) ?? { conclusions: [], numbers: undefined };
  expect(conclusions).toHaveLength(4);
  expect(numbers).toEqual([]);
});

test("what a conclusion rests on is seen from the architecture that the paper calls better", () => {
  const [tested] = conclude().mechanism.tests;
  expect(tested).toMatchObject({ a: "one-by-one", b: "mlp", exact: true });
  if (!tested || !("ci95" in tested) || !tested.ci95) throw new Error("there is no interval");
  const [low, high] = tested.ci95;
  expect(tested.mean).toBeLessThan(-0.15);
  expect(high).toBeLessThan(-0.15);
  expect(low).toBeLessThan(high);
});

describe("what does not hold is not confirmed, and says why", () => {
  test.each([
    ["the auxiliary loss changes nothing", { "weight-sharing-auxiliary": 166 }, /No difference is shown\./],
    ["the auxiliary loss is worse", { "weight-sharing-auxiliary": 186 }, /higher \(.*It is the other way round\./],
    ["the auxiliary loss lowers the error a little", { "weight-sharing-auxiliary": 140 }, /more than a quarter/],
  ])("%s", (_, middles, says) => {
    const { verdict, sentence } = conclude({ middles }).auxiliary;
    expect(verdict).toBe("not confirmed");
    expect(sentence).toMatch(says);
  });

  test.each([
    ["weight sharing changes nothing", { "simple-cnn": 166 }, /No difference is shown\./],
    ["weight sharing is worse", { "simple-cnn": 146 }, /It is the other way round\./],
    ["weight sharing lowers the error greatly", { "simple-cnn": 250 }, /less than a quarter/],
  ])("%s", (_, middles, says) => {
    const { verdict, sentence } = conclude({ middles }).sharing;
    expect(verdict).toBe("not confirmed");
    expect(sentence).toMatch(says);
  });

  test("weight sharing costs parameters", () => {
    const { verdict, sentence } = conclude({ parameters: { "weight-sharing": 76_386 } }).sharing;
    expect(verdict).toBe("not confirmed");
    expect(sentence).toMatch(/76,386 parameters against 76,386\. It saves no parameters\.$/);
  });

  test.each([
    ["one-by-one is no better", { middles: { "one-by-one": 187 } }, /No difference is shown\./],
    [
      "one-by-one has more than half of the parameters",
      { parameters: { "one-by-one": 44_857 } },
      /It has more than half of the parameters\.$/,
    ],
  ])("%s", (_, made, says) => {
    const { verdict, sentence } = conclude(made).mechanism;
    expect(verdict).toBe("not confirmed");
    expect(sentence).toMatch(says);
  });

  test("one architecture's test loss does not rise", () => {
    const testLosses = (name: string) => (name === "simple-cnn" ? [0.7, 0.6, 0.5] : [0.6, 0.5, 0.7]);
    const { verdict, sentence } = conclude({ testLosses }).loss;
    expect(verdict).toBe("not confirmed");
    expect(sentence).toMatch(/\. No rise is shown for simple CNN\.$/);
  });

  test("one-by-one's losses are not part of it", () => {
    const testLosses = (name: string) => (name === "one-by-one" ? [0.7, 0.6, 0.5] : [0.6, 0.5, 0.7]);
    expect(conclude({ testLosses }).loss.verdict).toBe("confirmed");
  });
});

test("half of the parameters may be exactly half", () => {
  expect(conclude({ parameters: { "one-by-one": 44_856 } }).mechanism.verdict).toBe("confirmed");
});

test("fewer rounds than can show anything confirm nothing", () => {
  const { auxiliary, loss } = conclude({ rounds: 7 });
  expect(auxiliary.verdict).toBe("not confirmed");
  expect(auxiliary.sentence).toMatch(/7 rounds are too few to show it: over 10 pairs that takes at least 9 rounds\.$/);
  expect(loss.verdict).toBe("not confirmed");
  expect(loss.sentence).toMatch(
    /7 rounds are too few to show it: over 4 architectures that takes at least 8 rounds\.$/,
  );
});

test("fewer than 30 rounds are exploratory", () => {
  expect(conclude().auxiliary.sentence).toMatch(/: confirmed\. .* 12 rounds are exploratory; a claim needs 30\.$/);
});

test("one round tests nothing", () => {
  const { auxiliary, loss } = conclude({ rounds: 1 });
  expect(auxiliary.sentence).toMatch(/greatly: not tested\. .* lower, \d+% of the error\. One round tests nothing\.$/);
  expect(loss.sentence).toMatch(/overfitting: not tested\. .* One round tests nothing\.$/);
});

test("losses measured only at the end test no rise", () => {
  const { verdict, tests, sentence } = conclude({ testLosses: () => [0.7] }).loss;
  expect({ verdict, tests }).toEqual({ verdict: "not tested", tests: [] });
  expect(sentence).toMatch(/not tested, because losses were measured only at the end\.$/);
});

test("what the paper's numbers say and ours do not: one-by-one's error, and its place behind the auxiliary loss", () => {
  const { numbers } = conclude();
  expect(numbers[0]).toMatch(/^Test errors that agree with the paper's: MLP/);
  expect(numbers.find((sentence) => sentence.startsWith("one-by-one"))).toMatch(
    /^one-by-one: our test error, 2\.\d% ± .*, is lower than the paper's, 12\.54% ± 0\.95 pt\./,
  );
  expect(numbers.at(-1)).toMatch(
    /^The order of one-by-one and weight sharing \+ auxiliary loss is the other way round: the paper has 12\.54% and 8\.5%, ours are 2\.\d% and 7\.\d%, 5\.\d points \[4\.\d, 5\.\d\] apart \(n = 12, p = 0\.00\d, Holm-corrected over 10 pairs\)\.$/,
  );
});

test("an order like the paper's, and one that is not shown, are not a reversal", () => {
  expect(conclude({ middles: { "one-by-one": 125 } }).numbers.join(" ")).not.toMatch(/other way round/);
  expect(conclude({ middles: { "one-by-one": 76 } }).numbers.join(" ")).not.toMatch(/other way round/);
});

test("four of the five have no say about the paper", () => {
  const { comparison, records } = syntheticComparison({ errors: { mlp: [0.1, 0.2], "one-by-one": [0.1, 0.1] } });
  expect(paperConclusions(comparison, records)).toBeUndefined();
});

test("what rests on a round that diverged is not tested and says so, and its numbers are not set against the paper's", () => {
  const errors = Object.fromEntries(
    Object.entries(LIKE_OURS).map(([name, middle], i) => [name, around(middle, 12, i)]),
  );
  const lost = { ...errors, "weight-sharing-auxiliary": (errors["weight-sharing-auxiliary"] as number[]).with(4, NaN) };
  const { comparison, records } = syntheticComparison({ errors: lost });
  const { conclusions, numbers } = paperConclusions(comparison, records) as NonNullable<
    ReturnType<typeof paperConclusions>
  >;
  expect(conclusions.map(({ verdict }) => verdict)).toEqual(["not tested", "confirmed", "confirmed", "not tested"]);
  expect(conclusions[0]?.sentence).toBe(
    "The auxiliary loss lowers test error greatly: not tested, because 1 of 12 rounds of weight sharing + auxiliary loss diverged.",
  );
  expect(conclusions[3]?.sentence).toMatch(/: not tested, because rounds diverged\. .*diverged in a round/);
  expect(numbers.join(" ")).toContain(
    "1 of 12 rounds of weight sharing + auxiliary loss diverged (seed 4 at epoch 1, step 7). It is not compared with the paper's.",
  );
  expect(JSON.stringify({ conclusions, numbers })).not.toMatch(/NaN|Infinity|undefined/);
});
