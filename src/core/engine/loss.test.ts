import { describe, expect, it } from "vitest";
import { expectAllClose, expectReference } from "../../../test/support/expectations.js";
import { newKernels } from "../../../test/support/kernels.js";
import { loadUnscaled, randomModel, randomPairs, range, tensorOf, tensorsOf } from "../../../test/support/models.js";
import { at, crossEntropy, numericalGradient, reference } from "../../../test/support/reference.js";
import { InvalidRequest } from "../errors.js";
import {
  convolution,
  flatten,
  type InputSpec,
  linear,
  type Network,
  ordinal,
  relu,
  softmax,
} from "../network/index.js";

describe("a pair's loss is its relation's cross-entropy and the weighted ones of both its digits", () => {
  const images: InputSpec = { height: 4, width: 4, channels: 1, classes: 3 };
  const trunk = [convolution(2, 2), relu(), flatten(), linear(3)];
  it.each<[string, Network]>([
    ["both images as one, no digits", { trunk: [], head: [flatten(), linear(3), relu(), linear(2)] }],
    ["a trunk and a head", { trunk, head: [linear(2)] }],
    ["a trunk and a head with digits of no weight", { trunk, head: [linear(2)], auxiliaryWeight: 0 }],
    ["a trunk and a head with digits", { trunk, head: [linear(2)], auxiliaryWeight: 0.3 }],
    ["a head of half weight", { trunk, head: [linear(2)], auxiliaryWeight: 0.3, pairWeight: 0.5 }],
    ["a head of twice the weight, no digits", { trunk, head: [linear(2)], pairWeight: 2 }],
    ["a head of no weight", { trunk, head: [softmax(2), ordinal()], auxiliaryWeight: 0.3, pairWeight: 0 }],
    ["only a trunk", { trunk, head: [], auxiliaryWeight: 1.5 }],
    ["digits in flattened maps", { trunk: [convolution(1, 2), flatten()], head: [], auxiliaryWeight: 0.5 }],
    ["one score an image", { trunk: [flatten(), linear(1)], head: [flatten()] }],
    ["a head of convolutions", { trunk: [], head: [convolution(3, 2), relu(), convolution(2, 3)] }],
  ])("%s", (name, network) => {
    const classes = name === "digits in flattened maps" ? 9 : 3;
    expectReference(randomModel(network, { ...images, classes }), randomPairs({ ...images, classes }, 3));
  });

  it("a head whose logits are two pixels", () => {
    const input: InputSpec = { height: 4, width: 3, channels: 1, classes: 3 };
    expectReference(randomModel({ trunk: [], head: [convolution(1, 3)] }, input), randomPairs(input, 3));
  });
});

describe("with a pair weight of 0", () => {
  const images: InputSpec = { height: 4, width: 4, channels: 1, classes: 3 };
  const trunk = [convolution(2, 2), relu(), flatten(), linear(3)];
  const compared: Network = { trunk, head: [softmax(2), ordinal()], auxiliaryWeight: 0.3, pairWeight: 0 };
  const pairs = randomPairs(images, 40);

  it("a network trains as one without a head", () => {
    const [model, other] = [compared, { trunk, head: [], auxiliaryWeight: 0.3 }].map((network) =>
      randomModel(network, images),
    );
    if (!model || !other) throw new Error("two models");
    const losses = [model, other].map((each) => each.gradient(loadUnscaled(each, pairs), range(0, 4)));
    expect(losses[0]).toBe(losses[1]);
    for (const { name } of other.tensors.parameters)
      expect(tensorOf(model, name, "gradients")).toEqual(tensorOf(other, name, "gradients"));
  });

  it("the head decides", () => {
    const model = randomModel(compared, images);
    const { answers = [] } = reference(model.network, tensorsOf(model), pairs, false);
    const wrong = answers.filter((logits, i) => Number(at(logits, 1) > at(logits, 0)) !== pairs.targets[i]).length;
    expect(wrong).toBeGreaterThan(5);
    expect(model.evaluate(loadUnscaled(model, pairs)).errors).toBe(wrong);
  });
});

