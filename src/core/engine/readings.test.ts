import { describe, expect, it } from "vitest";
import { expectAllClose } from "../../../test/support/expectations.js";
import { loadUnscaled, randomModel, randomPairs, tensorsOf } from "../../../test/support/models.js";
import { at, reference } from "../../../test/support/reference.js";
import {
  absoluteDifference,
  averagePool,
  batchNorm,
  convolution,
  cosine,
  flatten,
  globalAveragePool,
  type InputSpec,
  type Layer,
  linear,
  matching,
  maxPool,
  type Network,
  normalize,
  ordinal,
  outerProduct,
  relu,
  residual,
  scoreDifference,
  softmax,
  squaredDistance,
} from "../network/index.js";
import type { Model } from "./model.js";
import { PassingPairs } from "./pairs/passing-pairs.js";
import type { LayerActivations } from "./readings.js";

const images: InputSpec = { height: 6, width: 4, channels: 2, classes: 4 };
const block = [convolution(3, 3), batchNorm(), maxPool(2), relu(), flatten(), linear(4)];
const twice: Layer[] = [convolution(3, 3, { padding: 1 }), batchNorm(), relu(), convolution(3, 3, { padding: 1 })];
const head = [linear(6), relu(), linear(2)];
const compared = [softmax(2, 0.5), ordinal()];

const networks: [string, Network][] = [
  ["a trunk and a head", { trunk: block, head, auxiliaryWeight: 1 }],
  ["separate trunks", { trunk: block, head, trunks: "separate" }],
  ["the rule", { trunk: block, head: [], auxiliaryWeight: 1 }],
  ["only a head", { trunk: [], head: [convolution(5, 3, { stride: 2 }), averagePool(1), flatten(), linear(2)] }],
  ["only a head that begins flat", { trunk: [], head: [flatten(), linear(70), relu(), linear(2)] }],
  ["members", { trunk: block, head: compared, auxiliaryWeight: 1, pairWeight: 0, members: 3 }],
  [
    "residual layers",
    {
      trunk: [
        convolution(3, 3),
        residual(twice),
        residual([convolution(5, 1)], [convolution(5, 1)]),
        globalAveragePool(),
      ],
      head: [linear(2)],
    },
  ],
  ["a residual layer that sees the images", { trunk: [residual([convolution(2, 1)]), flatten(), linear(4)], head }],
  ["what two images have in common", { trunk: [...block, normalize(1)], head: [matching(), linear(2)] }],
  ["a cosine", { trunk: block, head: [cosine()] }],
  ["a distance", { trunk: block, head: [normalize(), squaredDistance()] }],
  ["two scores", { trunk: [...block, linear(1)], head: [scoreDifference()] }],
  ["differences of the images", { trunk: [], head: [flatten(), absoluteDifference(), linear(2)] }],
  ["a comparison that is learned", { trunk: block, head: [softmax(2), outerProduct(), linear(2)], auxiliaryWeight: 1 }],
];

/** Layers, each followed by those within it. */
const all = (layers: readonly LayerActivations[]): LayerActivations[] =>
  layers.flatMap((layer) => [layer, ...all(layer.body ?? []), ...all(layer.shortcut ?? [])]);

