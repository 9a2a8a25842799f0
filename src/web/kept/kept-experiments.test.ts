import { expect, test } from "vitest";
import { engine, stripes } from "../../../test/support/jobs.js";
import type { Job, RunRecord } from "../../core/index.js";
import type { Settings } from "../address/options.js";
import { type AskedRuns, planOf } from "../training/plan.js";
import { experimentsOf as experimentsAmong, ownIdsOf } from "./kept-experiments.js";
import type { KeptRun } from "./kept-runs.js";

const made = {
  dataset: { train: stripes, test: stripes, identity: { name: "MNIST", sha256: "0".repeat(64) } },
  engine,
};
const FEW: Settings = { trainPairs: 50 };
const asking = (networks: readonly string[], seed: number, rounds: number, settings: Settings = FEW): AskedRuns => ({
  networks,
  own: [],
  seed,
  rounds,
  settings,
});
const jobsOf = (asked: AskedRuns) => planOf(asked, made).jobs;
const errors: Readonly<Record<string, number>> = { mlp: 0.2, "one-by-one": 0.1 };
const keptAs = (job: Job, at: number, changes: Partial<RunRecord> = {}): KeptRun => ({
  record: { ...job, testError: (errors[job.architecture] ?? 0) + job.seed / 100, ...changes } as RunRecord,
  weights: new Blob(),
  at,
  bytes: 1,
});
const kept = (asked: AskedRuns, at: number) => jobsOf(asked).map((job, i) => keptAs(job, at + i));
const experimentsOf = (runs: readonly KeptRun[], of: Parameters<typeof planOf>[1] = made) =>
  experimentsAmong(runs, async (asked) => planOf(asked, of).jobs.map(({ id }) => id));
const said = async (runs: readonly KeptRun[]) =>
  (await experimentsOf(runs)).map(({ networks, seed, rounds, settings }) => ({ networks, seed, rounds, settings }));

test("the runs of an experiment make it, whatever their order", async () => {
  const asked = asking(["one-by-one", "mlp"], 3, 2);
  const runs = kept(asked, 100).toReversed();
  expect(await said(runs)).toEqual([{ networks: ["mlp", "one-by-one"], seed: 3, rounds: 2, settings: FEW }]);
  const [found] = await experimentsOf(runs);
  expect(found?.at).toBe(103);
  expect(found?.ids.toSorted()).toEqual(
    jobsOf(asked)
      .map(({ id }) => id)
      .toSorted(),
  );
  // The mean and the standard deviation of 0.23 and 0.24, by hand.
  expect(found?.results).toEqual([
    { name: "mlp", mean: expect.closeTo(0.235), sd: expect.closeTo(0.01 / Math.SQRT2), diverged: 0 },
    { name: "one-by-one", mean: expect.closeTo(0.135), sd: expect.closeTo(0.01 / Math.SQRT2), diverged: 0 },
  ]);
});

test("other settings, and seeds that do not follow each other, are other experiments; the last trained comes first", async () => {
  const runs = [
    ...kept(asking(["mlp"], 0, 2), 100),
    ...kept(asking(["mlp"], 7, 1), 300),
    ...kept(asking(["mlp"], 0, 1, { ...FEW, epochs: 2 }), 200),
  ];
  expect(await said(runs)).toEqual([
    { networks: ["mlp"], seed: 7, rounds: 1, settings: FEW },
    { networks: ["mlp"], seed: 0, rounds: 1, settings: { ...FEW, epochs: 2 } },
    { networks: ["mlp"], seed: 0, rounds: 2, settings: FEW },
  ]);
});

test("a network with more rounds has an experiment of its own, and is in that of the others; each has runs that go with it", async () => {
  const all = [...kept(asking(["mlp", "one-by-one"], 0, 1), 100), ...kept(asking(["mlp"], 0, 3), 200)];
  const runs = [...new Map(all.map((run) => [run.record.id, run])).values()];
  const [long, short] = await experimentsOf(runs);
  expect([long, short].map((each) => [each?.networks, each?.rounds])).toEqual([
    [["mlp"], 3],
    [["mlp", "one-by-one"], 1],
  ]);
  if (!long || !short) throw new Error("two are there");
  const named = (ids: readonly string[]) =>
    ids
      .map((id) => runs.find(({ record }) => record.id === id)?.record)
      .map((run) => `${run?.architecture} ${run?.seed}`);
  expect(named(ownIdsOf(long, [short]))).toEqual(["mlp 1", "mlp 2"]);
  expect(named(ownIdsOf(short, [long]))).toEqual(["one-by-one 0"]);
  expect(ownIdsOf(short, [long, short])).toEqual(short.ids);
});

test("a round that diverged has no error, and is counted", async () => {
  const [first, second] = jobsOf(asking(["mlp"], 0, 2)) as [Job, Job];
  const diverged = { epoch: 1, step: 1, what: "loss" } as const;
  const runs = [keptAs(first, 1), keptAs(second, 2, { diverged, testError: Number.NaN })];
  expect((await experimentsOf(runs))[0]?.results).toEqual([{ name: "mlp", mean: 0.2, sd: null, diverged: 1 }]);
});

test("a network that the page does not know is left out", async () => {
  const [job] = jobsOf(asking(["mlp"], 0, 1)) as [Job];
  expect(await experimentsOf([keptAs({ ...job, architecture: "somebodys" }, 1)])).toEqual([]);
});

test("an experiment is asked for with as few settings as give its runs", async () => {
  // Whether answers are balanced, and how pairs are split, is in the runs' configuration: the question decides it.
  const asked = asking(["mlp"], 0, 1, { trainPairs: 50, relation: "equal" });
  expect(await said(kept(asked, 1))).toEqual([expect.objectContaining({ settings: asked.settings })]);
});

test("runs that no address gives again are no experiment", async () => {
  const runs = kept(asking(["mlp"], 0, 1), 1);
  expect(await experimentsOf(runs, { ...made, engine: { ...engine, version: "1" } })).toEqual([]);
});

test("a setting that is a network's own anyway, or changes nothing in it, does not part it from the others", async () => {
  // One epoch is quick's own number, and the MLP has no loss on digits.
  const epochs = asking(["mlp", "quick"], 0, 1, { ...FEW, epochs: 1 });
  expect(await said(kept(epochs, 1))).toEqual([expect.objectContaining(epochsOf(epochs))]);
  const weight = asking(["mlp", "one-by-one"], 0, 1, { ...FEW, auxiliaryWeight: 0.25 });
  expect(await said(kept(weight, 1))).toEqual([expect.objectContaining(epochsOf(weight))]);
});

const epochsOf = ({ networks, settings }: AskedRuns) => ({ networks, settings });
