import { beforeAll, describe, expect, test } from "vitest";
import { digits, learnedALittle } from "../../../test/support/digits.js";
import { newKernels } from "../../../test/support/kernels.js";
import { tensorsOf } from "../../../test/support/models.js";
import { at, reference } from "../../../test/support/reference.js";
import { type Pairs, samplePairSet } from "../data/index.js";
import type { LayerActivations } from "../engine/readings.js";
import type { Shape } from "../network/index.js";
import { withNested } from "../network/kinds.js";
import { type FinishedRun, type SettingOverrides, trainedNetwork } from "../training/index.js";
import { convolutionArithmetic } from "./convolution-arithmetic.js";
import { type Decisions, decisions } from "./decisions.js";
import { digitConfusion, errorsByDigits } from "./digit-errors.js";
import { idealDecisions } from "./ideal-decisions.js";
import { Inspector } from "./inspector.js";
import { layerWeights } from "./layer-weights.js";
import { mistakes } from "./mistakes.js";

const networks: [string, SettingOverrides][] = [
  ["mlp", {}],
  ["weight-sharing-auxiliary", {}],
  ["one-by-one", {}],
  ["best-learned", { epochs: 1 }],
  ["trunk+auxiliary", {}],
  ["resnet", {}],
  ["matching", {}],
  ["ranking", {}],
  ["one-by-one", { members: 2 }],
  ["best", { epochs: 1, members: 2 }],
];

const softmax = (logits: Float64Array): number[] => {
  const powers = Array.from(logits, Math.exp);
  const sum = powers.reduce((total, power) => total + power);
  return powers.map((power) => power / sum);
};

/** A few of the pairs. */
const some = (pairs: Pairs, count: number): Pairs => ({
  ...pairs,
  count,
  images: pairs.images.subarray(0, count * 2 * 196),
  classes: pairs.classes.subarray(0, 2 * count),
  targets: pairs.targets.subarray(0, count),
});

const imageOf = ({ images }: Pairs, pair: number, side: number): Float32Array =>
  images.subarray((2 * pair + side) * 196, (2 * pair + side + 1) * 196);

describe.each(networks)("%s %o", (name, settings) => {
  let run: FinishedRun;
  let pairs: Pairs;
  let training: Pairs;
  let all: Decisions;

  beforeAll(async () => {
    const counts = { trainPairs: 300, testPairs: 100 };
    run = await learnedALittle(name, { ...settings, ...counts });
    const set = samplePairSet(await digits(), 1, counts);
    pairs = set.test;
    training = set.train;
    all = decisions(trainedNetwork(run, newKernels()), pairs);
  });

  test("is wrong of real pairs as often as the run was, and tells of which", () => {
    const network = trainedNetwork(run, newKernels());
    const { errors } = network.model.evaluate(network.model.load(pairs, network.scale));
    expect(errors / 100).toBe(run.record.testError);
    const wrong = mistakes(all, pairs);
    expect(wrong.length).toBe(errors);
    const { pairs: seen, wrong: byDigits } = errorsByDigits(all, pairs);
    const total = (counts: Uint32Array) => counts.reduce((sum, count) => sum + count, 0);
    expect([total(seen), total(byDigits)]).toEqual([100, errors]);
    const learns = run.record.config.network.auxiliaryWeight > 0;
    expect(all.digits !== undefined).toBe(learns);
    const confusion = digitConfusion(all, pairs);
    expect(confusion && total(confusion)).toBe(learns ? 200 : undefined);
  });

  test("decides each pair alone as it decides all of them, with layers read and without", () => {
    const inspector = new Inspector(run, newKernels());
    for (let pair = 0; pair < 10; pair++) {
      const [first, second] = [imageOf(pairs, pair, 0), imageOf(pairs, pair, 1)];
      const decided = inspector.decide(first, second);
      const inspected = inspector.inspect(first, second);
      for (const { probability, holds, beliefs } of [decided, inspected]) {
        expect(Math.abs(probability - at(all.probabilities, pair))).toBeLessThan(1e-4);
        expect(Number(holds)).toBe(all.holds[pair]);
        const likeliest = beliefs?.map((belief) => belief.indexOf(Math.max(...belief)));
        if (all.digits) expect(likeliest).toEqual([...all.digits.subarray(2 * pair, 2 * pair + 2)]);
        else expect(beliefs).toBeUndefined();
      }
    }
  });

  test("what is looked into can be posted to another thread, and stays as it is when the next pair comes", () => {
    const inspector = new Inspector(run, newKernels());
    const inspected = inspector.inspect(imageOf(pairs, 0, 0), imageOf(pairs, 0, 1));
    const copy = structuredClone(inspected);
    inspector.inspect(imageOf(pairs, 1, 0), imageOf(pairs, 1, 1));
    expect(inspected).toEqual(copy);
  });

  test("ideal digits are decided in a table of probabilities", () => {
    const network = trainedNetwork(run, newKernels());
    const { classCount, probabilities, holds } = idealDecisions(network, training);
    expect([classCount, probabilities.length, holds.length]).toEqual([10, 100, 100]);
    expect(probabilities.every((probability) => probability >= 0 && probability <= 1)).toBe(true);
  });
});

