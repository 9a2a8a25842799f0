import { describe, expect, test } from "vitest";
import { finish, nextCheckpoint, smallJob, stripes } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { InvalidRequest } from "../errors.js";
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from "../formats/index.js";
import { measureRun } from "../inspection/index.js";
import { givenWeights, startFrom } from "./given-weights.js";
import type { Job } from "./job.js";
import { pairsOfJob, runJob } from "./run.js";
import { train } from "./train.js";

const images = { train: stripes, test: stripes };
const run = (job: Job, start?: Uint8Array, checkpoint?: Uint8Array) =>
  runJob(job, images, newKernels(), () => 0, checkpoint, start);

const before = smallJob("weight-sharing-auxiliary", { epochs: 2 });
const trained = finish(run(before));
const { tensors, metadata } = decodeSafetensors({ name: "weights", bytes: trained.weights });
const state = tensors.filter(({ name }) => !name.endsWith("num_batches_tracked"));
const named = (name: string) => state.find((tensor) => tensor.name === name) as NamedTensor;
const fileOf = (some: readonly NamedTensor[], meta = {}) => ({ name: "file", bytes: encodeSafetensors(some, meta) });
const own = { name: "file", bytes: trained.weights };
const job = smallJob("weight-sharing-auxiliary", { epochs: 3 }, 5);

describe("a job that starts from given weights", () => {
  test("has an id of its own, which the tensors decide: neither their order, their metadata nor a count of batches", () => {
    const started = startFrom(job, own);
    expect(started.job.id).not.toBe(job.id);
    expect(started.job.config).toEqual({
      ...job.config,
      startingWeights: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), part: "network" },
    });
    expect(startFrom(job, fileOf(state.toReversed())).job.id).toBe(started.job.id);
    const other = state.map((tensor, i) =>
      i === 3 ? { ...tensor, data: (tensor.data as Float32Array).map((value) => -value) } : tensor,
    );
    expect(startFrom(job, fileOf(other)).job.id).not.toBe(started.job.id);
    expect(startFrom(before, own).job.id).not.toBe(started.job.id);
  });

  test("starts there: with a learning rate of nearly 0 it decides as the given network", () => {
    const still = smallJob("weight-sharing-auxiliary", { epochs: 1, learningRate: 1e-12, dropout: 0 });
    const started = startFrom(still, own);
    const { weights } = finish(run(started.job, started.startingWeights));
    const after = decodeSafetensors({ name: "weights", bytes: weights }).tensors;
    const parameters = state.filter(({ name }) => /\.(weight|bias)$/.test(name));
    expect(parameters.length).toBeGreaterThan(8);
    for (const { name, data } of parameters) {
      const moved = after.find((tensor) => tensor.name === name)?.data as Float32Array;
      const most = (data as Float32Array).reduce((m, value, i) => Math.max(m, Math.abs(value - (moved[i] ?? 9))), 0);
      expect([name, most < 1e-9]).toEqual([name, true]);
    }
    expect(after.find(({ name }) => name.endsWith("num_batches_tracked"))?.data).toEqual(BigInt64Array.of(3n));
    const fresh = finish(run(still));
    expect(fresh.record.weightsSha256).not.toBe(finish(run(started.job, started.startingWeights)).record.weightsSha256);
  });

  test("continues from a checkpoint to the same bits", () => {
    const { job: from, startingWeights } = startFrom(job, own);
    const checkpoint = nextCheckpoint(run(from, startingWeights));
    const whole = finish(run(from, startingWeights));
    expect(finish(run(from, startingWeights, checkpoint))).toEqual(whole);
    expect(() => finish(run(job, undefined, checkpoint))).toThrow(InvalidRequest);
  });

  test("takes the trunk where the file has no tensor of the head, which then starts as the seed says", () => {
    const trunk = startFrom(job, fileOf(state.filter(({ name }) => name.startsWith("trunk."))));
    expect(trunk.job.config.startingWeights?.part).toBe("trunk");
    const still = smallJob("weight-sharing-auxiliary", { epochs: 1, learningRate: 1e-12, dropout: 0 }, 9);
    const started = startFrom(still, fileOf(state.filter(({ name }) => name.startsWith("trunk."))));
    const read = (bytes: Uint8Array, name: string) =>
      decodeSafetensors({ name, bytes }).tensors.find((tensor) => tensor.name === name)?.data as Float32Array;
    const { weights } = finish(run(started.job, started.startingWeights));
    const fresh = finish(run(still)).weights;
    expect(read(weights, "head.0.weight")[7]).toBeCloseTo(read(fresh, "head.0.weight")[7] as number, 9);
    expect(read(weights, "trunk.0.weight")[7]).toBeCloseTo(
      (named("trunk.0.weight").data as Float32Array)[7] as number,
      9,
    );
  });

  test("is refused without its weights, with others, and weights without it are", () => {
    const { job: from, startingWeights } = startFrom(job, own);
    const others = startFrom(job, fileOf(state.filter(({ name }) => name.startsWith("trunk.")))).startingWeights;
    const wrong = `run ${from.id} starts from other weights than those given: give those that startFrom made`;
    expect(() => run(from).next()).toThrow(wrong);
    expect(() => run(from, others).next()).toThrow(wrong);
    expect(() => run(job, startingWeights).next()).toThrow(
      `run ${job.id} starts from no given weights: leave them out`,
    );
  });
});

