import { describe, expect, test } from "vitest";
import { expectAllClose } from "../../../test/support/expectations.js";
import { randomModel, randomPairs, tensorsOf } from "../../../test/support/models.js";
import { at, reference } from "../../../test/support/reference.js";
import type { Pairs } from "../data/index.js";
import {
  convolution,
  flatten,
  type InputSpec,
  type Layer,
  linear,
  maxPool,
  type Network,
  ordinal,
  relu,
  softmax,
} from "../network/index.js";
import { idealDecisions } from "./ideal-decisions.js";

const CLASSES = 4;
const spec: InputSpec = { height: 6, width: 4, channels: 1, classes: CLASSES };
const pairs = randomPairs(spec, 40);
const unscaled = { mean: 0, deviation: 1 };
const trunk: Layer[] = [convolution(3, 3), maxPool(2), relu(), flatten(), linear(CLASSES)];
const head = [linear(6), relu(), linear(2)];

/** The mean of some of the images' vectors. */
function mean(vectors: readonly Float64Array[]): number[] {
  return Array.from(at(vectors, 0), (_, k) => vectors.reduce((sum, vector) => sum + at(vector, k), 0) / vectors.length);
}

/** Each class's mean over those of its images that `wanted` takes. */
const means = (vectors: readonly Float64Array[], wanted: (image: number) => boolean): number[][] =>
  Array.from({ length: CLASSES }, (_, digit) =>
    mean(vectors.filter((_, image) => wanted(image) && pairs.classes[image] === digit)),
  );

/** P(the relation holds) by the head for vectors side by side, in double precision. */
function byHead(model: ReturnType<typeof randomModel>, firsts: number[][], seconds: number[][]): number[] {
  const images = firsts.flatMap((first) => seconds.flatMap((second) => [...first, ...second]));
  const count = CLASSES ** 2;
  const seen: Pairs = {
    ...{ count, height: 1, width: 1, channels: at(firsts, 0).length, classCount: CLASSES },
    ...{ images: Float32Array.from(images), classes: new Uint8Array(2 * count), targets: new Uint8Array(count) },
  };
  const alone = { ...model.network, trunks: [], hasDigits: false, auxiliaryWeight: 0 };
  const { answers = [] } = reference(alone, tensorsOf(model), seen, false);
  return answers.map((logits) => 1 / (1 + Math.exp(at(logits, 0) - at(logits, 1))));
}

describe("the head decides on the means of what it sees, as the definition does", () => {
  test.each<[string, Network]>([
    ["digit logits", { trunk, head, auxiliaryWeight: 1 }],
    ["features that are not digits", { trunk: [...trunk, relu(), linear(7)], head }],
    ["beliefs", { trunk, head: [softmax(2), ordinal()], auxiliaryWeight: 1 }],
    ["separate trunks", { trunk, head, trunks: "separate" }],
  ])("%s", (_, network) => {
    const model = randomModel(network, spec, { batchSize: 7 });
    const { layers } = reference(model.network, tensorsOf(model), pairs, false);
    const last = network.trunk.length - 1;
    const every = (part: string) => layers.get(`${part}.${last}`) ?? [];
    const separate = network.trunks === "separate";
    const vectors = separate
      ? every("first").flatMap((first, pair) => [first, at(every("second"), pair)])
      : every("trunk");
    const firsts = means(vectors, (image) => !separate || image % 2 === 0);
    const seconds = means(vectors, (image) => !separate || image % 2 === 1);
    const expected = byHead(model, firsts, seconds);
    const { probabilities, holds } = idealDecisions({ model, scale: unscaled }, pairs);
    expectAllClose(probabilities, expected, "probabilities", 1);
    expect([...holds]).toEqual(expected.map((probability) => Number(probability > 0.5)));
  });

  test("mean images, where there is nothing but a head", () => {
    const model = randomModel({ trunk: [], head: [flatten(), linear(9), relu(), linear(2)] }, spec, { batchSize: 7 });
    const pixels = Array.from({ length: 80 }, (_, image) =>
      Float64Array.from(pairs.images.subarray(24 * image, 24 * (image + 1))),
    );
    const ideal = means(pixels, () => true);
    const { probabilities } = idealDecisions({ model, scale: unscaled }, pairs);
    expectAllClose(probabilities, byHead(model, ideal, ideal), "probabilities", 1);
  });
});

describe("digits that are distinguished are compared rightly", () => {
  /** Images of 2×2 pixels, of which the one of the class is bright. */
  const bright: Pairs = {
    ...{ count: 8, height: 2, width: 2, channels: 1, classCount: CLASSES },
    classes: Uint8Array.from({ length: 16 }, (_, image) => (image + (image >> 2)) % CLASSES),
    images: Float32Array.from({ length: 64 }, (_, at) => (((at >> 2) + (at >> 4)) % CLASSES === at % 4 ? 255 : 0)),
    targets: new Uint8Array(8),
  };
  const lessOrEqual = Array.from({ length: 16 }, (_, cell) => Number(Math.floor(cell / 4) <= cell % 4));

  test.each<[string, Partial<Network>]>([
    ["by the rule", {}],
    ["by an exact comparison", { head: [softmax(2), ordinal()], pairWeight: 0 }],
    ["of separate trunks", { trunks: "separate" }],
    ["of an ensemble", { members: 2 }],
  ])("%s", (_, more) => {
    const network: Network = { trunk: [flatten(), linear(CLASSES)], head: [], auxiliaryWeight: 1, ...more };
    const model = randomModel(network, { height: 2, width: 2, channels: 1, classes: CLASSES });
    // 20 for the pixel of the class.
    for (const tensor of model.state())
      tensor.write(
        model.kernels,
        tensor.read(model.kernels).map((_, at, all) => (all.length === 16 && at % 5 === 0 ? 20 : 0)),
      );
    const { classCount, probabilities, holds } = idealDecisions({ model, scale: { mean: 0, deviation: 255 } }, bright);
    expect(classCount).toBe(CLASSES);
    expect([...holds]).toEqual(lessOrEqual);
    expectAllClose(probabilities, lessOrEqual, "probabilities", 1);
  });
});

test.each([
  ["shared", "no image is of class 3: ideal images need at least one image of each class"],
  ["separate", "no first image is of class 3"],
] as const)("a class without an image is refused: %s trunks", (trunks, message) => {
  const model = randomModel({ trunk, head, trunks }, spec);
  // Second images of separate trunks have all classes.
  const classes = pairs.classes.map((digit, image) =>
    digit === 3 && (trunks === "shared" || image % 2 === 0) ? 0 : digit,
  );
  expect(() => idealDecisions({ model, scale: unscaled }, { ...pairs, classes })).toThrow(message);
});
