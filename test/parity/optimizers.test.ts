import { beforeAll, describe, expect, it } from "vitest";
import { findArchitecture } from "../../src/core/architectures/index.js";
import {
  clipGradients,
  makeOptimizer,
  type OptimizerName,
  type OptimizerSettings,
  type Tensor,
  WeightAverage,
} from "../../src/core/engine/index.js";
import { type Schedule, scheduledRate } from "../../src/core/settings/schedules.js";
import { difference, distance, expectAllWithin, norm } from "./distance.js";
import { type Kept, openFixture, sampled } from "./fixture.js";
import { Start } from "./start.js";

/** Relative errors that are allowed, as in parity.test.ts; for tensors in L2, for each by itself. */
const PARAMETERS = 1e-4;
const CHANGE = 1e-4;
const LOSS = 1e-5;

interface Settings extends OptimizerSettings {
  readonly optimizer: OptimizerName;
  readonly schedule?: Schedule;
  readonly clipNorm?: number;
  readonly weightAverage?: number;
}

/** What PyTorch made of ten steps of one optimizer. */
interface Variant {
  readonly learningRate: number;
  readonly settings: Settings;
  readonly losses: readonly number[];
  readonly trained: Readonly<Record<string, Kept>>;
  /** Of an exponential moving average; absent without one. */
  readonly averaged?: Readonly<Record<string, Kept>>;
}

const { content, floats } = openFixture<{
  readonly network: string;
  readonly steps: readonly (readonly number[])[];
  readonly variants: Readonly<Record<string, Variant>>;
}>("optimizers");

describe.each(Object.entries(content.variants))("ten steps of %s", (_, { learningRate, settings, losses, ...ends }) => {
  const { optimizer: name, schedule, clipNorm, weightAverage = 0, ...own } = settings;
  const { steps, network } = content;
  const start = new Start(findArchitecture(network), true, false);
  const { model, pairs } = start;
  const { kernels, tensors } = model;
  const average = new WeightAverage(model, weightAverage);
  let actual: number[] = [];
  beforeAll(() => {
    const optimizer = makeOptimizer(name, kernels, tensors, own);
    actual = steps.map((batch, step) => {
      const loss = model.gradient(pairs, batch);
      if (clipNorm) clipGradients(kernels, tensors, clipNorm);
      optimizer.step(scheduledRate(schedule, learningRate, step, steps.length));
      average.update();
      return loss;
    });
  });
  const keptOf = (tensors: Readonly<Record<string, Kept>>, { name }: Tensor) => tensors[name] as Kept;
  const expectEnd = (end: Readonly<Record<string, Kept>>, read: (tensor: Tensor) => Float32Array) =>
    expectAllWithin(PARAMETERS, model.state(), (tensor) =>
      distance(sampled(keptOf(end, tensor), read(tensor)), floats(keptOf(end, tensor))),
    );

  it("have PyTorch's losses", () => {
    expect(Math.max(...actual.map((loss, step) => Math.abs(loss / (losses[step] as number) - 1)))).toBeLessThan(LOSS);
  });

  it("end with PyTorch's parameters and running statistics", () => {
    expectEnd(ends.trained, (tensor) => tensor.read(kernels));
  });

  it("have changed every parameter as PyTorch did", () => {
    expectAllWithin(CHANGE, tensors.parameters, (tensor) => {
      const kept = keptOf(ends.trained, tensor);
      const from = sampled(kept, start.valueOf(tensor));
      const changed = difference(sampled(kept, tensor.read(kernels)), from);
      // A bias that batch norm cancels moves by rounding alone, or by a weight decay of which float32 rounds in each step up
      // to 2⁻²⁵ of the bias away.
      const floor = Math.max(
        1e-3 * learningRate * Math.sqrt(from.length),
        ((steps.length * 2 ** -25) / CHANGE) * norm(from),
      );
      return distance(changed, difference(floats(kept), from), floor);
    });
  });

  if (ends.averaged)
    it("have PyTorch's average of weights and running statistics", () => {
      expectEnd(ends.averaged ?? {}, (tensor) => average.read(tensor));
    });
});
