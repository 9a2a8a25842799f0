import { expect, test } from "vitest";
import { finish, nextCheckpoint, smallJob, startJob } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { sha256 } from "../../../test/support/stored.js";
import { architectures } from "../architectures/index.js";
import { InvalidRequest } from "../errors.js";
import { decodeSafetensors, encodeSafetensors } from "../formats/index.js";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.js";
import type { FinishedRun } from "./run.js";

function expectSame(run: FinishedRun, whole: FinishedRun): void {
  expect(run.record).toEqual(whole.record);
  expect(Buffer.compare(run.weights, whole.weights)).toBe(0);
}

const names = [
  ...architectures.map(({ name }) => name),
  "trunk+auxiliary+batch-norm+dropout",
  "resnet-sharing-auxiliary",
  ...["matching", "ranking"],
];

test.each(names.flatMap((name) => (["epoch", "end"] as const).map((evaluate) => [name, evaluate] as const)))(
  "%s, evaluated each %s, goes on from any epoch to the record and the weights of a run without a break",
  (name, evaluate) => {
    const job = smallJob(name, { evaluate, epochs: 3 });
    const checkpoints: Uint8Array[] = [];
    const run = startJob(job);
    let step = run.next();
    for (; !step.done; step = run.next()) checkpoints.push(step.value.checkpoint());
    const whole = finish(startJob(job));
    expectSame(step.value, whole);
    expect(checkpoints.length).toBe(3);
    for (const checkpoint of checkpoints) expectSame(finish(startJob(job, checkpoint)), whole);
  },
);

test.each(names)("%s may stop after every epoch, and share its memory with other runs", (name) => {
  const job = smallJob(name, { epochs: 3 });
  const kernels = newKernels();
  let checkpoint: Uint8Array | undefined;
  for (let epoch = 1; epoch <= 3; epoch++) {
    checkpoint = nextCheckpoint(startJob(job, checkpoint, kernels));
    nextCheckpoint(startJob(smallJob("weight-sharing-auxiliary", {}, 2), undefined, kernels));
  }
  expectSame(finish(startJob(job, checkpoint, kernels)), finish(startJob(job)));
});

test("each epoch's result comes once, from the run or from its checkpoint", () => {
  const job = smallJob("mlp");
  const checkpoint = nextCheckpoint(startJob(job));
  expect([...startJob(job, checkpoint)].map(({ epoch, result }) => [epoch, result?.epoch])).toEqual([
    [2, 2],
    [3, 3],
    [4, 4],
  ]);
  expect(finish(startJob(job, checkpoint)).record.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
});

test("numbers come back as they were, whatever they are", () => {
  const job = smallJob("mlp", { epochs: 5 });
  const losses = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0.1 + 0.2];
  const results = losses.map((trainLoss, i) => {
    return { epoch: i + 1, trainLoss, testLoss: 5e-324, trainAccuracy: 1 / 3, testAccuracy: 0 };
  });
  const state = { epoch: 5, tensors: [] };
  const decoded = decodeCheckpoint(encodeCheckpoint(job, { state, results, seconds: 0.1 + 0.7 }), job);
  expect(decoded.seconds).toBe(0.1 + 0.7);
  decoded.results.forEach((result, i) => {
    expect(Object.is(result.trainLoss, losses[i])).toBe(true);
    expect(result).toEqual(results[i]);
  });
});

test("a checkpoint of an earlier version, which did not count answers, is gone on from", () => {
  const job = smallJob("mlp");
  const { state, results, seconds } = decodeCheckpoint(nextCheckpoint(startJob(job)), job);
  const before = results.map(({ testYes, ...result }) => {
    expect(testYes).toBeGreaterThanOrEqual(0);
    return result;
  });
  const { record } = finish(startJob(job, encodeCheckpoint(job, { state, results: before, seconds })));
  const whole = finish(startJob(job)).record;
  expect(record).toEqual({ ...whole, epochs: [before[0], ...whole.epochs.slice(1)] });
  expect(record.testYes).toBe(whole.epochs.at(-1)?.testYes);
});

const clock = (...milliseconds: number[]) => {
  const left = milliseconds.values();
  return () => left.next().value as number;
};

test("seconds are those of all parts, without the time between", () => {
  const job = smallJob("mlp");
  const first = nextCheckpoint(startJob(job, undefined, newKernels(), clock(1000, 2500)));
  const second = nextCheckpoint(startJob(job, first, newKernels(), clock(90_000, 90_250)));
  expect(decodeSafetensors({ name: "second", bytes: second }).metadata.seconds).toBe("1.75");
  expect(finish(startJob(job, second, newKernels(), clock(7000, 9000))).record.seconds).toBe(3.75);
});

