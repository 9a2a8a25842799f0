import { expect, test } from "vitest";
import { finish, smallJob, startJob } from "../../../../test/support/jobs.js";
import { isRule, opponents } from "./opponents.js";

const run = (name: string, testError: number, seed = 1) => {
  const { record } = finish(startJob(smallJob(name, { epochs: 1 }, seed)));
  return { record: { ...record, testError } };
};
const mlp = run("mlp", 0.19);
const cnn = run("simple-cnn", 0.16);
const quick = run("quick", 0.06);
const oneByOne = run("one-by-one", 0.03);

test("networks without weights in their head are the rule", () => {
  expect([mlp, cnn, quick, oneByOne].map(({ record }) => isRule(record))).toEqual([false, false, true, true]);
});

test("the worst network without the rule, and the best with it", () => {
  expect(opponents([oneByOne, mlp, quick, cnn])).toEqual({ loser: mlp, rule: oneByOne });
  expect(opponents([mlp, cnn])).toEqual({ loser: mlp });
  expect(opponents([quick])).toEqual({ loser: quick });
  // Two with the rule: the worse one may be wrong where the better is right.
  expect(opponents([quick, oneByOne])).toEqual({ loser: quick, rule: oneByOne });
  expect(opponents([])).toBeUndefined();
});

test("runs that were measured on validation pairs have no test images", () => {
  const { record } = mlp;
  const validated = { record: { ...record, config: { ...record.config, evaluateOn: "validation" as const } } };
  expect(opponents([validated])).toBeUndefined();
  expect(opponents([validated, cnn])).toEqual({ loser: cnn });
});