test("given weights are measured as the run that made them", () => {
  const same = givenWeights(before, own);
  expect(same.record).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    given: true,
    architecture: before.architecture,
    seed: before.seed,
    config: before.config,
  });
  const measured = measureRun(trained, images, newKernels(), { pairs: 20, resamples: 0 });
  expect(measureRun(same, images, newKernels(), { pairs: 20, resamples: 0 })).toEqual(measured);
  const scale = { mean: Number(metadata.pixel_mean), deviation: Number(metadata.pixel_standard_deviation) };
  const foreign = givenWeights(before, fileOf(state), scale);
  expect(measureRun(foreign, images, newKernels(), { pairs: 20, resamples: 0 })).toEqual(measured);
  expect(() => givenWeights(before, own, scale)).toThrow("file says how its pixels were scaled: leave the scale out");
  expect(() => givenWeights(before, fileOf(state))).toThrow(
    "file does not say how its pixels were scaled: give the scale",
  );
});

/** The state with another tensor in a tensor's place, or none. */
const withTensor = (name: string, change: (tensor: NamedTensor) => NamedTensor | undefined) =>
  fileOf(state.flatMap((tensor) => (tensor.name === name ? (change(tensor) ?? []) : tensor)));
const withValue = (name: string, value: number) =>
  withTensor(name, (tensor) => ({ ...tensor, data: (tensor.data as Float32Array).with(1, value) }));
const reshaped = (name: string, shape: readonly number[]) => withTensor(name, (tensor) => ({ ...tensor, shape }));

/** The file of `state` with another header. */
function withHeader(change: (header: Record<string, Record<string, unknown>>) => unknown) {
  const { bytes } = fileOf(state);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString());
  const text = Buffer.from(JSON.stringify(change(header) ?? header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(text.length));
  return { name: "file", bytes: new Uint8Array(Buffer.concat([size, text, bytes.subarray(8 + length)])) };
}
const field = (name: string, key: string, value: unknown) =>
  withHeader((header) => {
    (header[name] as Record<string, unknown>)[key] = value;
  });
const BIAS = "head.3.bias";
const whole = fileOf(state).bytes;

