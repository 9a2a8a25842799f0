import { describe, expect, it } from "vitest";
import { InvalidRequest } from "../errors.js";
import {
  absoluteDifference,
  averagePool,
  batchNorm,
  convolution,
  cosine,
  DIGIT_PAIRS,
  difference,
  dropout,
  flatten,
  globalAveragePool,
  groupNorm,
  type Layer,
  linear,
  matching,
  maxPool,
  type Network,
  normalize,
  ordinal,
  outerProduct,
  product,
  relu,
  residual,
  scoreDifference,
  softmax,
  squaredDistance,
} from "./index.js";
import { withNested } from "./kinds.js";
import { layersOf, parameterCount, type Trunks } from "./network.js";
import { placeNetwork } from "./place-network.js";

/** The output shapes of a trunk's layers, as [height, width, channels]. */
const shapesOf = (...trunk: Layer[]) =>
  placeNetwork({ trunk: [...trunk, flatten()], head: [linear(2)] }, DIGIT_PAIRS)
    .trunks.flat()
    .slice(0, -1)
    .map(({ output: { height, width, channels } }) => [height, width, channels]);

describe("shapes follow PyTorch's", () => {
  it.each<[string, Layer[], number[][]]>([
    ["a valid convolution", [convolution(32, 5)], [[10, 10, 32]]],
    ["a padded convolution", [convolution(8, 3, { padding: 1 })], [[14, 14, 8]]],
    ["a convolution with a stride, what is left over dropped", [convolution(8, 5, { stride: 2 })], [[5, 5, 8]]],
    ["a convolution as large as the image", [convolution(8, 14)], [[1, 1, 8]]],
    ["a convolution as large as the padded image", [convolution(8, 18, { padding: 2 })], [[1, 1, 8]]],
    ["a pooling, what is left over dropped", [maxPool(4)], [[3, 3, 1]]],
    ["a padded pooling", [maxPool(3, { stride: 2, padding: 1 })], [[7, 7, 1]]],
    ["an average pooling, what is left over dropped", [averagePool(4, { stride: 3 })], [[4, 4, 1]]],
    [
      "a global average pooling",
      [convolution(3, 5), globalAveragePool()],
      [
        [10, 10, 3],
        [1, 1, 3],
      ],
    ],
    [
      "a residual layer",
      [residual([convolution(8, 3, { stride: 2, padding: 1 })], [convolution(8, 1, { stride: 2 })])],
      [[7, 7, 8]],
    ],
    [
      "flattening",
      [convolution(3, 5), flatten()],
      [
        [10, 10, 3],
        [1, 1, 300],
      ],
    ],
    [
      "a linear layer",
      [flatten(), linear(7)],
      [
        [1, 1, 196],
        [1, 1, 7],
      ],
    ],
    [
      "what is made of halves",
      [flatten(), difference()],
      [
        [1, 1, 196],
        [1, 1, 98],
      ],
    ],
    [
      "how far they are apart",
      [flatten(), absoluteDifference()],
      [
        [1, 1, 196],
        [1, 1, 98],
      ],
    ],
    [
      "what both have",
      [flatten(), product()],
      [
        [1, 1, 196],
        [1, 1, 98],
      ],
    ],
    [
      "both beside each other",
      [flatten(), matching()],
      [
        [1, 1, 196],
        [1, 1, 196],
      ],
    ],
    [
      "a length of 1",
      [flatten(), normalize(7)],
      [
        [1, 1, 196],
        [1, 1, 196],
      ],
    ],
    [
      "a cosine's logits",
      [flatten(), cosine()],
      [
        [1, 1, 196],
        [1, 1, 2],
      ],
    ],
    [
      "a distance's logits",
      [flatten(), squaredDistance()],
      [
        [1, 1, 196],
        [1, 1, 2],
      ],
    ],
    [
      "two scores' logits",
      [flatten(), linear(2), scoreDifference()],
      [
        [1, 1, 196],
        [1, 1, 2],
        [1, 1, 2],
      ],
    ],
    [
      "what changes none",
      [batchNorm(), relu(), dropout()],
      [
        [14, 14, 1],
        [14, 14, 1],
        [14, 14, 1],
      ],
    ],
  ])("for %s", (_, layers, expected) => {
    expect(shapesOf(...layers)).toEqual(expected);
  });

  it("a head sees the trunk's outputs side by side, or both images as channels", () => {
    const features = placeNetwork({ trunk: [flatten(), linear(7)], head: [linear(2)] }, DIGIT_PAIRS);
    expect(features.head[0]?.input).toEqual({ height: 1, width: 1, channels: 14 });
    const images = placeNetwork({ trunk: [], head: [flatten(), linear(2)] }, { ...DIGIT_PAIRS, channels: 3 });
    expect(images.head[0]?.input).toEqual({ height: 14, width: 14, channels: 6 });
  });
});

