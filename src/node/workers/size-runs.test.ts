import { expect, test } from "vitest";
import { smallJob } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { lessOrEqual } from "../../core/data/index.js";
import { InvalidRequest } from "../../core/errors.js";
import { DIGIT_PAIRS } from "../../core/network/index.js";
import { trainingBytes } from "../../core/training/room.js";
import { plannedRuns } from "./plan-runs.js";
import { checkMemory } from "./size-runs.js";

const MIB = 2 ** 20;
const kernels = newKernels();
const [small, large] = [smallJob("quick"), smallJob("resnet", { batchSize: 21 })];
const bytesOf = ({ config: { network, trainPairs, testPairs, ...settings } }: typeof small) =>
  trainingBytes({ network, input: DIGIT_PAIRS, trainPairs, testPairs, settings, relation: lessOrEqual }, kernels.base, {
    there: Number.POSITIVE_INFINITY,
    owner: "nobody has more than",
  });
const check = (jobs: readonly (typeof small)[], there: number, atOnce: number) =>
  checkMemory(
    { planned: plannedRuns(jobs), input: DIGIT_PAIRS, machine: { there, owner: "this machine has" }, atOnce },
    kernels,
  );

test("runs of one configuration are counted, whatever their seeds", () => {
  const jobs = [small, large, smallJob("quick", {}, 2)];
  expect(plannedRuns(jobs)).toEqual([
    { architecture: "quick", config: small.config, runs: 2 },
    { architecture: "resnet", config: large.config, runs: 1 },
  ]);
});

test("runs that are trained one after the other have the memory in turn", () => {
  check([small, large], bytesOf(large), 1);
  check([large, { ...large, seed: 2 }], bytesOf(large), 1);
});

test("runs that are trained at once need it together: the line says how many fit", () => {
  const [one, two] = [bytesOf(large), bytesOf(large) + bytesOf(small)];
  check([small, large], two, 2);
  expect(() => check([small, large], two - 1, 2)).toThrow(
    new InvalidRequest(
      `2 runs at once need ${Math.ceil(two / MIB)} MiB of memory, but this machine has ${Math.floor((two - 1) / MIB)} MiB: use --workers 1`,
    ),
  );
  const three = [1, 2, 3].map((seed) => ({ ...large, seed }));
  expect(() => check(three, 2 * one, 3)).toThrow(/^3 runs at once .*: use --workers 2$/);
  check(three, 2 * one, 2);
});

test("a run that the machine has no memory for is named with the largest batch that fits", () => {
  const inTwelves = bytesOf(smallJob("resnet", { batchSize: 12 }));
  expect(() => check([small, large], inTwelves, 1)).toThrow(
    new InvalidRequest(
      `resnet: 21 pairs in a batch need ${Math.ceil(bytesOf(large) / MIB)} MiB of memory, but this machine has ${Math.floor(inTwelves / MIB)} MiB: a batch size of up to 12 fits`,
    ),
  );
});
