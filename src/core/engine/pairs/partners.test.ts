import { describe, expect, it } from "vitest";
import { expectClose, expectSameGradients } from "../../../../test/support/expectations.js";
import { copyState, loadUnscaled, randomModel, randomPairs, range } from "../../../../test/support/models.js";
import { at } from "../../../../test/support/reference.js";
import type { Pairs } from "../../data/pairs.js";
import { InvalidRequest } from "../../errors.js";
import {
  convolution,
  cosine,
  flatten,
  type InputSpec,
  linear,
  matching,
  type Network,
  normalize,
  ordinal,
  outerProduct,
  relu,
  scoreDifference,
  softmax,
  squaredDistance,
} from "../../network/index.js";

const input: InputSpec = { height: 4, width: 5, channels: 2, classes: 3 };
const digits = [convolution(3, 2), relu(), flatten(), linear(3)];
const holds = (first: number, second: number) => first <= second;

/** The pairs in which image i of those given meets image i + distance. */
function met(pairs: Pairs, distances: readonly number[]): Pairs {
  const images = 2 * pairs.count;
  const size = pairs.images.length / images;
  const order = distances.flatMap((distance) =>
    range(0, images).flatMap((image) => [image, (image + distance) % images]),
  );
  const classes = Uint8Array.from(order, (image) => at(pairs.classes, image));
  return {
    ...pairs,
    count: order.length / 2,
    images: Float32Array.from(order.flatMap((image) => [...pairs.images.subarray(image * size, (image + 1) * size)])),
    classes,
    targets: Uint8Array.from(range(0, order.length / 2), (i) =>
      Number(holds(at(classes, 2 * i), at(classes, 2 * i + 1))),
    ),
  };
}

const networks: [string, Network][] = [
  ["only a head learns", { trunk: digits, head: [linear(5), relu(), linear(2)] }],
  ["digits learn beside it", { trunk: digits, head: [linear(2)], auxiliaryWeight: 0.7, pairWeight: 0.5 }],
  [
    "a learned table of beliefs",
    { trunk: digits, head: [softmax(2, 0.5), outerProduct(), linear(2)], auxiliaryWeight: 1 },
  ],
  ["an exact comparison, trained through", { trunk: digits, head: [softmax(2), ordinal()], auxiliaryWeight: 1 }],
  ["what two images have in common", { trunk: digits, head: [matching(), linear(5), relu(), linear(2)] }],
  ["a cosine", { trunk: digits, head: [cosine()] }],
  ["a squared distance", { trunk: digits, head: [normalize(), squaredDistance()] }],
  ["two scores", { trunk: [flatten(), linear(5), relu(), linear(1)], head: [scoreDifference()] }],
  ["more features than a panel", { trunk: [flatten(), linear(11)], head: [linear(2)] }],
];

describe("images that meet others of their batch", () => {
  it.each(networks)("give the loss and gradients of all those pairs: %s", (_, network) => {
    const pairs = randomPairs(input, 4, 3);
    for (const distances of [[1], [3, 5], range(1, 8)]) {
      const all = met(pairs, distances);
      const model = randomModel(network, input, { batchSize: 4, partners: 7 });
      const plain = randomModel(network, input, { batchSize: all.count }, 2);
      copyState(model, plain);
      const loss = model.gradient(loadUnscaled(model, pairs), range(0, 4), distances);
      expectClose(loss, plain.gradient(loadUnscaled(plain, all), range(0, all.count)), "loss");
      expectSameGradients(model, plain);
    }
  });

  it("are evaluated, and trained without distances, in their own pairs", () => {
    for (const [, network] of networks) {
      const pairs = randomPairs(input, 6, 4);
      const model = randomModel(network, input, { batchSize: 4, partners: 3 });
      const plain = randomModel(network, input, { batchSize: 4 }, 2);
      copyState(model, plain);
      expect(model.evaluate(loadUnscaled(model, pairs))).toEqual(plain.evaluate(loadUnscaled(plain, pairs)));
      const batch = [5, 0, 2];
      const loss = model.gradient(loadUnscaled(model, pairs), batch);
      expect(loss).toBe(plain.gradient(loadUnscaled(plain, pairs), batch));
      expectSameGradients(model, plain);
    }
  });

  it.each<[string, Network]>([
    ["no trunk", { trunk: [], head: [flatten(), linear(2)] }],
    ["separate trunks", { trunk: digits, head: [linear(2)], trunks: "separate" }],
    ["no head", { trunk: digits, head: [], auxiliaryWeight: 1 }],
    ["a head that is not trained", { trunk: digits, head: [softmax(2), ordinal()], auxiliaryWeight: 1, pairWeight: 0 }],
  ])("are refused where nothing learns from them: %s", (_, network) => {
    expect(() => randomModel(network, input, { partners: 2 })).toThrow(
      new InvalidRequest("partners need a trunk that both images share, and a head that is trained"),
    );
  });
});
