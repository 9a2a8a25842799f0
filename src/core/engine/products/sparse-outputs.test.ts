import fc from "fast-check";
import { expect, it } from "vitest";
import { expectClose, expectSameGradients } from "../../../../test/support/expectations.js";
import { copyState, loadUnscaled, randomModel, randomPairs, range } from "../../../../test/support/models.js";
import { dropout, flatten, type InputSpec, type Layer, linear, relu } from "../../network/index.js";
import { allShortcuts, type Shortcut } from "../shortcuts.js";

const images: InputSpec = { height: 3, width: 3, channels: 1, classes: 10 };

const tails: Record<string, (rate: number) => Layer[]> = {
  ReLU: () => [relu()],
  dropout: (rate) => [dropout(rate)],
  "dropout and ReLU": (rate) => [dropout(rate), relu()],
  "ReLU and dropout": (rate) => [relu(), dropout(rate)],
};

it("sending back only what ReLU and dropout let pass changes nothing but rounding, for weights and inputs", () => {
  const cases = fc.record({
    // Full products are used for fewer than 64 inputs, and for dropout below one half without ReLU.
    inputs: fc.integer({ min: 57, max: 150 }),
    outputs: fc.integer({ min: 1, max: 40 }),
    behind: fc.constantFrom(...Object.keys(tails)),
    rate: fc.constantFrom(0.2, 0.5, 0.9),
    pairs: fc.integer({ min: 1, max: 6 }),
    seed: fc.nat(),
  });
  const check = fc.property(cases, ({ inputs, outputs, behind, rate, pairs: count, seed }) => {
    const tail = tails[behind]?.(rate) ?? [];
    const network = { trunk: [], head: [flatten(), linear(inputs), linear(outputs), ...tail, linear(2)] };
    const make = (shortcuts: readonly Shortcut[]) => randomModel(network, images, { shortcuts }, seed);
    const [quick, plain] = [make(allShortcuts), make([])];
    copyState(plain, quick);
    const pairs = randomPairs(images, count, seed);
    const [quickPairs, plainPairs] = [loadUnscaled(quick, pairs), loadUnscaled(plain, pairs)];
    for (let start = 0; start < count; start += 4) {
      const batch = range(start, Math.min(start + 4, count));
      expectClose(quick.gradient(quickPairs, batch), plain.gradient(plainPairs, batch), "loss");
      expectSameGradients(quick, plain);
    }
    expect(quick.evaluate(quickPairs)).toEqual(plain.evaluate(plainPairs));
  });
  fc.assert(check, { seed: 1, numRuns: 150 });
});
