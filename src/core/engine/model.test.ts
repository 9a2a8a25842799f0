import { describe, expect, it } from "vitest";
import {
  copyState,
  loadUnscaled,
  randomModel,
  randomPairs,
  range,
  tensorOf,
  tensorsOf,
} from "../../../test/support/models.js";
import { at, reference } from "../../../test/support/reference.js";
import { architectures, trunkArchitecture } from "../architectures/index.js";
import type { Pairs } from "../data/pairs.js";
import {
  batchNorm,
  convolution,
  DIGIT_PAIRS,
  flatten,
  type InputSpec,
  linear,
  maxPool,
  type Network,
  relu,
} from "../network/index.js";
import type { Model } from "./model.js";

const images: InputSpec = { height: 5, width: 4, channels: 2, classes: 4 };
const network: Network = {
  trunk: [convolution(3, 2), relu(), flatten(), linear(4)],
  head: [linear(6), relu(), linear(2)],
  auxiliaryWeight: 0.5,
};

const everyGradient = (model: Model) => model.tensors.parameters.map(({ name }) => tensorOf(model, name, "gradients"));

/** The pairs of a set at some indices. */
function pick(pairs: Pairs, indices: number[]): Pairs {
  const size = pairs.images.length / pairs.count;
  return {
    ...pairs,
    count: indices.length,
    images: Float32Array.from(indices.flatMap((i) => [...pairs.images.subarray(i * size, (i + 1) * size)])),
    classes: Uint8Array.from(indices.flatMap((i) => [at(pairs.classes, 2 * i), at(pairs.classes, 2 * i + 1)])),
    targets: Uint8Array.from(indices.map((i) => at(pairs.targets, i))),
  };
}

describe("evaluation does not depend on the batch size", () => {
  const separate = trunkArchitecture({ auxiliary: true, batchNorm: true, dropout: true });
  const all = [...architectures, separate].map((architecture) => [architecture.name, architecture] as const);
  it.each(all)("of %s", (_, architecture) => {
    const pairs = randomPairs(DIGIT_PAIRS, 7);
    const [first, ...others] = [7, 1, 3, 50].map((batchSize) => {
      const model = randomModel(architecture, DIGIT_PAIRS, { batchSize });
      return model.evaluate(loadUnscaled(model, pairs));
    });
    for (const other of others) {
      expect(other.errors).toBe(first?.errors);
      // The sum over pairs is rounded after each batch, but in double precision.
      expect(Math.abs(other.loss / (first?.loss ?? 0) - 1)).toBeLessThan(1e-14);
    }
  });
});

describe("a batch is the pairs that its indices name", () => {
  const pairs = randomPairs(images, 9);

  it("in their order, some twice, some not at all", () => {
    const [model, other] = [randomModel(network, images), randomModel(network, images)];
    const chosen = pick(pairs, [8, 2, 2, 5]);
    const loss = model.gradient(loadUnscaled(model, pairs), [8, 2, 2, 5]);
    expect(loss).toBe(other.gradient(loadUnscaled(other, chosen), [0, 1, 2, 3]));
    expect(everyGradient(model)).toEqual(everyGradient(other));
  });

  it("and nothing that longer batches left behind", () => {
    const [model, other] = [randomModel(network, images, { batchSize: 8 }), randomModel(network, images)];
    const loaded = loadUnscaled(model, pairs);
    model.gradient(loaded, range(0, 8));
    model.evaluate(loaded);
    const loss = model.gradient(loaded, [8]);
    expect(loss).toBe(other.gradient(loadUnscaled(other, pick(pairs, [8])), [0]));
    expect(everyGradient(model)).toEqual(everyGradient(other));
  });
});

it("several sets of pairs may be loaded, each as long as it likes", () => {
  const model = randomModel(network, images);
  const sets = [3, 400, 5].map((count, i) => randomPairs(images, count, i));
  const loaded = sets.map((pairs) => loadUnscaled(model, pairs));
  loaded.forEach((set, i) => {
    const alone = randomModel(network, images);
    expect(model.evaluate(set)).toEqual(alone.evaluate(loadUnscaled(alone, at(sets, i))));
  });
});