it("parameters are counted, running statistics are not", () => {
  const trunk = [convolution(3, 5), batchNorm(), flatten(), linear(10)];
  const placed = placeNetwork({ trunk, head: [linear(2)] }, DIGIT_PAIRS);
  expect(parameterCount(placed)).toBe(3 * 25 + 3 + (3 + 3) + 10 * 300 + 10 + 2 * 20 + 2);
  expect(placed.trunks[0]?.[1]?.buffers.map(({ name, shape }) => [name, shape])).toEqual([
    ["running_mean", [3]],
    ["running_var", [3]],
  ]);
});

describe("the branches of a residual layer", () => {
  const inner = residual([convolution(3, 1), relu()]);
  const trunk = [residual([convolution(3, 5), inner], [convolution(3, 5), batchNorm()]), flatten(), linear(10)];
  const placed = placeNetwork({ trunk, head: [linear(2)] }, DIGIT_PAIRS);

  it("are named as a PyTorch module's Sequentials, body before shortcut", () => {
    expect(layersOf(placed).map(({ name }) => name)).toEqual([
      "trunk.0",
      ...["trunk.0.body.0", "trunk.0.body.1", "trunk.0.body.1.body.0", "trunk.0.body.1.body.1"],
      ...["trunk.0.shortcut.0", "trunk.0.shortcut.1", "trunk.1", "trunk.2", "head.0"],
    ]);
  });

  it("have parameters that count", () => {
    const [convolutions, ofInner] = [2 * (3 * 25 + 3), 3 * 3 + 3];
    expect(parameterCount(placed)).toBe(convolutions + ofInner + (3 + 3) + 10 * 300 + 10 + 2 * 20 + 2);
  });

  it("are counted in both of separate trunks", () => {
    const names = layersOf(placeNetwork({ trunk, head: [linear(2)], trunks: "separate" }, DIGIT_PAIRS)).map(
      ({ name }) => name,
    );
    expect(names).toContain("first.0.body.1.body.0");
    expect(names).toContain("second.0.shortcut.1");
  });

  it("are followed by what a list of layers has behind them", () => {
    expect(withNested(trunk).map(({ kind }) => kind)).toEqual([
      ...["residual", "convolution", "residual", "convolution", "relu", "convolution", "batch-norm"],
      ...["flatten", "linear"],
    ]);
  });
});

it("pools have only fields that are not usual, so that stored configurations stay readable", () => {
  expect(maxPool(2)).toEqual({ kind: "max-pool", size: 2 });
  expect(maxPool(2, { stride: 2, padding: 0 })).toEqual({ kind: "max-pool", size: 2 });
  expect(averagePool(3, { stride: 2, padding: 1 })).toEqual({ kind: "average-pool", size: 3, stride: 2, padding: 1 });
});

describe("separate trunks have the same layers, each its own weights", () => {
  const trunk = [convolution(3, 5), batchNorm(), flatten(), linear(10)];
  const separate: Network = { trunk, head: [linear(2)], trunks: "separate" };
  const placed = placeNetwork(separate, DIGIT_PAIRS);

  it("named after the image that they see, every layer counted from 0", () => {
    expect(layersOf(placed).map(({ name }) => name)).toEqual([
      ...["first.0", "first.1", "first.2", "first.3"],
      ...["second.0", "second.1", "second.2", "second.3"],
      "head.0",
    ]);
  });

  it("of the same shapes as a shared trunk's, and the head sees as much", () => {
    const [shared] = placeNetwork({ ...separate, trunks: "shared" }, DIGIT_PAIRS).trunks;
    for (const own of placed.trunks)
      expect(own.map(({ name, ...rest }) => rest)).toEqual(shared?.map(({ name, ...rest }) => rest));
    expect(placed.head[0]?.input).toEqual({ height: 1, width: 1, channels: 20 });
  });

  it("so that the trunk's parameters count twice", () => {
    expect(parameterCount(placed)).toBe(2 * (3 * 25 + 3 + (3 + 3) + 10 * 300 + 10) + 2 * 20 + 2);
  });
});

