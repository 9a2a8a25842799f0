import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  expectAllClose,
  expectClose,
  expectReference,
  expectSameGradients,
} from "../../../test/support/expectations.js";
import {
  copyState,
  loadUnscaled,
  randomModel,
  randomPairs,
  range,
  tensorOf,
  uniform,
} from "../../../test/support/models.js";
import type { Pairs } from "../data/pairs.js";
import {
  batchNorm,
  convolution,
  dropout,
  flatten,
  type InputSpec,
  type Layer,
  linear,
  maxPool,
  type Network,
  relu,
} from "../network/index.js";
import { startingValues } from "../network/initialize.js";
import { Stream } from "../random/streams.js";
import type { Model } from "./model.js";
import { allShortcuts, type Shortcut } from "./shortcuts.js";

const images: InputSpec = { height: 6, width: 4, channels: 2, classes: 4 };
const head = [linear(6), relu(), linear(2)];
const separate = (trunk: Layer[], more: Partial<Network> = {}): Network => ({
  trunk,
  head,
  trunks: "separate",
  ...more,
});
const block = [convolution(3, 3), batchNorm(), maxPool(2), relu(), flatten()];

describe("separate trunks agree with the definition, and batch norm sees each image's own", () => {
  it.each<[string, Network]>([
    ["with a head", separate(block)],
    ["with a head and the digits' loss", separate([...block, linear(4)], { auxiliaryWeight: 0.5 })],
    ["without a head", separate([...block, linear(4)], { head: [], auxiliaryWeight: 0.5 })],
    ["on whole vectors of channels", separate([batchNorm(), convolution(3, 2), relu(), flatten(), linear(4)])],
    ["on flattened images", separate([flatten(), linear(9), batchNorm(), relu()])],
    ["that have no weights", separate([flatten()])],
  ])("%s", (_, network) => {
    for (const fuse of [true, false]) {
      expectReference(randomModel(network, images, { fuse }), randomPairs(images, 4));
      expectReference(randomModel(network, images, { fuse, batchSize: 7 }), randomPairs(images, 3));
    }
  });
});

it("two trunks of equal weights compute what one does, and their gradients add up to its gradient", () => {
  const trunk = [convolution(3, 3), maxPool(2), relu(), flatten(), linear(4)];
  const shared = randomModel({ ...separate(trunk), auxiliaryWeight: 0.5, trunks: "shared" }, images);
  const two = randomModel(separate(trunk, { auxiliaryWeight: 0.5 }), images, {}, 2);
  for (const tensor of two.state())
    tensor.write(two.kernels, tensorOf(shared, tensor.name.replace(/^(first|second)/, "trunk")));
  const pairs = randomPairs(images, 4);
  const [onShared, onTwo] = [loadUnscaled(shared, pairs), loadUnscaled(two, pairs)];
  expect(two.evaluate(onTwo)).toEqual(shared.evaluate(onShared));
  expectClose(two.gradient(onTwo, range(0, 4)), shared.gradient(onShared, range(0, 4)), "loss");
  for (const { name } of shared.tensors.parameters) {
    const gradients = name.startsWith("trunk")
      ? ["first", "second"].map((trunk) => tensorOf(two, name.replace("trunk", trunk), "gradients"))
      : [tensorOf(two, name, "gradients")];
    const sum = gradients.reduce((total, gradient) => total.map((value, i) => value + (gradient[i] as number)));
    expectAllClose(sum, tensorOf(shared, name, "gradients"), `gradient of ${name}`);
  }
});

it("without a head, neither trunk's gradient depends on the other image", () => {
  const network = separate([...block, linear(4)], { head: [], auxiliaryWeight: 1 });
  const [pairs, others] = [randomPairs(images, 4, 1), randomPairs(images, 4, 2)];
  const size = pairs.images.length / 8;
  const isFirst = (pixel: number) => Math.floor(pixel / size) % 2 === 0;
  const mixed = { ...pairs, images: pairs.images.map((x, i) => (isFirst(i) ? x : (others.images[i] as number))) };
  const gradients = (seen: Pairs, trunk: string) => {
    const model = randomModel(network, images);
    model.gradient(loadUnscaled(model, seen), range(0, 4));
    const own = model.tensors.parameters.filter(({ name }) => name.startsWith(trunk));
    return own.map(({ name }) => tensorOf(model, name, "gradients"));
  };
  expect(gradients(mixed, "first")).toEqual(gradients(pairs, "first"));
  expect(gradients(mixed, "second")).not.toEqual(gradients(pairs, "second"));
});