const WRONG: readonly [string, { readonly name: string; readonly bytes: Uint8Array }, RegExp][] = [
  ["empty", { name: "file", bytes: new Uint8Array() }, /^file: 0 bytes are not a safetensors file/],
  ["of 7 bytes", { name: "file", bytes: whole.slice(0, 7) }, /^file: 7 bytes are not a safetensors file/],
  ["cut within the header", { name: "file", bytes: whole.slice(0, 100) }, /^file: the header should take \d+ bytes/],
  ["cut within a tensor", { name: "file", bytes: whole.slice(0, -1) }, /^file: the tensors take \d+ bytes, but/],
  [
    "with a byte more",
    { name: "file", bytes: new Uint8Array(Buffer.concat([whole, Buffer.of(0)])) },
    /^file: the tensors take \d+ bytes, but/,
  ],
  [
    "of another kind",
    { name: "file", bytes: new Uint8Array(Buffer.from("PK\x03\x04 a zip of PyTorch's")) },
    /cut short, or not a safetensors file/,
  ],
  [
    "whose header is no JSON",
    { name: "file", bytes: whole.map((byte, i) => (i === 8 ? 0x7d : byte)) },
    /^file: the header is not JSON/,
  ],
  [
    "of unknown floats",
    field(BIAS, "dtype", "F8_E5M2"),
    /^file: tensor "head\.3\.bias" has dtype "F8_E5M2", not one of/,
  ],
  ["of a shape that is none", field(BIAS, "shape", [-1]), /^file: tensor "head\.3\.bias" has shape \[-1\]/],
  [
    "of a shape of other size",
    field(BIAS, "shape", [3]),
    /^file: tensor "head\.3\.bias": F32 \[3\] takes 12 bytes, not \d+$/,
  ],
  [
    "of a dtype of other size",
    field(BIAS, "dtype", "F16"),
    /^file: tensor "head\.3\.bias": F16 \[200\] takes 400 bytes, not 800$/,
  ],
  [
    "with an offset beyond",
    field(BIAS, "data_offsets", [0, 1e9]),
    /^file: tensor "head\.3\.bias": F32 \[200\] takes 800 bytes, not 1000000000$/,
  ],
  [
    "with offsets of another tensor",
    field(BIAS, "data_offsets", [0, 800]),
    /^file: tensor "[^"]+" starts at byte \d+, where \d+ is due/,
  ],
  [
    "with a tensor that is no object",
    withHeader((header) => ({ ...header, more: 1 })),
    /^file: tensor "more" is not described by an object$/,
  ],
  [
    "with metadata that are none",
    withHeader((header) => ({ ...header, __metadata__: 1 })),
    /^file: __metadata__ is not an object$/,
  ],
  ["without tensors", fileOf([]), /^file: there is no tensor "trunk\.0\.weight", F32 \[32,1,5,5\]$/],
  [
    "without the first",
    withTensor("trunk.0.weight", () => undefined),
    /^file: there is no tensor "trunk\.0\.weight", F32 \[32,1,5,5\]$/,
  ],
  [
    "without one of the head",
    withTensor(BIAS, () => undefined),
    /^file: there is no tensor "head\.3\.bias", F32 \[200\]$/,
  ],
  [
    "without running statistics",
    withTensor("trunk.1.running_var", () => undefined),
    /^file: there is no tensor "trunk\.1\.running_var", F32 \[32\]$/,
  ],
  [
    "with another name",
    withTensor(BIAS, (tensor) => ({ ...tensor, name: "fc.bias" })),
    /^file: there is no tensor "head\.3\.bias"/,
  ],
  [
    "with a tensor more",
    fileOf([...state, { name: "head.9.scale", shape: [1], data: Float32Array.of(1) }]),
    /^file: the network has no tensor "head\.9\.scale"$/,
  ],
  [
    "with an optimizer's state",
    fileOf([...state, { name: "optimizer.step", shape: [], data: BigInt64Array.of(1n) }]),
    /^file: the network has no tensor "optimizer\.step"$/,
  ],
  [
    "of names with a prefix",
    fileOf(state.map((tensor) => ({ ...tensor, name: `module.${tensor.name}` }))),
    /^file: there is no tensor "trunk\.0\.weight"/,
  ],
  [
    "with a matrix on its side",
    reshaped("head.0.weight", [20, 200]),
    /^file: tensor "head\.0\.weight" has shape \[20,200\], not \[200,20\]$/,
  ],
  [
    "with a vector as a matrix",
    reshaped(BIAS, [1, 200]),
    /^file: tensor "head\.3\.bias" has shape \[1,200\], not \[200\]$/,
  ],
  [
    "of whole numbers",
    withTensor(BIAS, ({ name, shape }) => ({ name, shape, data: new Int32Array(200) })),
    /^file: tensor "head\.3\.bias" is I32 \[200\], not F32 \[200\]$/,
  ],
  ["with NaN", withValue(BIAS, Number.NaN), /^file: tensor "head\.3\.bias" has NaN, not only finite numbers$/],
  [
    "with infinity",
    withValue("trunk.0.weight", Number.NEGATIVE_INFINITY),
    /^file: tensor "trunk\.0\.weight" has -Infinity, not only finite numbers$/,
  ],
  [
    "with a variance below 0",
    withValue("trunk.1.running_var", -1),
    /^file: tensor "trunk\.1\.running_var" has -1: a variance is at least 0$/,
  ],
  [
    "of a training that diverged",
    fileOf(state, { diverged: "epoch 1, step 7" }),
    /^file: its training diverged at epoch 1, step 7$/,
  ],
  [
    "with half a scale",
    fileOf(state, { pixel_mean: "1" }),
    /^file: the metadata's pixel_standard_deviation is missing, not a number above 0$/,
  ],
  [
    "with a deviation of 0",
    fileOf(state, { pixel_mean: "1", pixel_standard_deviation: "0" }),
    /^file: the metadata's pixel_standard_deviation is 0, not a number above 0$/,
  ],
];

describe("a file is refused in one line, by both", () => {
  test.each(WRONG)("%s", (_, file, says) => {
    for (const take of [() => startFrom(job, file), () => givenWeights(job, file, { mean: 0, deviation: 255 })]) {
      expect(take).toThrow(InvalidRequest);
      expect(take).toThrow(says);
    }
  });
});

test("train starts from any tensors of its network, and from no others", () => {
  const { network, ...settings } = job.config;
  const start = (some: readonly NamedTensor[]) =>
    train(newKernels(), network, pairsOfJob(job, images), 5, { ...settings, start: some }).next();
  const fresh = start([]).value;
  expect(start([named(BIAS)]).value).not.toEqual(fresh);
  expect(() => start([{ ...named(BIAS), name: "head.9.bias" }])).toThrow(
    'start: the network has no tensor "head.9.bias"',
  );
  expect(() => start([{ ...named(BIAS), shape: [2, 100] }])).toThrow(
    'start: tensor "head.3.bias" has shape [2,100], not [200]',
  );
  expect(() => start(5 as never)).toThrow(/^start must be/);
});

test("a trunk alone is no network to measure", () => {
  const trunk = fileOf(state.filter(({ name }) => name.startsWith("trunk.")));
  expect(() => givenWeights(job, trunk, { mean: 0, deviation: 255 })).toThrow(
    'file: there is no tensor "head.0.weight", F32 [200,20]',
  );
});