describe("a network that does not fit is refused, with where and why", () => {
  const inTrunk = (...layers: Layer[]): Network => ({ trunk: layers, head: [linear(2)] });
  const inHead = (...layers: Layer[]): Network => ({ trunk: [flatten(), linear(10)], head: layers });
  it.each<[string, Network, string]>([
    [
      "a linear layer on maps",
      inTrunk(convolution(3, 5), linear(4)),
      "trunk.1: linear(4) needs a flat input, not 3 channels of 10×10: put flatten() before it",
    ],
    [
      "a linear layer on images",
      { trunk: [], head: [linear(2)] },
      "head.0: linear(2) needs a flat input, not 2 channels of 14×14: put flatten() before it",
    ],
    [
      "a convolution larger than its input",
      inTrunk(maxPool(3), convolution(3, 5), flatten()),
      "trunk.1: a 5×5 convolution does not fit 1 channel of 4×4: it needs 5×5 at least",
    ],
    [
      "a pooling larger than its input",
      inTrunk(maxPool(15), flatten()),
      "trunk.0: a 15×15 max-pool does not fit 1 channel of 14×14: it needs 15×15 at least",
    ],
    [
      "a kernel of 0",
      inTrunk({ ...convolution(3, 3), kernel: 0 }, flatten()),
      "trunk.0.kernel must be a whole number from 1 to 1000000, not 0",
    ],
    [
      "no channels",
      inTrunk({ ...convolution(3, 3), channels: 0 }, flatten()),
      "trunk.0.channels must be a whole number from 1 to 1000000, not 0",
    ],
    [
      "half a stride",
      inTrunk({ ...convolution(3, 3), stride: 0.5 }, flatten()),
      "trunk.0.stride must be a whole number from 1 to 1000000, not 0.5",
    ],
    [
      "negative padding",
      inTrunk({ ...convolution(3, 3), padding: -1 }, flatten()),
      "trunk.0.padding must be a whole number from 0 to 1000000, not -1",
    ],
    [
      "half a padding",
      inTrunk({ ...convolution(3, 3), padding: 0.5 }, flatten()),
      "trunk.0.padding must be a whole number from 0 to 1000000, not 0.5",
    ],
    [
      "windows of no size",
      inTrunk({ kind: "max-pool", size: 0 }, flatten()),
      "trunk.0.size must be a whole number from 1 to 1000000, not 0",
    ],
    [
      "more padding than half a window",
      inTrunk(maxPool(3, { padding: 2 }), flatten()),
      "trunk.0: padding 2 of a 3×3 max-pool must be at most half of its size",
    ],
    [
      "a window that stands still",
      inTrunk({ ...averagePool(3), stride: 0 }, flatten()),
      "trunk.0.stride must be a whole number from 1 to 1000000, not 0",
    ],
    [
      "padding around features",
      inTrunk(flatten(), averagePool(2, { padding: 1 })),
      "trunk.1: an average-pool with padding needs a map, not 196 channels of 1×1",
    ],
    [
      "a layer of a body that does not fit",
      inTrunk(residual([relu(), convolution(3, 15)]), flatten()),
      "trunk.0.body.1: a 15×15 convolution does not fit 1 channel of 14×14: it needs 15×15 at least",
    ],
    [
      "a layer of a shortcut within a body",
      inTrunk(residual([residual([relu()], [{ kind: "max-pool", size: 0 }])]), flatten()),
      "trunk.0.body.0.shortcut.0.size must be a whole number from 1 to 1000000, not 0",
    ],
    [
      "branches of two shapes",
      inTrunk(residual([convolution(3, 3)]), flatten()),
      "trunk.0: the body makes 3 channels of 12×12, the shortcut 1 channel of 14×14: both must end in the same shape to be added",
    ],
    [
      "a residual layer of nothing",
      inTrunk(residual([]), flatten()),
      "trunk.0: a residual layer needs at least one layer in its body",
    ],
    [
      "features that are not a number",
      inTrunk(flatten(), { kind: "linear", features: Number.NaN }),
      "trunk.1.features must be a whole number from 1 to 1000000, not NaN",
    ],
    [
      "dropout of everything",
      inHead({ kind: "dropout", rate: 1 }, linear(2)),
      "head.0.rate must be a number at least 0 and below 1, not 1",
    ],
    [
      "dropout of less than nothing",
      inHead({ kind: "dropout", rate: -0.1 }, linear(2)),
      "head.0.rate must be a number at least 0 and below 1, not -0.1",
    ],
    [
      "a layer that fits neither of two trunks",
      { ...inTrunk(convolution(3, 5), linear(4)), trunks: "separate" },
      "first.1: linear(4) needs a flat input, not 3 channels of 10×10: put flatten() before it",
    ],
    [
      "separate trunks without a trunk",
      { trunk: [], head: [flatten(), linear(2)], trunks: "separate" },
      "separate trunks need a trunk: this network has only a head",
    ],
    [
      "trunks of a kind that does not exist",
      { ...inTrunk(flatten()), trunks: "split" as Trunks },
      'network.trunks must be one of shared, separate, not "split"',
    ],
    ["a trunk that ends in maps", inTrunk(convolution(3, 5)), "the trunk must end flat: add flatten() at its end"],
    ["a head without two logits", inHead(linear(3)), "the head must end in 2 logits, not 3"],
    ["nothing at all", { trunk: [], head: [] }, "a network without a head needs a trunk that ends in 10 class logits"],
    [
      "a lone trunk without digits",
      { trunk: [flatten(), linear(9)], head: [] },
      "a network without a head needs a trunk that ends in 10 class logits",
    ],
    [
      "a lone trunk that learns nothing",
      { trunk: [flatten(), linear(10)], head: [], auxiliaryWeight: 0 },
      "a network without a head learns only from its images' classes: it needs an auxiliary weight above 0",
    ],
    [
      "an auxiliary loss without digits",
      { trunk: [flatten(), linear(9)], head: [linear(2)], auxiliaryWeight: 1 },
      "an auxiliary loss needs a trunk that ends in 10 class logits",
    ],
    [
      "a negative auxiliary weight",
      { ...inHead(linear(2)), auxiliaryWeight: -1 },
      "network.auxiliaryWeight must be a number from 0 to 1000, not -1",
    ],
    [
      "an auxiliary weight that is not a number",
      { ...inHead(linear(2)), auxiliaryWeight: Number.NaN },
      "network.auxiliaryWeight must be a number from 0 to 1000, not NaN",
    ],
    [
      "softmax of no groups",
      inHead({ kind: "softmax", groups: 0 }, linear(2)),
      "head.0.groups must be a whole number from 1 to 1000000, not 0",
    ],
    [
      "softmax of groups that are not equal",
      inHead(softmax(3), linear(2)),
      "head.0: softmax(3) needs a multiple of 3 elements, not 20",
    ],
    [
      "softmax on maps",
      inTrunk(convolution(3, 5), softmax()),
      "trunk.1: softmax(1) needs a flat input, not 3 channels of 10×10: put flatten() before it",
    ],
    [
      "beliefs of different classes",
      inHead(linear(5), ordinal()),
      "head.1: ordinal() needs two beliefs of equal length, not 5 elements",
    ],
    [
      "beliefs in maps",
      inTrunk(ordinal()),
      "trunk.0: ordinal() needs a flat input, not 1 channel of 14×14: put flatten() before it",
    ],
    ...(
      [
        ["difference()", difference()],
        ["absoluteDifference()", absoluteDifference()],
        ["product()", product()],
        ["matching()", matching()],
        ["cosine()", cosine()],
        ["squaredDistance()", squaredDistance()],
        ["outerProduct()", outerProduct()],
      ] as const
    ).flatMap(([name, layer]): [string, Network, string][] => [
      [
        `halves of different length: ${name}`,
        inHead(linear(5), layer, linear(2)),
        `head.1: ${name} needs two halves of as many elements, not 5 elements`,
      ],
      [
        `halves of one element: ${name}`,
        inTrunk(flatten(), linear(1), layer),
        `trunk.2: ${name} needs two halves of as many elements, not 1 element`,
      ],
      [
        `halves of maps: ${name}`,
        inTrunk(convolution(4, 5), layer),
        `trunk.1: ${name} needs a flat input, not 4 channels of 10×10: put flatten() before it`,
      ],
    ]),
    [
      "scores that are features",
      inHead(scoreDifference()),
      "head.0: scoreDifference() needs 2 elements, one score of each image, not 20: end the trunk in linear(1)",
    ],
    [
      "scores in maps",
      { trunk: [], head: [scoreDifference()] },
      "head.0: scoreDifference() needs a flat input, not 2 channels of 14×14: put flatten() before it",
    ],
    [
      "lengths of groups that are not equal",
      inHead(normalize(3), linear(2)),
      "head.0: normalize(3) needs equal groups, but 20 elements make none",
    ],
    [
      "lengths of maps",
      inTrunk(convolution(3, 5), normalize(1)),
      "trunk.1: normalize(1) needs a flat input, not 3 channels of 10×10: put flatten() before it",
    ],
    [
      "a scale that nothing trains",
      { ...inHead(cosine()), pairWeight: 0, auxiliaryWeight: 1 },
      "head.0: with a pairWeight of 0 the head is not trained: it may have no layer with parameters",
    ],
    ["features in place of logits", inHead(difference()), "the head must end in 2 logits, not 10"],
    [
      "a leaky ReLU of no slope",
      inHead({ kind: "leaky-relu", slope: Number.NaN }, linear(2)),
      "head.0.slope must be a finite number, not NaN",
    ],
    [
      "group norm of no groups",
      inTrunk({ kind: "group-norm", groups: 0 }),
      "trunk.0.groups must be a whole number from 1 to 1000000, not 0",
    ],
    [
      "group norm of groups that are not equal",
      inTrunk(convolution(3, 5), groupNorm(2)),
      "trunk.1: groupNorm(2) needs a multiple of 2 channels, not 3",
    ],
    [
      "a negative weight of the head's loss",
      { ...inHead(linear(2)), pairWeight: -1 },
      "network.pairWeight must be a number from 0 to 1000, not -1",
    ],
    [
      "a weight of the head's loss without end",
      { ...inHead(linear(2)), pairWeight: Number.POSITIVE_INFINITY },
      "network.pairWeight must be a number from 0 to 1000, not Infinity",
    ],
    [
      "a weight of the head's loss without a head",
      { ...inHead(), auxiliaryWeight: 1, pairWeight: 0.5 },
      "pairWeight weighs the head's loss: this network has no head",
    ],
    [
      "nothing to learn from",
      { ...inHead(softmax(2), ordinal()), pairWeight: 0 },
      "with a pairWeight of 0 only the images' classes are learned: it needs an auxiliary weight above 0",
    ],
    [
      "a head that nothing would train",
      { ...inHead(softmax(2), linear(2)), auxiliaryWeight: 1, pairWeight: 0 },
      "head.1: with a pairWeight of 0 the head is not trained: it may have no layer with parameters",
    ],
    ["half a member", { ...inHead(), members: 1.5 }, "network.members must be a whole number from 1 to 64, not 1.5"],
    ["no member", { ...inHead(), members: 0 }, "network.members must be a whole number from 1 to 64, not 0"],
    [
      "members without a trunk",
      { trunk: [], head: [flatten(), linear(2)], members: 2 },
      "members are trunks: this network has only a head",
    ],
    [
      "members that see one image",
      { ...inHead(linear(2)), trunks: "separate", auxiliaryWeight: 1, members: 2 },
      "members see both images: they need a shared trunk, not separate ones",
    ],
    [
      "members without a loss of their own",
      { ...inHead(linear(2)), members: 2 },
      "members learn only from their images' classes: they need an auxiliary weight above 0",
    ],
    [
      "members under a head that is trained",
      { ...inHead(linear(2)), auxiliaryWeight: 1, members: 2 },
      "members learn only from their images' classes: they need a network without a head, or a pairWeight of 0",
    ],
  ])("%s", (_, network, message) => {
    const refusal = expect(() => placeNetwork(network, DIGIT_PAIRS));
    refusal.toThrow(InvalidRequest);
    refusal.toThrow(new RegExp(`^${message.replace(/[().]/g, "\\$&")}$`));
  });
});
