import { describe, expect, it, test } from "vitest";
import { expectAllClose } from "../../../../test/support/expectations.js";
import { loadUnscaled, randomModel, randomPairs, tensorOf, tensorsOf } from "../../../../test/support/models.js";
import { at } from "../../../../test/support/reference.js";
import { batchNorm, convolution, flatten, type InputSpec, linear } from "../../network/index.js";
import type { Model } from "../model.js";
import { clipGradients } from "./clip.js";
import { makeOptimizer } from "./make.js";
import type { OptimizerSettings } from "./optimizer.js";
import { OPTIMIZERS, type OptimizerName } from "./registry.js";
import { WeightAverage } from "./weight-average.js";

const images: InputSpec = { height: 4, width: 4, channels: 1, classes: 10 };
const network = { trunk: [convolution(3, 2), batchNorm(), flatten()], head: [linear(2)] };

/** What moves one weight in double precision: given its gradient, the learning rate and itself, it says where it goes. */
type Mover = (gradient: number, rate: number, weight: number) => number;

/** PyTorch's documentation of each, and Chen et al.'s algorithm 2, for one weight. */
const movers: Record<Exclude<OptimizerName, "muon">, (settings: OptimizerSettings) => Mover> = {
  adam: ({ weightDecay = 0 }) => adam(weightDecay, 0),
  adamw: ({ weightDecay = 0.01 }) => adam(0, weightDecay),
  sgd: ({ momentum = 0.9, nesterov = false, weightDecay = 0 }) => {
    let velocity = 0;
    return (gradient, rate, weight) => {
      const g = gradient + weightDecay * weight;
      velocity = momentum * velocity + g;
      return weight - rate * (nesterov ? g + momentum * velocity : velocity);
    };
  },
  rmsprop: ({ weightDecay = 0 }) => {
    let second = 0;
    return (gradient, rate, weight) => {
      const g = gradient + weightDecay * weight;
      second = 0.99 * second + 0.01 * g * g;
      return weight - (rate * g) / (Math.sqrt(second) + 1e-8);
    };
  },
  lion: ({ weightDecay = 0 }) => {
    let first = 0;
    return (gradient, rate, weight) => {
      const sign = Math.sign(0.9 * first + 0.1 * gradient);
      first = 0.99 * first + 0.01 * gradient;
      return weight - rate * (sign + weightDecay * weight);
    };
  },
};

function adam(penalty: number, decoupled: number): Mover {
  let [first, second, step] = [0, 0, 0];
  return (gradient, rate, weight) => {
    const g = gradient + penalty * weight;
    first = 0.9 * first + 0.1 * g;
    second = 0.999 * second + 0.001 * g * g;
    step++;
    const [unbiased, size] = [first / (1 - 0.9 ** step), Math.sqrt(second / (1 - 0.999 ** step))];
    return weight - rate * decoupled * weight - (rate * unbiased) / (size + 1e-8);
  };
}

/** Rates change, to distinguish what is kept from step to step from what is not. */
const rates = Array.from({ length: 20 }, (_, step) => 0.004 * (1 + (step % 3)));

const variants: [Exclude<OptimizerName, "muon">, OptimizerSettings][] = [
  ["adam", {}],
  ["adam", { weightDecay: 0.1 }],
  ["adamw", {}],
  ["adamw", { weightDecay: 0 }],
  ["adamw", { weightDecay: 0.3 }],
  ["sgd", {}],
  ["sgd", { momentum: 0 }],
  ["sgd", { momentum: 0, weightDecay: 0.1 }],
  ["sgd", { momentum: 0.7, weightDecay: 0.1 }],
  ["sgd", { nesterov: true, weightDecay: 0.1 }],
  ["rmsprop", {}],
  ["rmsprop", { weightDecay: 0.1 }],
  ["lion", {}],
  ["lion", { weightDecay: 0.3 }],
];

/** A model and what it trains on, and a step of which the gradients are given away before they are used. */
function training() {
  const model = randomModel(network, images);
  const loaded = loadUnscaled(model, randomPairs(images, 4));
  return { model, gradient: (step: number) => model.gradient(loaded, [step % 4, (step + 1) % 4]) };
}
const names = ({ tensors }: Model) => tensors.parameters.map(({ name }) => name);

describe("twenty steps are those of the definition in double precision", () => {
  it.each(variants)("%s %j", (name, settings) => {
    const { model, gradient } = training();
    const optimizer = makeOptimizer(name, model.kernels, model.tensors, settings);
    const weights = tensorsOf(model);
    const move = new Map(
      names(model).map((tensor) => [tensor, Array.from(weights.get(tensor) ?? [], () => movers[name](settings))]),
    );
    for (const [step, rate] of rates.entries()) {
      gradient(step);
      for (const tensor of names(model)) {
        const gradients = tensorOf(model, tensor, "gradients");
        const values = weights.get(tensor) as Float64Array;
        move.get(tensor)?.forEach((mover, e) => {
          values[e] = mover(at(gradients, e), rate, at(values, e));
        });
      }
      optimizer.step(rate);
    }
    expect(optimizer.steps).toBe(rates.length);
    for (const tensor of names(model)) expectAllClose(tensorOf(model, tensor), weights.get(tensor) ?? [], tensor);
  });
});