test("processor time is that of all parts; where one part's is not known, there is none", () => {
  const job = smallJob("mlp");
  const start = (checkpoint?: Uint8Array, now?: () => number) =>
    startJob(job, checkpoint, newKernels(), () => 0, now && { now });
  const first = nextCheckpoint(start(undefined, clock(1000, 2500)));
  const { record } = finish(start(first, clock(90_000, 90_250)));
  expect(record).toMatchObject({ seconds: 0, processorSeconds: 1.75 });
  expect(finish(start(first)).record).not.toHaveProperty("processorSeconds");
  expect(finish(start(nextCheckpoint(start()), clock(0, 9))).record).not.toHaveProperty("processorSeconds");
});

test("the processor time of a part that another machine trained is converted by both yardsticks", () => {
  const job = smallJob("mlp");
  const start = (checkpoint: Uint8Array | undefined, now: () => number, yardstick?: () => number) =>
    startJob(job, checkpoint, newKernels(), () => 0, { now, ...(yardstick && { yardstick }) });
  const first = nextCheckpoint(start(undefined, clock(1000, 3000), () => 0.5));
  // Two seconds there are three on a machine that takes half as long again for the same work.
  const { record } = finish(start(first, clock(90_000, 90_250), () => 0.75));
  expect(record).toMatchObject({ processorSeconds: 3.25, yardstickSeconds: 0.00075 });
  const blind = nextCheckpoint(start(undefined, clock(0, 9)));
  const after = finish(start(blind, clock(0, 9), () => 1)).record;
  expect(Object.keys(after)).not.toEqual(expect.arrayContaining([expect.stringMatching(/processor|yardstick/)]));
});

test("a step can be posted, without its checkpoint", () => {
  const run = startJob(smallJob("mlp"));
  const step = run.next();
  if (step.done) throw new Error("no step");
  expect(structuredClone(step.value)).toEqual({ epoch: 1, result: step.value.result });
  run.next();
  expect(() => step.value.checkpoint()).toThrow("the state of epoch 1 is gone: training is at epoch 2");
});

const job = smallJob("simple-cnn", { epochs: 2 });
const good = nextCheckpoint(startJob(job));

test("a checkpoint is a safetensors file with each tensor under its name", () => {
  const { tensors, metadata } = decodeSafetensors({ name: "good", bytes: good });
  const shapes = Object.fromEntries(tensors.map(({ name, shape }) => [name, shape]));
  expect(shapes).toMatchObject({
    "head.0.weight": [32, 2, 5, 5],
    "optimizer.first.head.0.weight": [32, 2, 5, 5],
    "optimizer.second.head.12.bias": [2],
    "head.1.running_var": [32],
    "head.1.num_batches_tracked": [],
    "optimizer.step": [],
    "dropout.state": [4, 4],
  });
  expect(tensors.find(({ name }) => name === "optimizer.step")?.data).toEqual(BigInt64Array.of(3n));
  expect(metadata).toMatchObject({ run: job.id, epoch: "1", seconds: "0" });
});

function refusal(checkpoint: Uint8Array, of = job): string {
  try {
    startJob(of, checkpoint).next();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequest);
    return (error as InvalidRequest).message;
  }
  throw new Error("it was taken");
}

test("another job's checkpoint is refused", () => {
  const other = smallJob("simple-cnn", { epochs: 2 }, 2);
  expect(refusal(good, other)).toBe(`checkpoint: of run ${job.id}, not of run ${other.id}`);
});

test("a flipped bit, anywhere, is refused", () => {
  for (let at = 0; at < good.length; at += Math.ceil(good.length / 40)) {
    const bad = good.slice();
    bad[at] = (bad[at] as number) ^ 4;
    expect(refusal(bad)).toMatch(/^checkpoint: [^\n]+$/);
  }
  for (const part of ['"run":"', '"seconds":"', '"results":"', '"sha256":"']) {
    const at = Buffer.from(good).indexOf(part) + part.length;
    const bad = good.slice();
    bad[at] = (bad[at] as number) ^ 1;
    expect(refusal(bad)).toMatch(/^checkpoint: (damaged|of run|its results|the header)[^\n]+$/);
  }
});

