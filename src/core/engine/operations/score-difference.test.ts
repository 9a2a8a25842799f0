import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { throughLayer } from "../../../../test/support/layers.js";
import { randomModel, randomPairs } from "../../../../test/support/models.js";
import {
  convolution,
  flatten,
  globalAveragePool,
  type InputSpec,
  type Layer,
  linear,
  relu,
  scoreDifference,
} from "../../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 2, classes: 3 };

describe("two scores become the logits 0 and second − first", () => {
  it.each<[string, Layer[], Layer[]]>([
    ["of a shared trunk", [flatten(), linear(3), relu(), linear(1)], [scoreDifference()]],
    ["of a map's mean", [convolution(1, 3), globalAveragePool()], [scoreDifference()]],
    ["of what layers make of both", [flatten(), linear(3)], [linear(2), scoreDifference()]],
    ["before more layers", [flatten(), linear(1)], [scoreDifference(), linear(3), relu(), linear(2)]],
  ])("%s", (_, trunk, head) => {
    expectReference(randomModel({ trunk, head }, images), randomPairs(images, 4));
    expectReference(randomModel({ trunk, head, trunks: "separate" }, images), randomPairs(images, 3));
  });
});

it("swapping the two images negates the logit to the last bit", () => {
  const score = fc.float({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(score, score, (s, t) => {
      const { outputs, gradients } = throughLayer(
        scoreDifference(),
        [
          [s, t],
          [t, s],
        ],
        [
          [7, 2],
          [7, 2],
        ],
      );
      expect(outputs.map(([first]) => first)).toEqual([0, 0]);
      expect(outputs[1]?.[1]).toBe(0 - (outputs[0]?.[1] as number));
      expect(gradients).toEqual([
        [-2, 2],
        [-2, 2],
      ]);
    }),
  );
});

it("the bias of a shared trunk's last layer, which both scores have, is never moved", () => {
  const model = randomModel({ trunk: [flatten(), linear(1)], head: [scoreDifference()] }, images);
  const loaded = model.load(randomPairs(images, 4), { mean: 0, deviation: 1 });
  model.gradient(loaded, [0, 1, 2, 3]);
  const bias = model.state().find(({ name }) => name === "trunk.1.bias");
  expect(bias?.read(model.kernels, "gradients")).toEqual(Float32Array.of(0));
});