it.each(OPTIMIZERS)("%s goes on from its slots and steps to the same bits", (name) => {
  const { model, gradient } = training();
  const { kernels, tensors } = model;
  let optimizer = makeOptimizer(name, kernels, tensors);
  const whole = training();
  const unbroken = makeOptimizer(name, whole.model.kernels, whole.model.tensors);
  for (const [step, rate] of rates.entries()) {
    if (step === 7) {
      const next = makeOptimizer(name, kernels, tensors);
      for (const [slot, start] of optimizer.slots)
        for (const parameter of tensors.parameters) {
          const values = tensors.readBeside(kernels, start, parameter);
          tensors.writeBeside(kernels, next.slots.get(slot) ?? 0, parameter, values);
        }
      next.skip(optimizer.steps);
      optimizer = next;
    }
    gradient(step);
    optimizer.step(rate);
    whole.gradient(step);
    unbroken.step(rate);
  }
  for (const tensor of names(model)) expect(tensorOf(model, tensor)).toEqual(tensorOf(whole.model, tensor));
});

it.each(OPTIMIZERS)("%s leaves a parameter without gradient as it is", (name) => {
  const { model, gradient } = training();
  const optimizer = makeOptimizer(name, model.kernels, model.tensors, { weightDecay: 0 });
  // Batch norm takes away the bias before it.
  const before = tensorOf(model, "trunk.0.bias");
  for (let step = 0; step < 5; step++) {
    gradient(step);
    optimizer.step(0.01);
  }
  expect(tensorOf(model, "trunk.0.bias")).toEqual(before);
});

it.each(OPTIMIZERS)("%s does not hide a gradient that is not a number", (name) => {
  const { model, gradient } = training();
  const optimizer = makeOptimizer(name, model.kernels, model.tensors);
  gradient(0);
  const [parameter] = model.tensors.parameters;
  if (!parameter) throw new Error("no parameter");
  model.kernels.floats(parameter.gradients, parameter.room).fill(Number.NaN);
  optimizer.step(0.01);
  expect([...parameter.read(model.kernels)].every(Number.isNaN)).toBe(true);
});

describe("clipping", () => {
  /** Gradients, and their norm in double precision. */
  function clipped(part: number) {
    const { model, gradient } = training();
    gradient(0);
    const read = () => names(model).flatMap((name) => [...tensorOf(model, name, "gradients")]);
    const before = read();
    const norm = Math.sqrt(before.reduce((sum, value) => sum + value * value, 0));
    const limit = part * norm;
    const reported = clipGradients(model.kernels, model.tensors, limit);
    return { before, after: read(), norm, limit, reported };
  }

  test("scales all gradients alike to the norm that is allowed", () => {
    const { before, after, norm, limit, reported } = clipped(0.25);
    expect(Math.abs(reported / norm - 1)).toBeLessThan(1e-14);
    const factor = limit / (norm + 1e-6);
    expectAllClose(
      after,
      before.map((value) => factor * value),
      "gradients",
    );
  });

  test("leaves what is small enough to the bit", () => {
    const { before, after } = clipped(1.001);
    expect(after).toEqual(before);
  });

  test("counts ε, as PyTorch does: a norm of just what is allowed is scaled by a hair", () => {
    const { before, after, norm } = clipped(1);
    expect(after).not.toEqual(before);
    expectAllClose(
      after,
      before.map((value) => (value * norm) / (norm + 1e-6)),
      "gradients",
    );
  });

  test("turns every gradient into no number where one is none", () => {
    const { model, gradient } = training();
    gradient(0);
    const [parameter] = model.tensors.parameters;
    model.kernels.floats(parameter?.gradients ?? 0, 1)[0] = Number.NaN;
    clipGradients(model.kernels, model.tensors, 1);
    for (const name of names(model)) expect([...tensorOf(model, name, "gradients")].every(Number.isNaN)).toBe(true);
  });
});

describe("an average of weights", () => {
  test("is the exponential one of the weights and running statistics after each step, the first of which starts it", () => {
    const { model, gradient } = training();
    const optimizer = makeOptimizer("sgd", model.kernels, model.tensors);
    const average = new WeightAverage(model, 0.8);
    let expected = new Map<string, Float64Array>();
    for (let step = 0; step < 6; step++) {
      gradient(step);
      optimizer.step(0.05);
      average.update();
      const now = tensorsOf(model);
      expected = new Map(
        [...now].map(([name, values]) => {
          const old = expected.get(name) ?? values;
          return [name, values.map((value, e) => 0.8 * at(old, e) + 0.2 * value)];
        }),
      );
    }
    for (const tensor of model.state())
      expectAllClose(average.read(tensor), expected.get(tensor.name) ?? [], tensor.name);
    const weights = tensorsOf(model);
    const averages = new Map(model.state().map((tensor) => [tensor.name, Float64Array.from(average.read(tensor))]));
    average.exchange();
    expect(tensorsOf(model)).toEqual(averages);
    average.exchange();
    expect(tensorsOf(model)).toEqual(weights);
  });

  test("stays where weights that stay are, however near 1 its decay", () => {
    const { model } = training();
    const average = new WeightAverage(model, 0.9999);
    for (let step = 0; step < 2000; step++) average.update();
    for (const tensor of model.state()) expect(average.read(tensor)).toEqual(tensor.read(model.kernels));
  });
});