describe.each(networks)("of %s", (_, network) => {
  const pairs = randomPairs(images, 5);
  // More than a batch, and a last one that is not full.
  const of = (fuse: boolean): Model => randomModel(network, images, { fuse, batchSize: 2 });
  const unfused = of(false);
  const expected = reference(unfused.network, tensorsOf(unfused), pairs, false);
  const separate = network.trunks === "separate";

  it.each([true, false])("outputs agree with the definition, layers fused: %s", (fuse) => {
    const model = of(fuse);
    for (const seen of [loadUnscaled(model, pairs), new PassingPairs(pairs, { mean: 0, deviation: 1 })]) {
      const { features, answers } = model.outputs(seen);
      expect(answers !== undefined).toBe(network.head.length > 0);
      if (answers)
        expectAllClose(
          answers,
          (expected.answers ?? []).flatMap((logits) => [...logits]),
          "answers",
        );
      if (network.trunk.length === 0) expect(features).toBeUndefined();
      if (expected.digits && features)
        expectAllClose(
          features,
          expected.digits.flatMap((logits) => [...logits]),
          "features",
        );
    }
  });

  it("what every layer makes of a pair agrees with the definition", () => {
    for (let pair = 0; pair < pairs.count; pair++) {
      const { images: sides, head: seenByHead } = unfused.inside(loadUnscaled(unfused, pairs), pair);
      const names = new Set<string>();
      const expectLayers = (layers: readonly LayerActivations[], example: number) => {
        for (const { name, values, shape } of all(layers)) {
          names.add(name);
          expect(values.length).toBe(shape.channels * shape.height * shape.width);
          expectAllClose(values, at(expected.layers.get(name) ?? [], example), name);
        }
      };
      sides.forEach((parts, side) => {
        expect(parts.length).toBe(network.trunk.length === 0 ? 0 : (network.members ?? 1));
        for (const { layers } of parts) expectLayers(layers, separate ? pair : 2 * pair + side);
      });
      if (seenByHead) expectLayers(seenByHead.layers, pair);
      expect([...names].sort()).toEqual([...expected.layers.keys()].sort());
    }
  });

  it("the parts are named, and say what they saw", () => {
    const { images: sides, head: seenByHead, outputs } = unfused.inside(loadUnscaled(unfused, pairs), 3);
    const size = images.channels * images.height * images.width;
    const pixels = (side: number) => pairs.images.slice((6 + side) * size, (7 + side) * size);
    const members = Array.from({ length: network.members ?? 1 }, (_, member) =>
      network.members ? `members.${member}` : "trunk",
    );
    sides.forEach((parts, side) => {
      const due = separate ? [side === 0 ? "first" : "second"] : members;
      expect(parts.map(({ name }) => name)).toEqual(network.trunk.length > 0 ? due : []);
      for (const { input, inputShape } of parts) {
        expect(inputShape).toEqual({ height: 6, width: 4, channels: 2 });
        expect(input).toEqual(pixels(side));
      }
    });
    if (!seenByHead) return;
    expect(seenByHead.name).toBe("head");
    expect(seenByHead.input).toEqual(outputs.features ?? Float32Array.from([...pixels(0), ...pixels(1)]));
  });
});

describe("pairs that pass", () => {
  /** Mostly 0, so that the shortcuts past an image's background are taken. */
  const raw = randomPairs(images, 9);
  const sparse = { ...raw, images: raw.images.map((value) => (value < 1 ? 0 : 100 * value)) };
  const scale = { mean: 20, deviation: 50 };

  it.each([
    ...networks.map(([name, network]) => [name, network, {}] as const),
    ["views", networks[0]?.[1] as Network, { views: "shifts" }] as const,
    [
      "views of separate trunks",
      { ...(networks[0]?.[1] as Network), trunks: "separate" },
      { views: "shifts" },
    ] as const,
    ["partners", networks[0]?.[1] as Network, { partners: 3 }] as const,
  ])("evaluate to the last bit as loaded ones do: %s", (_, network, options) => {
    const model = randomModel(network, images, options);
    const passing = new PassingPairs(sparse, scale);
    const loaded = model.load(sparse, scale);
    expect(model.evaluate(passing)).toEqual(model.evaluate(loaded));
    expect(model.outputs(passing)).toEqual(model.outputs(loaded));
  });

  it("take no memory", () => {
    const model = randomModel(networks[0]?.[1] as Network, images, {});
    model.outputs(new PassingPairs(sparse, scale));
    const free = model.kernels.allocate(0);
    for (let time = 0; time < 3; time++) model.outputs(new PassingPairs(sparse, scale));
    expect(model.kernels.allocate(0)).toBe(free);
  });
});

describe("a head answers to features", () => {
  it.each([
    ["of images as to the images", {}],
    ["that it sees beside those of partners", { partners: 3 }],
  ] as const)("%s", (_, options) => {
    for (const [, network] of networks) {
      if (network.trunk.length === 0 || network.head.length === 0) continue;
      if ("partners" in options && (network.trunks === "separate" || network.members)) continue;
      const model = randomModel(network, images, options);
      const { features = new Float32Array(), answers } = model.outputs(
        new PassingPairs(randomPairs(images, 9), { mean: 0, deviation: 1 }),
      );
      expect(model.answersTo(features)).toEqual(answers);
    }
  });

  it("where there are both", () => {
    expect(() => randomModel(networks[2]?.[1] as Network, images).answersTo(new Float32Array(8))).toThrow(
      "only a head behind a trunk answers features: this network has none",
    );
    expect(() => randomModel(networks[0]?.[1] as Network, images).answersTo(new Float32Array(12))).toThrow(
      "the head sees 8 features of a pair: 12 is not a multiple of that",
    );
  });
});

it("a model whose layers are fused cannot be read", () => {
  const model = randomModel(networks[0]?.[1] as Network, images);
  expect(() => model.inside(loadUnscaled(model, randomPairs(images, 1)), 0)).toThrow("make it with fuse: false");
});
