import { expect, test } from "vitest";
import { asDiverged } from "../../../../test/support/diverged.js";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import { summarizeGroup } from "../../runs/group-summary.js";
import { groupRuns, type RunGroup } from "../../runs/groups.js";
import type { RunRecord } from "../../training/index.js";
import {
  captioned,
  divergedBriefly,
  divergedCount,
  divergedOf,
  divergedRounds,
  divergedSentences,
  divergedShare,
  divergedShareText,
  errorText,
  finishedOf,
} from "./diverged.js";

const { records } = syntheticReproduction({ rounds: 8 });
const whole = records.filter(({ architecture }) => architecture === "mlp");
const some = whole.map((record, round) => (round === 2 || round === 5 ? asDiverged(record, round + 1) : record));
const none = whole.map((record) => asDiverged(record));

test("what diverged is counted and named", () => {
  expect(divergedCount(whole)).toEqual({});
  expect(divergedCount(some)).toEqual({ diverged: 2 });
  expect([divergedOf(whole), divergedOf(some)]).toEqual(["", "2 of 8"]);
  expect(finishedOf(some)).toEqual(whole.filter((_, round) => round !== 2 && round !== 5));
  expect(divergedRounds({ title: "MLP", runs: whole })).toBeUndefined();
  expect(divergedRounds({ title: "MLP", runs: some }, { title: "quick", runs: none })).toBe(
    "2 of 8 rounds of MLP diverged (seed 2 at epoch 1, step 3; seed 5 at epoch 1, step 6) and 8 of 8 rounds of quick diverged (seed 0 at epoch 1, step 7; seed 1 at epoch 1, step 7; seed 2 at epoch 1, step 7; seed 3 at epoch 1, step 7; seed 4 at epoch 1, step 7; and 3 more)",
  );
  expect(divergedBriefly({ title: "MLP", runs: some }, { title: "a", runs: whole }, { title: "b", runs: none })).toBe(
    "2 of 8 rounds of MLP and 8 of 8 of b diverged",
  );
  expect(
    divergedSentences([
      { title: "MLP", runs: none.slice(0, 1) },
      { title: "a", runs: whole },
    ]),
  ).toEqual(["The only round of MLP diverged (seed 0 at epoch 1, step 7)."]);
});

test("a table says it in place of an error, and in its caption", () => {
  const [finished] = whole as [RunRecord];
  expect(errorText(finished, 0.1234)).toBe("12.3%");
  expect(errorText(asDiverged(finished), Number.NaN)).toBe("diverged");
  expect(captioned("A caption.", [{}, { diverged: 1 }])).toMatch(/^A caption\. A round that diverged has no errors/);
  expect(captioned("A caption.", [{}])).toBe("A caption.");
});

test("a group's errors are those of the runs that did not diverge, of which there may be none", () => {
  const summaryOf = (runs: readonly RunRecord[]) => summarizeGroup(groupRuns(runs)[0] as RunGroup<RunRecord>);
  const { testError, trainError, ...rest } = summaryOf(some);
  const finished = summaryOf(finishedOf(some));
  expect({ testError, trainError }).toEqual({ testError: finished.testError, trainError: finished.trainError });
  expect(rest).toMatchObject({ n: 8, diverged: 2, seeds: [0, 1, 2, 3, 4, 5, 6, 7] });
  expect(summaryOf(none)).toMatchObject({ diverged: 8, testError: { mean: Number.NaN, sd: null, ci95: null } });
});

test("the share that diverged has Wilson's interval, at 0 of n too", () => {
  const z2 = 1.959963984540054 ** 2;
  expect(divergedShare(whole)).toEqual({ value: 0, ci95: [0, expect.closeTo(z2 / (8 + z2), 12)] });
  expect(divergedShare(none)).toEqual({ value: 1, ci95: [expect.closeTo(8 / (8 + z2), 12), 1] });
  const { value, ci95 } = divergedShare(some);
  expect(value).toBe(0.25);
  // Wilson's ends are where the share lies z standard deviations from the probability.
  for (const end of ci95) expect((8 * (0.25 - end) ** 2) / (end * (1 - end))).toBeCloseTo(z2, 10);
});

test("with several tunings the share that diverged has the interval of so many tunings, each with its share", () => {
  const z2 = 1.959963984540054 ** 2;
  // Two tunings of four rounds: two of them, 1 in 4 on average, and not 8 independent rounds.
  expect(divergedShare(whole, 2)).toEqual({ value: 0, ci95: [0, expect.closeTo(z2 / (2 + z2), 12)] });
  const { value, ci95 } = divergedShare(some, 2);
  expect(value).toBe(0.25);
  for (const end of ci95) expect((2 * (0.25 - end) ** 2) / (end * (1 - end))).toBeCloseTo(z2, 10);
  expect(divergedShareText(whole, 2)).toBe("0 of 8, at most 66%");
});

test("the share that diverged is told with the end of its interval that it does not lie at", () => {
  const rounds = Array.from({ length: 30 }, () => whole[0] as RunRecord);
  const [lost] = none as [RunRecord];
  expect(divergedShareText(rounds)).toBe("0 of 30, at most 11%");
  expect(divergedShareText([lost, lost, ...rounds.slice(2)])).toBe("2 of 30, 1.8–21%");
  expect(divergedShareText(Array(30).fill(lost))).toBe("30 of 30, at least 89%");
  expect(divergedShareText([lost])).toBe("1 of 1, at least 21%");
});