test("a checkpoint cut short, or no checkpoint, is refused", () => {
  expect(refusal(good.slice(0, -1))).toMatch(/^checkpoint: the tensors take \d+ bytes, but \d+ follow the header$/);
  expect(refusal(new Uint8Array())).toMatch(/^checkpoint: 0 bytes are not a safetensors file/);
  const weights = finish(startJob(smallJob("mlp"))).weights;
  expect(refusal(weights)).toMatch(/^checkpoint: damaged, or not a checkpoint/);
  expect(refusal(encodeSafetensors([]))).toMatch(/^checkpoint: damaged, or not a checkpoint/);
});

test.each<[string, Partial<{ epoch: number; drop: string; reshape: string; add: string; step: bigint }>, string]>([
  ["a tensor missing", { drop: "head.10.bias" }, 'checkpoint: there is no tensor "head.10.bias", F32 [256]'],
  [
    "a moment missing",
    { drop: "optimizer.second.head.0.bias" },
    'checkpoint: there is no tensor "optimizer.second.head.0.bias", F32 [32]',
  ],
  [
    "another shape",
    { reshape: "optimizer.first.head.10.bias" },
    'checkpoint: tensor "optimizer.first.head.10.bias" has shape [1,256], not [256]',
  ],
  ["a tensor too many", { add: "head.99.weight" }, 'checkpoint: the network has no tensor "head.99.weight"'],
  ["steps of other epochs", { step: 4n }, "checkpoint: 4 steps, but 1 epochs of these pairs take 3"],
  ["an epoch beyond the last", { epoch: 3 }, "checkpoint: after epoch 3, but there are 2"],
])("%s is refused", (_, { epoch = 1, drop, reshape, add, step }, message) => {
  const { state, results, seconds } = decodeCheckpoint(good, job);
  const tensors = state.tensors
    .filter(({ name }) => name !== drop)
    .map((tensor) => (tensor.name === reshape ? { ...tensor, shape: [1, ...tensor.shape] } : tensor))
    .map((tensor) => (tensor.name === "optimizer.step" && step ? { ...tensor, data: BigInt64Array.of(step) } : tensor));
  if (add) tensors.push({ name: add, shape: [0], data: new Float32Array() });
  const enough = Array.from({ length: epoch }, (_, i) => ({ ...results[0], epoch: i + 1 }) as (typeof results)[0]);
  expect(refusal(encodeCheckpoint(job, { state: { epoch, tensors }, results: enough, seconds }))).toBe(message);
});

test.each<[string, string, string]>([
  ["epoch", "0x1", "checkpoint: epoch is 0x1, not a whole number ≥ 0"],
  ["epoch", " 1", "checkpoint: epoch is  1, not a whole number ≥ 0"],
  ["seconds", "", "checkpoint: seconds is , not a number ≥ 0"],
  ["seconds", "1e400", "checkpoint: seconds is 1e400, not a number ≥ 0"],
  ["processorSeconds", "-1", "checkpoint: processorSeconds is -1, not a number ≥ 0"],
  ["yardstickSeconds", "x", "checkpoint: yardstickSeconds is x, not a number ≥ 0"],
  ["results", "[".repeat(1_000_000), "checkpoint: its results are not 1 of 1 epochs"],
  [
    "results",
    '[{"epoch":1,"trainLoss":"0x1","testLoss":1,"trainAccuracy":1,"testAccuracy":1}]',
    "checkpoint: its results are not 1 of 1 epochs",
  ],
  [
    "results",
    '[{"epoch":1,"trainLoss":1,"testLoss":1,"trainAccuracy":1,"testAccuracy":1,"testYes":"1"}]',
    "checkpoint: its results are not 1 of 1 epochs",
  ],
])("a %s of another spelling is refused", (key, value, message) => {
  const { tensors, metadata } = decodeSafetensors({ name: "good", bytes: good });
  const file = encodeSafetensors(tensors, { ...metadata, sha256: "0".repeat(64), [key]: value });
  const start = 8 + '{"__metadata__":{"sha256":"'.length;
  file.set(Buffer.from(sha256(file)), start);
  expect(refusal(file)).toBe(message);
});

test("results that are not those of the epochs done are refused", () => {
  const { state, results, seconds } = decodeCheckpoint(good, job);
  for (const wrong of [[], [...results, ...results], results.map((result) => ({ ...result, epoch: 2 }))])
    expect(refusal(encodeCheckpoint(job, { state, results: wrong, seconds }))).toBe(
      "checkpoint: its results are not 1 of 1 epochs",
    );
});