describe("label smoothing", () => {
  const images: InputSpec = { height: 4, width: 4, channels: 1, classes: 3 };
  const network: Network = { trunk: [flatten(), linear(3)], head: [linear(2)], auxiliaryWeight: 0.3 };
  const pairs = randomPairs(images, 4);
  const [plain, smooth] = [0, 0.2].map((labelSmoothing) => randomModel(network, images, { labelSmoothing }));
  if (!plain || !smooth) throw new Error("two models");

  it("is in the digits' loss of training, not in the relation's", () => {
    const { digits = [] } = reference(plain.network, tensorsOf(plain), pairs, true);
    const [without, within] = [plain, smooth].map((model) => model.gradient(loadUnscaled(model, pairs), range(0, 4)));
    const more = digits.reduce((sum, logits, i) => {
      const mean = logits.reduce((total, _, c) => total + crossEntropy(logits, c), 0) / 3;
      return sum + 0.2 * (mean - crossEntropy(logits, at(pairs.classes, i)));
    }, 0);
    expect((within as number) - (without as number)).toBeCloseTo((0.3 * more) / 4, 6);
    expect(tensorOf(smooth, "head.0.weight", "gradients")).toEqual(tensorOf(plain, "head.0.weight", "gradients"));
    expect(tensorOf(smooth, "trunk.1.weight", "gradients")).not.toEqual(tensorOf(plain, "trunk.1.weight", "gradients"));
  });

  it("is not in what evaluation reports", () => {
    expect(smooth.evaluate(loadUnscaled(smooth, pairs))).toEqual(plain.evaluate(loadUnscaled(plain, pairs)));
  });

  it.each([
    [1, network, "labelSmoothing must be a number at least 0 and below 1, not 1"],
    [Number.NaN, network, "labelSmoothing must be a number at least 0 and below 1, not NaN"],
    [
      0.1,
      { ...network, auxiliaryWeight: 0 },
      "labelSmoothing changes the loss on classes: it needs an auxiliary weight above 0",
    ],
  ])("of %d is refused where it cannot be", (labelSmoothing, refused, message) => {
    const make = () => randomModel(refused, images, { labelSmoothing });
    expect(make).toThrow(InvalidRequest);
    expect(make).toThrow(new RegExp(`^${message}$`));
  });
});

describe("a label fraction", () => {
  const images: InputSpec = { height: 4, width: 4, channels: 1, classes: 3 };
  const network: Network = { trunk: [flatten(), linear(3)], head: [linear(2)], auxiliaryWeight: 0.3 };
  const pairs = randomPairs(images, 5);
  const [all, some] = [1, 0.4].map((labelFraction) => randomModel(network, images, { labelFraction }));
  if (!all || !some) throw new Error("two models");

  it("leaves the classes of later pairs out of the loss, and counts the others for them", () => {
    const { digits = [] } = reference(all.network, tensorsOf(all), pairs, true);
    // Of five pairs, the first two: places 1 and 3 of the batch.
    const batch = Uint32Array.of(4, 0, 3, 1);
    const [whole, part] = [all, some].map((model) => model.gradient(loadUnscaled(model, pairs), batch));
    const of = (pair: number) =>
      [2 * pair, 2 * pair + 1].reduce((sum, i) => sum + crossEntropy(at(digits, i), at(pairs.classes, i)), 0);
    const [every, labelled] = [of(4) + of(0) + of(3) + of(1), of(0) + of(1)];
    expect((part as number) - (whole as number)).toBeCloseTo((0.3 * (2.5 * labelled - every)) / 4, 6);
    expect(tensorOf(some, "head.0.weight", "gradients")).toEqual(tensorOf(all, "head.0.weight", "gradients"));
  });

  it("has the gradient of that loss", () => {
    const batch = Uint32Array.of(4, 0, 3, 1);
    const weight = some.tensors.parameters.find(({ name }) => name === "trunk.1.weight");
    if (!weight) throw new Error("no weight");
    const loaded = loadUnscaled(some, pairs);
    some.gradient(loaded, batch);
    const gradients = tensorOf(some, "trunk.1.weight", "gradients");
    const values = tensorOf(some, "trunk.1.weight");
    const lossAt = (i: number, step: number) => {
      weight.write(
        some.kernels,
        Float32Array.from(values, (value, j) => (i === j ? value + step : value)),
      );
      return some.gradient(loaded, batch);
    };
    for (const i of [0, 7, 20, 47])
      expect((lossAt(i, 1e-2) - lossAt(i, -1e-2)) / 2e-2).toBeCloseTo(gradients[i] as number, 3);
    weight.write(some.kernels, values);
  });

  it("has at least one pair, and is not in what evaluation reports", () => {
    const least = randomModel(network, images, { labelFraction: 0.01 });
    const loss = (batch: Uint32Array) => least.gradient(loadUnscaled(least, pairs), batch);
    expect(loss(Uint32Array.of(0))).toBeGreaterThan(loss(Uint32Array.of(1)));
    expect(some.evaluate(loadUnscaled(some, pairs))).toEqual(all.evaluate(loadUnscaled(all, pairs)));
  });

  it.each([
    [0, network, "labelFraction must be a number above 0 and at most 1, not 0"],
    [
      0.5,
      { ...network, auxiliaryWeight: 0 },
      "labelFraction is of the loss on classes: it needs an auxiliary weight above 0",
    ],
  ])("of %d is refused where it cannot be", (labelFraction, refused, message) => {
    expect(() => randomModel(refused, images, { labelFraction })).toThrow(new InvalidRequest(message));
  });
});

