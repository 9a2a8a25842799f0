import { expect, test } from "vitest";
import { smallJob } from "../../../test/support/jobs.js";
import { progressOf } from "./progress.js";
import { newRun, type Run } from "./run.js";

/** A run of 4 epochs, of which some are done, each in so many seconds. */
function run(name: string, seed: number, epoch: number, perEpoch: number, status?: Run["status"]): Run {
  const fresh = newRun(smallJob(name, { epochs: 4 }, seed));
  return { ...fresh, epoch, seconds: epoch * perEpoch, status: status ?? (epoch === 4 ? "finished" : "training") };
}

test("nothing is known of the time before an epoch is done", () => {
  const progress = progressOf([run("mlp", 0, 0, 1), run("mlp", 1, 0, 1)], 2);
  expect(progress).toEqual({ finished: 0, failed: 0, total: 2, part: 0, secondsLeft: undefined });
});

test("the time left is what an epoch has taken, shared between lanes", () => {
  // 3 + 4 + 4 epochs of 2 s are 22 s, on two lanes 11.
  const runs = [run("mlp", 0, 1, 2), run("mlp", 1, 0, 2, "waiting"), run("mlp", 2, 0, 2, "waiting")];
  expect(progressOf(runs, 2)).toMatchObject({ part: 1 / 12, secondsLeft: 11 });
  expect(progressOf(runs, 1).secondsLeft).toBe(22);
});

test("a network that has not begun is taken to be as slow as the mean of the others, and the longest run is waited for", () => {
  const runs = [run("mlp", 0, 4, 1), run("one-by-one", 0, 4, 3), run("simple-cnn", 0, 0, 9, "waiting")];
  // One run of 4 epochs at 2 s: more lanes do not help it.
  expect(progressOf(runs, 8)).toMatchObject({ finished: 2, secondsLeft: 8 });
});

test("what failed is not waited for", () => {
  const progress = progressOf([run("mlp", 0, 4, 1), run("mlp", 1, 2, 1, "failed")], 1);
  expect(progress).toMatchObject({ finished: 1, failed: 1, total: 2, part: 1, secondsLeft: 0 });
});
