import { expect, test } from "vitest";
import type { EpochResult, Job, RunRecord } from "../../../core/index.js";
import type { Run } from "../../training/run.js";
import { axisEnd, standingOf, stepFrom } from "./standing.js";

const job = (seed: number) => ({ seed }) as Job;
const done = (seed: number, testError: number, more: Partial<RunRecord> = {}): Run => ({
  job: job(seed),
  status: "finished",
  epoch: 2,
  results: [],
  seconds: 1,
  trained: { record: { testError, ...more } as RunRecord, weights: new Blob() },
});
const training = (seed: number, ...accuracies: number[]): Run => ({
  job: job(seed),
  status: "training",
  epoch: accuracies.length,
  results: accuracies.map((testAccuracy, i) => ({ epoch: i + 1, testAccuracy }) as EpochResult),
  seconds: 1,
});

test("before a round is done the error is that of the last epoch, and then that of the rounds that are done", () => {
  expect(standingOf([training(0)])).toBeUndefined();
  expect(standingOf([training(0, 0.5, 0.75)])).toMatchObject({ error: 0.25, sd: null, isFinal: false });
  const half = standingOf([done(0, 0.1), training(1, 0.5)]);
  expect(half).toMatchObject({ error: 0.1, sd: null, moving: [0.5], isFinal: false });
  const all = standingOf([done(0, 0.1), done(1, 0.2)]);
  expect(all?.error).toBeCloseTo(0.15);
  expect(all?.sd).toBeCloseTo(Math.SQRT1_2 / 10);
  expect(all?.isFinal).toBe(true);
});

test("a round that diverged has no error, and one that failed leaves the others final", () => {
  const diverged = done(1, Number.NaN, { diverged: { epoch: 1 } as RunRecord["diverged"] & object });
  expect(standingOf([diverged])).toBeUndefined();
  expect(standingOf([done(0, 0.1), diverged])).toMatchObject({ error: 0.1, sd: null, isFinal: true });
  expect(standingOf([done(0, 0.1), { ...training(1), status: "failed" }])?.isFinal).toBe(true);
});

test("a step is over the rounds that both networks have done", () => {
  const above = standingOf([done(0, 0.2), done(1, 0.4)]);
  const own = standingOf([done(0, 0.1), training(1, 0.5)]);
  expect(stepFrom(above, own)).toBeCloseTo(-0.1);
  expect(stepFrom(above, standingOf([done(2, 0.1)]))).toBeUndefined();
  expect(stepFrom(undefined, own)).toBeUndefined();
  expect(stepFrom(above, undefined)).toBeUndefined();
});

test("the axis ends at 25% until a result is above it; what is in training may be beyond", () => {
  const at = (error: number) => standingOf([done(0, error)]);
  expect(axisEnd([])).toBe(0.25);
  expect(axisEnd([at(0.25), undefined, standingOf([training(0, 0.4)])])).toBe(0.25);
  expect(axisEnd([at(0.02), at(0.26)])).toBe(0.5);
  expect(axisEnd([at(0.51)])).toBe(1);
});
