import { expect, test } from "vitest";
import { finish, smallJob, startJob } from "../../../../test/support/jobs.js";
import { groupAnswers, runsToAsk } from "./grouped-answers.js";

const record = (name: string, seed: number) => finish(startJob(smallJob(name, { epochs: 1 }, seed))).record;
const records = [record("mlp", 1), record("one-by-one", 1), record("mlp", 2), record("mlp", 3)];

const sure = (digit: number) => Float32Array.from({ length: 10 }, (_, k) => Number(k === digit));

test("runs that differ only in the seed are one network, whose answers are averaged", () => {
  const [a, b, c, d] = records.map(({ id }) => id) as [string, string, string, string];
  const answers = new Map([
    [a, { probability: 0.9, holds: true }],
    [b, { probability: 0.75, holds: true, beliefs: [sure(3), sure(7)] as const }],
    [c, { probability: 0.3, holds: false }],
    [d, { probability: 0.9, holds: true }],
  ]);
  const grouped = groupAnswers(records, answers);
  const [mlp, oneByOne] = ["mlp", "one-by-one"].map((name) =>
    grouped.find(({ architecture }) => architecture === name),
  );
  expect(mlp?.runs.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  expect(mlp?.probability).toBeCloseTo(0.7, 12);
  expect(mlp?.beliefs).toBeUndefined();
  expect(oneByOne).toMatchObject({ architecture: "one-by-one", probability: 0.75 });
  expect([...(oneByOne?.beliefs?.[1] ?? [])].indexOf(1)).toBe(7);
});

test("the network of the least mean test error comes first", () => {
  const tested = (of: readonly number[]) => records.map((each, i) => ({ ...each, testError: of[i] as number }));
  const answers = new Map(records.map(({ id }) => [id, { probability: 0.5, holds: true }]));
  const names = (of: readonly number[]) => groupAnswers(tested(of), answers).map(({ architecture }) => architecture);
  // The mlp's mean is 0.2.
  expect(names([0.1, 0.15, 0.2, 0.3])).toEqual(["one-by-one", "mlp"]);
  expect(names([0.1, 0.25, 0.2, 0.3])).toEqual(["mlp", "one-by-one"]);
  expect(groupAnswers(tested([0.1, 0.25, 0.2, 0.3]), answers)[0]?.testError).toBeCloseTo(0.2, 12);
});

test("a run that has not answered yet is left out", () => {
  expect(groupAnswers(records, new Map())).toEqual([]);
});

test("where there are too many, every network's first seeds are asked", () => {
  const runs = records.map((each) => ({ record: each }));
  const names = (most: number) =>
    runsToAsk(runs, most).map(({ record: { architecture, seed } }) => `${architecture} ${seed}`);
  expect(names(2)).toEqual(["mlp 1", "one-by-one 1"]);
  expect(names(3)).toEqual(["mlp 1", "one-by-one 1", "mlp 2"]);
  expect(names(4)).toHaveLength(4);
});
