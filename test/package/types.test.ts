import {
  type Architecture,
  type CompareOptions,
  type ComparisonDocument,
  convolution,
  type Decision,
  decodeSafetensors,
  defineConfig,
  type Experiment,
  encodeWeights,
  experiments,
  type FinishedRun,
  findArchitecture,
  type ImageSets,
  type Inspector,
  InvalidRequest,
  type Job,
  type KernelModule,
  Kernels,
  type Layer,
  type LoopSettings,
  linear,
  type Model,
  makeJob,
  type Network,
  type PairSet,
  type RunRecord,
  type RunStep,
  readWeights,
  residual,
  runJob,
  samplePairSet,
  signFlipInterval,
  type TrainedNetwork,
  type TrainingEvent,
  type TrainingResult,
  train,
} from "pairlab";
import { type Dataset, loadDataset, loadKernels, type RunStore, runJobs, type startThreads } from "pairlab/node";
import { expectTypeOf, test } from "vitest";

// `tsc -p tsconfig.json` checks these: when they run, nothing of them is left.

test("networks and layers are plain data", () => {
  expectTypeOf(findArchitecture).returns.toEqualTypeOf<Architecture>();
  expectTypeOf<Architecture>().toExtend<Network>();
  expectTypeOf(convolution(8, 3, { padding: 1 })).toExtend<Layer>();
  expectTypeOf(residual([linear(2)])).toExtend<Layer>();
  expectTypeOf(convolution).toBeCallableWith(8, 3, { stride: 2, padding: 1 });
});

test("a configuration's defaults are of options that there are", () => {
  expectTypeOf(defineConfig).toBeCallableWith({ defaults: { rounds: 30, learningRate: 0.002, sizes: [125, 250] } });
  // @ts-expect-error  The option is rounds.
  defineConfig({ defaults: { round: 30 } });
  // @ts-expect-error  It says what one command is to do.
  defineConfig({ defaults: { out: "report" } });
});

test("train yields events, and returns the model with its scale", () => {
  expectTypeOf(train).parameter(0).toEqualTypeOf<KernelModule | Kernels>();
  expectTypeOf(train).parameter(4).toEqualTypeOf<LoopSettings>();
  expectTypeOf(train).returns.toEqualTypeOf<Generator<TrainingEvent, TrainingResult>>();
  expectTypeOf<TrainingEvent["result"]>().toBeNullable();
  expectTypeOf<TrainingResult["model"]>().toEqualTypeOf<Model>();
  // An architecture has the settings that training needs, but for when it is evaluated.
  expectTypeOf<Architecture & { evaluate: "end" }>().toExtend<LoopSettings>();
});

test("a job in, a record and weights out", () => {
  expectTypeOf(makeJob).returns.toEqualTypeOf<Job>();
  expectTypeOf(runJob).returns.toEqualTypeOf<Generator<RunStep, FinishedRun>>();
  expectTypeOf<FinishedRun["record"]>().toEqualTypeOf<RunRecord>();
  expectTypeOf<FinishedRun["weights"]>().toEqualTypeOf<Uint8Array<ArrayBuffer>>();
  expectTypeOf<RunRecord["testError"]>().toBeNumber();
});

test("images become pairs", () => {
  expectTypeOf(samplePairSet).parameter(0).toEqualTypeOf<ImageSets>();
  expectTypeOf(samplePairSet).returns.toEqualTypeOf<PairSet>();
  expectTypeOf(loadDataset).returns.resolves.toEqualTypeOf<Dataset>();
  expectTypeOf<Dataset>().toExtend<Parameters<typeof samplePairSet>[0]>();
});

test("weights go to a file and come back", () => {
  expectTypeOf(encodeWeights).returns.toEqualTypeOf<Uint8Array<ArrayBuffer>>();
  expectTypeOf(readWeights).returns.toEqualTypeOf<TrainedNetwork>();
  expectTypeOf(decodeSafetensors).parameter(0).toExtend<{ readonly name: string; readonly bytes: Uint8Array }>();
});

test("networks are asked and compared", () => {
  expectTypeOf<Inspector["decide"]>().returns.toEqualTypeOf<Decision>();
  expectTypeOf(experiments.compare).toExtend<Experiment<CompareOptions, ComparisonDocument>>();
  expectTypeOf(signFlipInterval).returns.toEqualTypeOf<readonly [number, number] | undefined>();
});

test("Node's part trains jobs on threads and keeps them", () => {
  expectTypeOf(loadKernels).returns.toEqualTypeOf<KernelModule>();
  expectTypeOf(runJobs).parameter(0).toEqualTypeOf<readonly Job[]>();
  expectTypeOf(runJobs).returns.resolves.toEqualTypeOf<RunRecord[]>();
  expectTypeOf<Parameters<typeof runJobs>[1]["threads"]>().toExtend<
    readonly ReturnType<typeof startThreads>[number][]
  >();
  expectTypeOf<RunStore["save"]>().parameter(0).toEqualTypeOf<FinishedRun>();
});

test("what is refused is an error of a class of its own", () => {
  expectTypeOf(InvalidRequest).instance.toExtend<Error>();
  expectTypeOf(Kernels).instance.toEqualTypeOf<Kernels>();
});