describe("by the definition in double precision", () => {
  test.each(["weight-sharing-auxiliary", "one-by-one", "mlp", "trunk+auxiliary"])("%s", async (name) => {
    const run = await learnedALittle(name);
    const pairs = some(samplePairSet(await digits(), 1).test, 5);
    const { model, scale } = trainedNetwork(run, newKernels());
    const scaled = { ...pairs, images: pairs.images.map((pixel) => (pixel - scale.mean) / scale.deviation) };
    const expected = reference(model.network, tensorsOf(model), scaled, false);
    const inspector = new Inspector(run, newKernels());
    for (let pair = 0; pair < 5; pair++) {
      const { probability, holds, beliefs } = inspector.inspect(imageOf(pairs, pair, 0), imageOf(pairs, pair, 1));
      const [p, q] = [0, 1].map((side) => expected.digits && softmax(at(expected.digits, 2 * pair + side)));
      const answer = expected.answers && softmax(at(expected.answers, pair));
      for (const [side, belief] of (beliefs ?? []).entries())
        for (const [digit, value] of belief.entries()) expect(value).toBeCloseTo(at([p, q][side] ?? [], digit), 4);
      let sum = 0;
      for (const [i, first] of (p ?? []).entries())
        for (const [j, second] of (q ?? []).entries()) if (i <= j) sum += first * second;
      expect(probability).toBeCloseTo(answer ? at(answer, 1) : sum, 4);
      const winner = (of: number[] = []) => of.indexOf(Math.max(...of));
      expect(holds).toBe(answer ? at(answer, 1) > at(answer, 0) : winner(p) <= winner(q));
    }
  });
});

describe("a unit of a convolution is the sum of its terms", () => {
  test.each([
    ["weight-sharing-auxiliary", {}],
    ["simple-cnn", {}],
    ["resnet-sharing", { epochs: 1 }],
  ])("%s", async (architecture, settings) => {
    const run = await learnedALittle(architecture, settings);
    const weights = layerWeights({ name: "weights", bytes: run.weights });
    const { test: pairs } = samplePairSet(await digits(), 1);
    const { images, head } = new Inspector(run, newKernels()).inspect(imageOf(pairs, 0, 0), imageOf(pairs, 0, 1));
    const seenIn = new Set<string>();
    const follow = (layers: readonly LayerActivations[], start: Float32Array, startShape: Shape) => {
      let [seen, shape] = [start, startShape];
      for (const { name, layer, values, shape: output, body = [], shortcut = [] } of layers) {
        follow(body, seen, shape);
        follow(shortcut, seen, shape);
        if (layer.kind === "convolution") {
          const { weight, bias } = weights[name] ?? {};
          if (!weight || !bias) throw new Error(`no weights of ${name}`);
          for (let unit = 0; unit < values.length; unit += 37) {
            const place = {
              channel: Math.floor(unit / (output.height * output.width)),
              row: Math.floor(unit / output.width) % output.height,
              column: unit % output.width,
            };
            const { sum } = convolutionArithmetic(seen, shape, weight.data, bias.data, layer, place);
            expect(Math.abs(sum - at(values, unit))).toBeLessThan(1e-4);
          }
          seenIn.add(name);
        }
        [seen, shape] = [values, output];
      }
    };
    for (const { layers, input, inputShape } of [...images.flat(), ...(head ? [head] : [])])
      follow(layers, input, inputShape);
    const convolutions = withNested([...run.record.config.network.trunk, ...run.record.config.network.head]);
    expect(seenIn.size).toBe(convolutions.filter(({ kind }) => kind === "convolution").length);
  });
});

test("an image of another size is refused", async () => {
  const inspector = new Inspector(await learnedALittle("mlp"), newKernels());
  expect(() => inspector.decide(new Float32Array(784), new Float32Array(196))).toThrow(
    "an image has 1×14×14 = 196 pixels, not 784",
  );
  expect(() => inspector.inspect(new Float32Array(196), new Float32Array(0))).toThrow("196 pixels, not 0");
});
