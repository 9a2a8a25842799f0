import type { Pairs } from "../../src/core/data/pairs.js";
import { Model, type ModelOptions } from "../../src/core/engine/model.js";
import type { LoadedPairs } from "../../src/core/engine/pairs/loaded-pairs.js";
import type { InputSpec, Network } from "../../src/core/network/index.js";
import type { TensorSpec } from "../../src/core/network/layer.js";
import { newKernels } from "./kernels.js";
import type { Tensors } from "./reference.js";

/** Numbers in [0, 1) from a seed: mulberry32, which has nothing to do with the library's own streams. */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Pairs of noise with classes and targets drawn at random. */
export function randomPairs(input: InputSpec, count: number, seed = 1): Pairs {
  const next = uniform(seed);
  const { height, width, channels, classes: classCount } = input;
  const images = new Float32Array(count * 2 * channels * height * width).map(() => 3 * next() - 1.5);
  const classes = new Uint8Array(2 * count).map(() => Math.floor(next() * classCount));
  const targets = new Uint8Array(count).map(() => Math.floor(next() * 2));
  return { count, height, width, channels, classCount, images, classes, targets };
}

/** A model in a fresh instance of the kernels, with every tensor at random, γ of either sign. */
export function randomModel(network: Network, input: InputSpec, options: Partial<ModelOptions> = {}, seed = 1): Model {
  const model = new Model(newKernels(), network, input, { batchSize: 4, ...options });
  model.initialize(seed);
  const next = uniform(seed);
  for (const tensor of model.state()) {
    const starts = tensor.read(model.kernels);
    tensor.write(
      model.kernels,
      starts.map((start) => randomElement(tensor.spec, start, next)),
    );
  }
  return model;
}

function randomElement({ name, start }: TensorSpec, initial: number, next: () => number): number {
  if ("bound" in start) return initial;
  switch (name) {
    case "weight":
      return (next() < 0.5 ? -1 : 1) * (0.5 + next());
    case "running_var":
      return 0.5 + next();
    default:
      return next() - 0.5;
  }
}

/** Gives one model the tensors of another. */
export function copyState(from: Model, to: Model): void {
  const targets = to.state();
  from.state().forEach((tensor, i) => {
    targets[i]?.write(to.kernels, tensor.read(from.kernels));
  });
}

/** Loads pairs as they are. */
export const loadUnscaled = (model: Model, pairs: Pairs): LoadedPairs => model.load(pairs, { mean: 0, deviation: 1 });

/** The indices from `start` to before `end`. */
export const range = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, index) => start + index);

/** Every tensor of a model in double precision. */
export function tensorsOf(model: Model): Tensors {
  return new Map(model.state().map((tensor) => [tensor.name, Float64Array.from(tensor.read(model.kernels))]));
}

/** One tensor of a model, or its gradient. */
export function tensorOf(model: Model, name: string, from: "values" | "gradients" = "values"): Float32Array {
  const tensor = model.state().find((candidate) => candidate.name === name);
  if (!tensor) throw new Error(`no tensor ${name}`);
  return tensor.read(model.kernels, from);
}
