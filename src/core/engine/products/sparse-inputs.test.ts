import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  expectClose,
  expectReferenceAlongDirections,
  expectSameGradients,
} from "../../../../test/support/expectations.js";
import { copyState, randomModel, randomPairs, range, uniform } from "../../../../test/support/models.js";
import type { Pairs } from "../../data/pairs.js";
import { dropout, flatten, type InputSpec, linear, type Network, relu } from "../../network/index.js";
import { allShortcuts, type Shortcut } from "../shortcuts.js";

/** Pairs of noise on a blank background: pixels are 0 with a probability. */
function blankPairs(input: InputSpec, count: number, blank: number, seed: number): Pairs {
  const next = uniform(seed);
  const pairs = randomPairs(input, count, seed);
  return { ...pairs, images: pairs.images.map((pixel) => (next() < blank ? 0 : pixel)) };
}

const cases = fc.record({
  height: fc.integer({ min: 1, max: 7 }),
  width: fc.integer({ min: 1, max: 7 }),
  channels: fc.integer({ min: 1, max: 3 }),
  features: fc.integer({ min: 64, max: 90 }),
  blank: fc.constantFrom(0, 0.3, 0.55, 0.8, 1),
  mean: fc.constantFrom(0, 0.25),
  behind: fc.constantFrom("images", "dropout", "dropout and ReLU"),
  rate: fc.constantFrom(0.2, 0.5, 0.9),
  pairs: fc.integer({ min: 1, max: 6 }),
  seed: fc.nat(),
});

describe("passing over blank inputs changes nothing but rounding", () => {
  it("gives the same losses and gradients, whatever the shape, the background and the batches", () => {
    const check = fc.property(cases, ({ features, blank, mean, behind, rate, pairs: count, seed, ...shape }) => {
      const input: InputSpec = { ...shape, classes: 10 };
      const tail = behind === "dropout" ? [dropout(rate)] : [dropout(rate), relu()];
      const head = behind === "images" ? [linear(features)] : [linear(9), ...tail, linear(features)];
      const network: Network = { trunk: [], head: [flatten(), ...head, relu(), linear(2)] };
      const make = (shortcuts: readonly Shortcut[]) => randomModel(network, input, { shortcuts }, seed);
      const [quick, plain] = [make(allShortcuts), make([])];
      copyState(plain, quick);
      const pairs = blankPairs(input, count, blank, seed);
      const scale = { mean, deviation: 0.5 };
      const [quickPairs, plainPairs] = [quick.load(pairs, scale), plain.load(pairs, scale)];
      for (let start = 0; start < count; start += 4) {
        const batch = range(start, Math.min(start + 4, count));
        expectClose(quick.gradient(quickPairs, batch), plain.gradient(plainPairs, batch), "training loss");
        expectSameGradients(quick, plain);
      }
      expectClose(quick.evaluate(quickPairs).loss, plain.evaluate(plainPairs).loss, "evaluation loss");
    });
    fc.assert(check, { seed: 1, numRuns: 150 });
  });

  it("agrees with the definition where nine pixels in ten are blank", () => {
    const input: InputSpec = { height: 5, width: 3, channels: 2, classes: 3 };
    const network = { trunk: [], head: [flatten(), linear(65), relu(), linear(2)] };
    expectReferenceAlongDirections(randomModel(network, input), blankPairs(input, 4, 0.9, 1));
  });
});

it("pairs of different backgrounds can take turns", () => {
  const input: InputSpec = { height: 4, width: 4, channels: 1, classes: 10 };
  const network = { trunk: [], head: [flatten(), linear(64), relu(), linear(2)] };
  const [model, fresh] = [randomModel(network, input), randomModel(network, input)];
  const pairs = blankPairs(input, 4, 0.8, 1);
  const [first, second] = [
    model.load(pairs, { mean: 0.5, deviation: 1 }),
    model.load(pairs, { mean: 2, deviation: 3 }),
  ];
  const alone = fresh.evaluate(fresh.load(pairs, { mean: 2, deviation: 3 }));
  model.evaluate(first);
  expect(model.evaluate(second)).toEqual(alone);
});