it("weights start from one stream: the first trunk's, the second's, the head's", () => {
  const model = randomModel(separate([...block, dropout(), linear(4)]), images);
  model.initialize(5);
  const stream = new Stream(5, "initialization");
  const parts = model.tensors.parameters.map(({ name }) => name.slice(0, name.indexOf(".")));
  expect([...new Set(parts)]).toEqual(["first", "second", "head"]);
  for (const { name, spec } of model.tensors.parameters)
    expect(tensorOf(model, name), name).toEqual(startingValues(spec, stream));
});

const cases = fc.record({
  height: fc.integer({ min: 7, max: 12 }),
  width: fc.integer({ min: 7, max: 12 }),
  normalized: fc.boolean(),
  headless: fc.boolean(),
  kind: fc.constantFrom("convolutions", "linear layers"),
  blank: fc.constantFrom(0, 0.5, 0.8),
  pairs: fc.integer({ min: 1, max: 9 }),
  batchSize: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(),
});

/** Convolutions of which the second goes by Winograd, or linear layers; all pass over zeros. */
function networkOf(kind: string, normalized: boolean, headless: boolean): Network {
  const normalize = normalized ? [batchNorm()] : [];
  const layers: Layer[] =
    kind === "linear layers"
      ? [flatten(), linear(64), ...normalize, relu(), dropout(0), linear(70), relu(), linear(10)]
      : [
          ...[convolution(16, 3, { padding: 1 }), ...normalize, maxPool(2), relu()],
          ...[convolution(24, 2), ...normalize, relu(), flatten(), linear(64), dropout(0), relu(), linear(10)],
        ];
  return separate(layers, { auxiliaryWeight: 0.5, head: headless ? [] : [linear(64), relu(), linear(2)] });
}

/** Puts the background anywhere but at 0. */
const SCALE = { mean: 0.3, deviation: 0.8 };

function blankPairs(input: InputSpec, count: number, blank: number, seed: number): Pairs {
  const next = uniform(seed);
  const pairs = randomPairs(input, count, seed);
  return { ...pairs, images: pairs.images.map((pixel, i) => (i % 5 > 0 && next() < blank ? 0 : pixel)) };
}

describe("each trunk has every way to save operations", () => {
  it("and with all of them gives what full products give, in full batches and short ones", () => {
    const check = fc.property(
      cases,
      ({ kind, normalized, headless, batchSize, blank, pairs: count, seed, ...size }) => {
        const input: InputSpec = { ...size, channels: 1, classes: 10 };
        const network = networkOf(kind, normalized, headless);
        const make = (shortcuts: readonly Shortcut[]) => randomModel(network, input, { batchSize, shortcuts }, seed);
        const [quick, plain] = [make(allShortcuts), make([])];
        copyState(plain, quick);
        const pairs = blankPairs(input, count, blank, seed);
        const [quickPairs, plainPairs] = [quick.load(pairs, SCALE), plain.load(pairs, SCALE)];
        for (let start = 0; start < count; start += batchSize) {
          const batch = range(start, Math.min(start + batchSize, count));
          expectClose(quick.gradient(quickPairs, batch), plain.gradient(plainPairs, batch), "training loss");
          expectSameGradients(quick, plain);
        }
        expectClose(quick.evaluate(quickPairs).loss, plain.evaluate(plainPairs).loss, "evaluation loss");
        for (const { name } of plain.tensors.buffers)
          expectAllClose(tensorOf(quick, name), tensorOf(plain, name), name);
      },
    );
    fc.assert(check, { seed: 1, numRuns: 60 });
  });

  it("and sets of pairs can take turns", () => {
    const input: InputSpec = { height: 8, width: 8, channels: 1, classes: 10 };
    const network = separate([convolution(8, 3), batchNorm(), maxPool(2), relu(), flatten(), linear(10)]);
    const [model, fresh] = [randomModel(network, input), randomModel(network, input)] as [Model, Model];
    const [one, other] = [blankPairs(input, 6, 0.8, 1), blankPairs(input, 4, 0.8, 2)];
    const [loadedOne, loadedOther] = [model.load(one, SCALE), model.load(other, { mean: 2, deviation: 3 })];
    const alone = fresh.load(other, { mean: 2, deviation: 3 });
    model.evaluate(loadedOne);
    expect(model.evaluate(loadedOther)).toEqual(fresh.evaluate(alone));
    model.gradient(loadedOne, [5, 0, 1, 2]);
    expect(model.gradient(loadedOther, [3, 1])).toBe(fresh.gradient(alone, [3, 1]));
    for (const { name } of fresh.tensors.parameters)
      expect(tensorOf(model, name, "gradients")).toEqual(tensorOf(fresh, name, "gradients"));
  });
});
