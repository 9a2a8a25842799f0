import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { throughLayer } from "../../../../test/support/layers.js";
import { randomModel, randomPairs } from "../../../../test/support/models.js";
import {
  convolution,
  flatten,
  type InputSpec,
  type Layer,
  linear,
  maxPool,
  normalize,
  relu,
} from "../../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 2, classes: 3 };

describe("each group is divided by its length", () => {
  it.each<[string, Layer[], Layer[]]>([
    ["both images' features", [flatten(), linear(3)], [normalize(), linear(2)]],
    ["an image's, in the trunk", [flatten(), linear(3), normalize(1)], [linear(2)]],
    ["more than a vector of them", [flatten(), linear(11), relu()], [normalize(2), linear(5), relu(), linear(2)]],
    ["flattened maps", [convolution(3, 2), maxPool(2), relu(), flatten()], [normalize(), linear(2)]],
    ["several groups", [flatten(), linear(3)], [linear(15), normalize(5), linear(2)]],
    ["flattened images", [flatten(), normalize(1)], [linear(2)]],
    ["two numbers, as logits", [flatten(), linear(1)], [linear(2), normalize(1)]],
  ])("%s", (_, trunk, head) => {
    expectReference(randomModel({ trunk, head }, images), randomPairs(images, 4));
    expectReference(randomModel({ trunk, head, trunks: "separate" }, images), randomPairs(images, 3));
  });

  it("to a length of 1 within single precision, whatever it was", () => {
    const lengths = fc.array(fc.float({ noNaN: true, min: Math.fround(1e-3), max: Math.fround(1e18) }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(lengths, fc.constantFrom(1e-6, 1, 1e18), (half, by) => {
        const run = half.map((value, e) => Math.fround((e % 2 ? -value : value) * by));
        const [made = []] = throughLayer(normalize(1), [run], [run]).outputs;
        expect(Math.hypot(...made)).toBeCloseTo(1, 6);
      }),
    );
  });
});

it("a group of zeros stays, and sends back what it gets over 1e-12, as PyTorch's normalize", () => {
  const { outputs, gradients } = throughLayer(normalize(), [[0, 0, 3, 4]], [[1, -2, 5, 0]]);
  expect(outputs).toEqual([[0, 0, Math.fround(0.6), Math.fround(0.8)]]);
  const [[a, b, ...others] = []] = gradients;
  expect([a, b]).toEqual([Math.fround(1e12), Math.fround(-2e12)]);
  // (slope − x · (x · slope) / ‖x‖²) / ‖x‖
  expect(others).toEqual([Math.fround((5 - (3 * 15) / 25) / 5), Math.fround((0 - (4 * 15) / 25) / 5)]);
});

it("a group's NaN stays in the group", () => {
  const [made = []] = throughLayer(normalize(), [[Number.NaN, 1, 3, 4]], [[0, 0, 0, 0]]).outputs;
  expect(made.map(Number.isNaN)).toEqual([true, true, false, false]);
});