it("networks see pixels less their mean, in deviations", () => {
  const model = randomModel(network, images);
  const pairs = randomPairs(images, 3);
  const raw = { ...pairs, images: pairs.images.map((pixel) => Math.round(20 * pixel)) };
  const scaled = { ...pairs, images: raw.images.map((pixel) => (pixel - 3.25) / 7) };
  expect(model.evaluate(model.load(raw, { mean: 3.25, deviation: 7 }))).toEqual(
    model.evaluate(loadUnscaled(model, scaled)),
  );
});

describe("errors are the pairs whose relation the network gets wrong, and yes is how many it says it holds of", () => {
  const likeliest = (logits: Float64Array) => logits.indexOf(Math.max(...logits));
  const pairs = randomPairs(images, 50);

  it("with a head, by its likelier logit", () => {
    const model = randomModel(network, images);
    const { answers = [] } = reference(model.network, tensorsOf(model), pairs, false);
    const wrong = answers.filter((logits, i) => likeliest(logits) !== pairs.targets[i]).length;
    const yes = answers.filter((logits) => likeliest(logits) === 1).length;
    expect(wrong).toBeGreaterThan(5);
    expect(model.evaluate(loadUnscaled(model, pairs))).toMatchObject({ errors: wrong, yes });
  });

  it.each([
    ["less or equal", undefined, (a: number, b: number) => a <= b],
    [
      "another relation",
      { name: "differ", holds: (a: number, b: number) => a !== b },
      (a: number, b: number) => a !== b,
    ],
  ])("without one, by the relation of its likeliest digits: %s", (_, relation, holds) => {
    const model = randomModel({ ...network, head: [] }, images, relation && { relation });
    const { digits = [] } = reference(model.network, tensorsOf(model), pairs, false);
    const said = range(0, 50).map((i) => holds(likeliest(at(digits, 2 * i)), likeliest(at(digits, 2 * i + 1))));
    const wrong = said.filter((each, i) => Number(each) !== pairs.targets[i]).length;
    const yes = said.filter(Boolean).length;
    expect(wrong).toBeGreaterThan(5);
    expect(model.evaluate(loadUnscaled(model, pairs))).toMatchObject({ errors: wrong, yes });
  });

  it("of equal logits the first counts", () => {
    const model = randomModel(network, images);
    for (const tensor of model.state()) tensor.write(model.kernels, new Float32Array(tensor.positions.length));
    const holding = pairs.targets.filter((target) => target === 1).length;
    expect(model.evaluate(loadUnscaled(model, pairs))).toMatchObject({ errors: holding, yes: 0 });
  });
});

describe("starting weights", () => {
  const trunk = [convolution(9, 2), batchNorm(), maxPool(2), relu(), flatten(), linear(4)];
  const started = (seed: number, options = {}) => {
    const model = randomModel({ ...network, trunk }, { ...images, height: 5, width: 5 }, options);
    model.initialize(seed);
    return tensorsOf(model);
  };

  it("depend only on the seed", () => {
    expect(started(1)).toEqual(started(1));
    expect(started(1)).not.toEqual(started(2));
  });

  it("are the same however the network is run", () => {
    expect(started(1, { fuse: false, batchSize: 1 })).toEqual(started(1, { fuse: true, batchSize: 9 }));
  });
});

it("a tensor reads as it was written, in PyTorch's order", () => {
  const model = randomModel(network, images);
  for (const tensor of model.state()) {
    const values = Float32Array.from(tensor.positions, (_, i) => i + 1);
    tensor.write(model.kernels, values);
    expect(tensor.read(model.kernels)).toEqual(values);
    expect(values.length).toBe(tensor.spec.shape.reduce((product, size) => product * size));
  }
});

it("a model that is given another's state computes the same", () => {
  const [model, other] = [randomModel(network, images, {}, 1), randomModel(network, images, {}, 2)];
  const pairs = randomPairs(images, 5);
  const expected = model.evaluate(loadUnscaled(model, pairs));
  expect(other.evaluate(loadUnscaled(other, pairs))).not.toEqual(expected);
  copyState(model, other);
  expect(other.evaluate(loadUnscaled(other, pairs))).toEqual(expected);
});
