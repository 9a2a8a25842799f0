import { describe, expect, it } from "vitest";
import { expectClose } from "../../../../test/support/expectations.js";
import { randomModel, randomPairs, range, tensorOf, tensorsOf, uniform } from "../../../../test/support/models.js";
import { at, reference } from "../../../../test/support/reference.js";
import type { Pairs } from "../../data/pairs.js";
import { InvalidRequest } from "../../errors.js";
import {
  batchNorm,
  convolution,
  cosine,
  flatten,
  type InputSpec,
  linear,
  matching,
  maxPool,
  type Network,
  ordinal,
  relu,
  softmax,
} from "../../network/index.js";
import { placeNetwork } from "../../network/place-network.js";

const images: InputSpec = { height: 12, width: 10, channels: 2, classes: 4 };
const scale = { mean: 3, deviation: 2 };
const COUNT = 11;

/** Pairs of images most of whose pixels are 0, up to the border. */
function sparsePairs(): Pairs {
  const next = uniform(5);
  const pairs = randomPairs(images, COUNT);
  return { ...pairs, images: pairs.images.map(() => (next() < 0.15 ? Math.ceil(9 * next()) : 0)) };
}

/** The pairs as a network sees them, every image moved; zeros move in before scaling. */
function moved(pairs: Pairs, down: number, right: number): Pairs {
  const { height, width } = pairs;
  const pixel = (i: number) => {
    const [map, row, column] = [Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width];
    const [y, x] = [row - down, column - right];
    const inside = y >= 0 && y < height && x >= 0 && x < width;
    return ((inside ? at(pairs.images, (map * height + y) * width + x) : 0) - scale.mean) / scale.deviation;
  };
  return { ...pairs, images: pairs.images.map((_, i) => pixel(i)) };
}

/** Loss and answers by the definition: a network of the same head that sees the viewed logits as its images. */
function byDefinition(network: Network, model: ReturnType<typeof randomModel>, pairs: Pairs) {
  const tensors = tensorsOf(model);
  const views: [number, number, number][] = [
    [0, 0, 1],
    [-1, 0, 0.5],
    [1, 0, 0.5],
    [0, -1, 0.5],
    [0, 1, 0.5],
  ];
  const seen = views.map(([down, right, weight]) => {
    const { digits = [] } = reference(model.network, tensors, moved(pairs, down, right), false);
    return digits.map((logits) => logits.map((logit) => (weight / 3) * logit));
  });
  const logits = at(seen, 0).map((_, image) =>
    Float64Array.from({ length: 4 }, (_, c) => seen.reduce((sum, view) => sum + at(at(view, image), c), 0)),
  );
  const { head, auxiliaryWeight = 0, pairWeight } = network;
  const shape = { height: 1, width: 4, channels: 1 };
  const decider: Network = {
    trunk: [flatten()],
    head,
    auxiliaryWeight,
    ...(pairWeight !== undefined && { pairWeight }),
  };
  const asImages = { ...pairs, ...shape, images: Float32Array.from(logits.flatMap((row) => [...row])) };
  return { ...reference(placeNetwork(decider, { ...shape, classes: 4 }), tensors, asImages, false), logits };
}

const likeliest = (logits: Float64Array) => logits.indexOf(Math.max(...logits));

const first = [convolution(5, 3), maxPool(2), relu(), flatten(), linear(4)];
const networks: [string, Network][] = [
  ["the rule", { trunk: first, head: [], auxiliaryWeight: 0.5 }],
  ["a head", { trunk: first, head: [linear(5), relu(), linear(2)], auxiliaryWeight: 0.5 }],
  ["a head that compares", { trunk: first, head: [softmax(2), ordinal()], auxiliaryWeight: 1, pairWeight: 0 }],
  ["a head that matches", { trunk: first, head: [softmax(2), matching(), linear(2)], auxiliaryWeight: 0.5 }],
  ["a head that measures", { trunk: first, head: [cosine()] }],
  ["a head without the digits' loss", { trunk: first, head: [linear(2)] }],
  ["separate trunks", { trunk: first, head: [linear(2)], auxiliaryWeight: 0.5, trunks: "separate" }],
  ["flattened images", { trunk: [flatten(), linear(70), relu(), linear(4)], head: [], auxiliaryWeight: 1 }],
  [
    "batch norm on padded channels",
    { trunk: [batchNorm(), convolution(8, 3), batchNorm(), relu(), flatten(), linear(4)], head: [linear(2)] },
  ],
];

describe("an image and its four shifts are looked at, and one decision is made of them", () => {
  const pairs = sparsePairs();
  it.each(networks)("by %s", (_, network) => {
    const model = randomModel(network, images, { views: "shifts", batchSize: 4 });
    const actual = model.evaluate(model.load(pairs, scale));
    const { loss, answers, logits } = byDefinition(network, model, pairs);
    expectClose(actual.loss, loss, "loss");
    const decisions = range(0, COUNT).map((i) =>
      answers ? likeliest(at(answers, i)) : Number(likeliest(at(logits, 2 * i)) <= likeliest(at(logits, 2 * i + 1))),
    );
    expect(actual.errors).toBe(decisions.filter((decision, i) => decision !== pairs.targets[i]).length);
    const once = randomModel(network, images, { batchSize: 4 });
    expect(once.evaluate(once.load(pairs, scale)).loss).not.toBe(actual.loss);
  });

  it.each(networks)("and training knows nothing of it: %s", (_, network) => {
    const [model, other] = [{ views: "shifts" } as const, {}].map((options) => randomModel(network, images, options));
    if (!model || !other) throw new Error("two models");
    const loaded = model.load(pairs, scale);
    model.evaluate(loaded);
    expect(model.gradient(loaded, range(0, 4))).toBe(other.gradient(other.load(pairs, scale), range(0, 4)));
    for (const { name } of model.tensors.parameters)
      expect(tensorOf(model, name, "gradients")).toEqual(tensorOf(other, name, "gradients"));
  });
});

describe("views are refused", () => {
  const trunk = [flatten(), linear(5)];
  it.each<[string, Network, string, string]>([
    [
      "without digits",
      { trunk, head: [linear(2)] },
      "shifts",
      "views are averaged over class logits: they need a trunk that ends in one for each class",
    ],
    [
      "without a trunk",
      { trunk: [], head: [flatten(), linear(2)] },
      "shifts",
      "views are averaged over class logits: they need a trunk that ends in one for each class",
    ],
    ["of an unknown kind", { trunk, head: [linear(2)] }, "turns", 'views must be "shifts" or absent, not "turns"'],
  ])("%s", (_, network, views, message) => {
    const make = () => randomModel(network, images, { views: views as "shifts" });
    expect(make).toThrow(InvalidRequest);
    expect(make).toThrow(new RegExp(`^${message}$`));
  });
});
