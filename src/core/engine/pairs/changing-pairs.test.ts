import { describe, expect, it } from "vitest";
import { copyState, randomModel, range, tensorOf, uniform } from "../../../../test/support/models.js";
import { at } from "../../../../test/support/reference.js";
import { architectures, trunkArchitecture } from "../../architectures/index.js";
import { type Augmentation, lessOrEqual, type Pairs } from "../../data/index.js";
import { convolution, DIGIT_PAIRS, flatten, type InputSpec, linear, type Network, relu } from "../../network/index.js";
import type { Model } from "../model.js";

const SCALE = { mean: 33.25, deviation: 78.5 };

/** Pairs of blobs on a background of 0, the given part of pixels, whose targets are the relation's. */
function blobs(input: InputSpec, count: number, part: number, seed = 1): Pairs {
  const next = uniform(seed);
  const { height, width, channels, classes: classCount } = input;
  const images = new Float32Array(count * 2 * channels * height * width).map(() =>
    next() < part ? Math.round(1020 * next()) / 4 : 0,
  );
  const classes = new Uint8Array(2 * count).map(() => Math.floor(next() * classCount));
  const targets = Uint8Array.from({ length: count }, (_, i) =>
    Number(lessOrEqual.holds(at(classes, 2 * i), at(classes, 2 * i + 1))),
  );
  return { count, height, width, channels, classCount, images, classes, targets };
}

/** ‖a − b‖ / ‖b‖ over every gradient. */
function gradientDistance(model: Model, other: Model): number {
  let [squares, norm] = [0, 0];
  for (const { name } of model.tensors.parameters) {
    const expected = tensorOf(other, name, "gradients");
    tensorOf(model, name, "gradients").forEach((gradient, i) => {
      squares += (gradient - at(expected, i)) ** 2;
      norm += at(expected, i) ** 2;
    });
  }
  return Math.sqrt(squares / norm);
}

/** Augmentations that leave every pixel as it is: without a warp, with one by nothing, and with noise below rounding. */
const nothings: [string, Augmentation][] = [
  ["no augmentation", {}],
  ["a warp that moves nothing", { shift: 1e-30 }],
  ["every step, by nothing", { rotation: 1e-30, elastic: 1e-30, thickness: 1e-30, noise: 1e-30 }],
];

const separate = trunkArchitecture({ auxiliary: true, batchNorm: true, dropout: true });
const colours: Network = {
  trunk: [convolution(3, 2), relu(), flatten(), linear(10)],
  head: [linear(2)],
  auxiliaryWeight: 1,
};

describe.each(nothings)(
  "pairs that change by %s give the losses and gradients of pairs that stay",
  (_, augmentation) => {
    const spec = (channels: number): InputSpec => ({ ...DIGIT_PAIRS, channels });
    const cases: [string, Network, InputSpec, number][] = [...architectures, separate].flatMap((architecture) => [
      [`${architecture.name}, mostly background`, architecture, DIGIT_PAIRS, 0.2] as const,
      [`${architecture.name}, no background`, architecture, DIGIT_PAIRS, 1] as const,
    ]);
    cases.push(["three channels of 5×7", colours, { ...spec(3), height: 5, width: 7 }, 0.3]);
    cases.push([
      "three channels of 5×7, no trunk",
      { trunk: [], head: [flatten(), linear(2)] },
      { ...spec(3), height: 5, width: 7 },
      0.3,
    ]);
    cases.push([
      "two channels, no trunk",
      { trunk: [], head: [relu(), flatten(), linear(2)] },
      { ...spec(2), height: 3, width: 9 },
      0.3,
    ]);

    it.each(cases)("%s", (_, network, input, part) => {
      const pairs = blobs(input, 9, part);
      const [model, other] = [randomModel(network, input), randomModel(network, input)];
      copyState(other, model);
      const changing = model.loadChanging(pairs, SCALE, { augmentation, seed: 1 });
      const staying = other.load(pairs, SCALE);
      for (const batch of [range(0, 4), [8, 2, 2, 5], [7]]) {
        const [loss, expected] = [model.gradient(changing, batch), other.gradient(staying, batch)];
        expect(Math.abs(loss / expected - 1)).toBeLessThan(1e-6);
        expect(gradientDistance(model, other)).toBeLessThan(1e-5);
      }
    });
  },
);

describe("pairs that are arranged anew are those pairs, their targets by the relation", () => {
  it.each<[string, Network]>([
    ["a shared trunk", { ...colours, trunks: "shared" }],
    ["separate trunks", { ...colours, trunks: "separate" }],
    ["no trunk", { trunk: [], head: [flatten(), linear(2)] }],
  ])("with %s", (_, network) => {
    const input = { height: 5, width: 7, channels: 3, classes: 10 };
    const pairs = blobs(input, 5, 0.4);
    const arrangement = Uint32Array.of(9, 0, 2, 1, 3, 3, 8, 4, 5, 7);
    const size = 3 * 5 * 7;
    const classes = Uint8Array.from(arrangement, (image) => at(pairs.classes, image));
    const arranged: Pairs = {
      ...pairs,
      images: Float32Array.from([...arrangement].flatMap((i) => [...pairs.images.subarray(i * size, (i + 1) * size)])),
      classes,
      targets: Uint8Array.from({ length: 5 }, (_, i) => Number(at(classes, 2 * i) <= at(classes, 2 * i + 1))),
    };
    const [model, other] = [randomModel(network, input), randomModel(network, input)];
    copyState(other, model);
    const changing = model.loadChanging(pairs, SCALE, { seed: 1 });
    changing.arrangement = arrangement;
    const loss = model.gradient(changing, [4, 0, 2, 3]);
    expect(Math.abs(loss / other.gradient(other.load(arranged, SCALE), [4, 0, 2, 3]) - 1)).toBeLessThan(1e-6);
    expect(gradientDistance(model, other)).toBeLessThan(1e-5);
  });
});