/** Softmax cross-entropy of rows of 3 classes, which lie 4 apart from the second column on, and its gradient. */
function kernel(
  rows: number[][],
  labels: number[],
  weight: number,
  before = 0,
  smoothing = 0,
): { sum: number; gradient: number[][] } {
  const kernels = newKernels();
  const allocate = () => kernels.allocate(4 * rows.length);
  const [logits, gradient, columns, classes] = [allocate(), allocate(), allocate(), allocate()];
  kernels.integers(columns, 3).set([1, 2, 3]);
  kernels.integers(classes, rows.length).set(labels);
  kernels.floats(gradient, 4 * rows.length).fill(before);
  rows.forEach((row, i) => {
    kernels.floats(logits + 16 * i, 4).set([1000, ...row]);
  });
  const sum = kernels.run.crossEntropy(logits, rows.length, 3, 4, columns, classes, weight, smoothing, gradient);
  return { sum, gradient: rows.map((_, i) => [...kernels.floats(gradient + 16 * i, 4)]) };
}

describe("softmax cross-entropy", () => {
  const rows = [
    [0.5, -1.25, 2],
    [0, 0, 0],
    [-3, 1, 1],
  ];

  it("sums −log of each label's probability", () => {
    const { sum } = kernel(rows, [2, 0, 1], 1);
    const expected = [2, 0, 1].map((label, i) => crossEntropy(Float64Array.from(rows[i] ?? []), label));
    expect(sum).toBeCloseTo(
      expected.reduce((total, loss) => total + loss),
      12,
    );
    expect(expected[1]).toBeCloseTo(Math.log(3), 12);
  });

  it("adds its weighted slopes to the gradients of the logits, and of nothing else", () => {
    const { gradient } = kernel(rows, [2, 0, 1], 0.25, 8);
    rows.forEach((row, i) => {
      const logits = Float64Array.from(row);
      const slopes = numericalGradient(() => crossEntropy(logits, [2, 0, 1][i] as number), logits);
      expectAllClose(gradient[i] ?? [], [8, ...slopes.map((slope) => 8 + 0.25 * slope)], `row ${i}`);
    });
  });

  it.each([0.1, 0.75])(
    "with a smoothing of %d sums the cross-entropy of (1 − ε) · onehot + ε / classes",
    (smoothing) => {
      const labels = [2, 0, 1];
      const smoothed = (logits: Float64Array, label: number) =>
        [0, 1, 2].reduce(
          (sum, c) => sum + (Number(c === label) * (1 - smoothing) + smoothing / 3) * crossEntropy(logits, c),
          0,
        );
      const { sum, gradient } = kernel(rows, labels, 0.25, 8, smoothing);
      let expected = 0;
      rows.forEach((row, i) => {
        const logits = Float64Array.from(row);
        const label = at(labels, i);
        expected += smoothed(logits, label);
        const slopes = numericalGradient(() => smoothed(logits, label), logits);
        expectAllClose(gradient[i] ?? [], [8, ...slopes.map((slope) => 8 + 0.25 * slope)], `row ${i}`);
      });
      expect(sum).toBeCloseTo(expected, 12);
    },
  );

  it("stays finite however large the logits are", () => {
    const { sum, gradient } = kernel([[1e30, -1e30, 0]], [0], 1);
    expect(sum).toBe(0);
    expect(gradient).toEqual([[0, 0, 0, 0]]);
    expect(kernel([[500, -500, 0]], [1], 1)).toEqual({ sum: 1000, gradient: [[0, 1, -1, 0]] });
  });

  it("is NaN where a logit is, so that a diverged network shows", () => {
    expect(kernel([[0, Number.NaN, 0]], [0], 1).sum).toBeNaN();
  });
});
