import { beforeAll, describe, expect, it } from "vitest";
import {
  type Architecture,
  architectures,
  findArchitecture,
  trunkArchitecture,
} from "../../src/core/architectures/index.js";
import { Adam } from "../../src/core/engine/optimizers/index.js";
import { difference, distance, expectAllWithin, norm } from "./distance.js";
import { Fixture } from "./fixture.js";
import { heads } from "./heads.js";
import { sized, sizeOf } from "./sizes.js";
import { smallNetworks } from "./small-networks.js";
import { smooth } from "./smooth.js";
import { Start } from "./start.js";

/** Relative errors that are allowed; for tensors in L2, for each by itself. */
const LOSS = 1e-6;
const GRADIENT = 1e-5;
const RUNNING = 1e-5;
const PARAMETERS = 1e-4;
/**
 * Rounding a parameter to float32 costs up to 6e-8 of it, and ten steps move some tensors by only a hundredth of
 * themselves: 1e-5 of such a change is lost at once. PyTorch's own float32 ends up to 3e-5 from its float64.
 */
const CHANGE = 1e-4;
/** Over ten steps the differences between parameters add to those of one loss. */
const TRAINING_LOSS = 1e-5;

/**
 * Large maps have more pixels whose gradients cancel: PyTorch's own float32 is up to 4.4e-5 from its float64 in a first layer. Their
 * rounding in float64 is larger too, and a bias that batch norm cancels moves by it. The loss of `matching` on 32×32 more than doubles in
 * its fourth step, and what rounding has made of the parameters by then shows in it: 1.5e-5, layer by layer.
 */
const LARGE_MAPS = { gradient: 1e-4, change: 2e-4, trainingLoss: 2e-5 };

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

/** At their own rate a loss falls so near to 0 in ten steps that its relative error says nothing. */
const comparing = ["matching", "ranking"].map((name) => ({ ...findArchitecture(name), learningRate: 3e-3 }));
const separate = [
  trunkArchitecture({ auxiliary: true, batchNorm: true, dropout: true }),
  trunkArchitecture({ auxiliary: true, dropout: true, rule: true }),
];

describe.each([...architectures, ...separate, ...smallNetworks, smooth, ...comparing, ...heads, ...sized])(
  "$name",
  (architecture) => {
    const fixture = new Fixture(architecture.name);
    describe.each([
      { fuse: true, how: "with fused operations" },
      { fuse: false, how: "layer by layer" },
    ])("$how", ({ fuse }) => {
      describe("a batch shorter than the model has room for", () => oneBatch(architecture, fixture, fuse));
      describe("steps of Adam, one on a shorter batch", () => someSteps(architecture, fixture, fuse));
    });
  },
);

function oneBatch(architecture: Architecture, fixture: Fixture, fuse: boolean): void {
  const { batch, running, evaluation, ...expected } = fixture.content;
  const { model, pairs } = new Start(architecture, fuse, true);
  const { kernels, tensors } = model;
  let loss = Number.NaN;
  beforeAll(() => {
    loss = model.gradient(pairs, batch);
  });

  it("has the tensors of PyTorch's state dict, in its order", () => {
    expect(model.state().map(({ name }) => name)).toEqual(Object.keys(expected.trained));
  });

  it("has PyTorch's loss", () => {
    expect(relative(loss, expected.loss)).toBeLessThan(LOSS);
  });

  it("has PyTorch's gradient of every parameter", () => {
    expectAllWithin(sizeOf(architecture.name) ? LARGE_MAPS.gradient : GRADIENT, tensors.parameters, (tensor) => {
      const { name } = tensor;
      // Batch norm cancels the bias before it: its gradient is 0, and in PyTorch rounding of about 1e-17. So every bias
      // is measured against no less than a millionth of its layer's weight gradient.
      const weight = fixture.values("gradients", name.replace(/bias$/, "weight"));
      const actual = fixture.sample("gradients", name, tensor.read(kernels, "gradients"));
      return distance(actual, fixture.values("gradients", name), 1e-6 * norm(weight));
    });
  });

  if (Object.keys(running).length > 0)
    it("moves batch norm's running statistics as PyTorch does", () => {
      expectAllWithin(RUNNING, tensors.buffers, (tensor) =>
        distance(tensor.read(kernels), fixture.values("running", tensor.name)),
      );
    });

  it("has PyTorch's loss and errors over all pairs in evaluation mode", () => {
    const actual = model.evaluate(pairs);
    expect(relative(actual.loss, evaluation.loss)).toBeLessThan(LOSS);
    expect(actual.errors).toBe(evaluation.errors);
  });
}

function someSteps(architecture: Architecture, fixture: Fixture, fuse: boolean): void {
  const { steps, ...expected } = fixture.content;
  const start = new Start(architecture, fuse, false);
  const { model, pairs } = start;
  const { kernels, tensors } = model;
  let losses: number[] = [];
  beforeAll(() => {
    const adam = new Adam(kernels, tensors);
    losses = steps.map((batch) => {
      const loss = model.gradient(pairs, batch);
      adam.step(architecture.learningRate);
      return loss;
    });
  });

  it("has PyTorch's loss in every step", () => {
    const errors = losses.map((loss, step) => relative(loss, expected.losses[step] as number));
    expect(Math.max(...errors)).toBeLessThan(sizeOf(architecture.name) ? LARGE_MAPS.trainingLoss : TRAINING_LOSS);
  });

  it("ends with PyTorch's parameters and running statistics", () => {
    expectAllWithin(PARAMETERS, model.state(), (tensor) =>
      distance(fixture.sample("trained", tensor.name, tensor.read(kernels)), fixture.values("trained", tensor.name)),
    );
  });

  it("has changed every parameter as PyTorch did", () => {
    expectAllWithin(sizeOf(architecture.name) ? LARGE_MAPS.change : CHANGE, tensors.parameters, (tensor) => {
      const from = fixture.sample("trained", tensor.name, start.valueOf(tensor));
      const actual = difference(fixture.sample("trained", tensor.name, tensor.read(kernels)), from);
      const wanted = difference(fixture.values("trained", tensor.name), from);
      // A bias that batch norm cancels: rounding moves PyTorch's by far less than a thousandth of one full step.
      return distance(actual, wanted, 1e-3 * architecture.learningRate * Math.sqrt(from.length));
    });
  });
}
