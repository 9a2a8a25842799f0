import { RELATIONS, type RelationName } from "../../src/core/data/relations.js";
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
  gelu,
  globalAveragePool,
  groupNorm,
  type Layer,
  layerNorm,
  leakyRelu,
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
  silu,
  softmax,
  squaredDistance,
} from "../../src/core/network/index.js";
import { randomCase } from "./cases.js";
import { testCases } from "./expectations.js";

const SMALL = { height: 9, width: 8, channels: 1, classes: 4 };

/** Layers between a convolution and features. */
const onMaps = (...layers: Layer[]): Network => ({
  trunk: [convolution(6, 3), ...layers, flatten(), linear(5)],
  head: [linear(2)],
});
/** Layers of features. A group of them has eight: two that are nearly alike would be normalised to what rounding left of them. */
const onFeatures = (...layers: Layer[]): Network => ({ trunk: [flatten(), linear(24), ...layers], head: [linear(2)] });
/** Layers of maps of one pixel, which are features too: nothing has flattened them. */
const onPixels = (...layers: Layer[]): Network => ({
  trunk: [convolution(24, 8), maxPool(2, { stride: 3, padding: 1 }), averagePool(1), ...layers],
  head: [linear(2)],
});
/** Layers between the features of two images and the answer. */
const onPairs = (features: number, ...layers: Layer[]): Network => ({
  trunk: [flatten(), linear(features)],
  head: layers,
});
const wherever = (layer: Layer): Network[] => [onMaps(layer), onFeatures(layer), onPixels(layer)];

/** Networks of each kind of layer: a kind that is missing here does not compile. */
const NETWORKS: { readonly [Kind in Layer["kind"]]: readonly Network[] } = {
  "absolute-difference": [onPairs(5, absoluteDifference(), linear(2))],
  "average-pool": [onMaps(averagePool(2)), onMaps(averagePool(3, { stride: 2, padding: 1 })), onPixels(averagePool(1))],
  "batch-norm": wherever(batchNorm()),
  convolution: [
    onMaps(convolution(4, 3, { stride: 2, padding: 1 })),
    onFeatures(convolution(3, 1)),
    { trunk: [], head: [convolution(4, 3), flatten(), linear(2)] },
    { trunk: [], head: [convolution(3, 8, { stride: 2 }), convolution(2, 1)] },
  ],
  cosine: [onPairs(5, cosine())],
  difference: [onPairs(5, difference(), linear(2))],
  dropout: wherever(dropout(0.3)),
  flatten: wherever(flatten()),
  gelu: wherever(gelu()),
  "global-average-pool": wherever(globalAveragePool()),
  "group-norm": [...wherever(groupNorm(3)), ...wherever(layerNorm())],
  "leaky-relu": wherever(leakyRelu(0.2)),
  linear: [onPixels(linear(3)), onPairs(1, linear(2))],
  matching: [onPairs(5, matching(), linear(2))],
  "max-pool": [
    onMaps(maxPool(2)),
    onMaps(maxPool(3, { stride: 2, padding: 1 })),
    onMaps(maxPool(2, { stride: 1 })),
    onFeatures(maxPool(1)),
  ],
  normalize: [onFeatures(normalize(1)), onPairs(4, normalize(), linear(2)), onPixels(normalize(2))],
  ordinal: [onPairs(4, softmax(2), ordinal()), onPairs(3, softmax(2, 0.1), ordinal())],
  "outer-product": [onPairs(3, outerProduct(), linear(2))],
  product: [onPairs(5, product(), linear(2))],
  relu: wherever(relu()),
  residual: [
    onMaps(residual([convolution(6, 3, { padding: 1 }), batchNorm(), relu()])),
    onMaps(residual([convolution(4, 3, { stride: 2, padding: 1 })], [convolution(4, 1, { stride: 2 }), batchNorm()])),
    onMaps(residual([residual([relu()]), gelu()], [residual([silu()])])),
    onFeatures(residual([linear(24), relu()])),
    onPixels(residual([flatten(), linear(24)])),
    onPixels(residual([relu()], [flatten()])),
  ],
  "score-difference": [onPairs(1, scoreDifference())],
  silu: wherever(silu()),
  softmax: [onFeatures(softmax()), onFeatures(softmax(3)), onFeatures(softmax(2, 0.7)), onPixels(softmax(2))],
  "squared-distance": [onPairs(5, squaredDistance())],
};

const byName = new Map<string, Network>(
  Object.entries(NETWORKS).flatMap(([kind, networks]) => networks.map((network, i) => [`${kind}, ${i + 1}`, network])),
);

testCases("each kind of layer", [...byName.keys()], (name) =>
  randomCase(name, "mlp", { network: byName.get(name) as Network, dataset: { shape: SMALL } }),
);

/** Another size, another number of classes, and a background behind the images. */
const COLOUR = { shape: { height: 13, width: 12, channels: 3, classes: 7 }, background: [10, 200, 31] };

testCases(
  "images in colour",
  [
    "mlp",
    "simple-cnn",
    "weight-sharing",
    "one-by-one",
    "resnet",
    "quick",
    "best-learned",
    "matching",
    "ranking",
    "trunk",
  ],
  (name) => randomCase(name, name, { dataset: COLOUR }),
);

/** An example of each relation: one that is missing here does not compile. */
const ASKED: Readonly<Record<keyof typeof RELATIONS, RelationName>> = {
  "less-or-equal": "less-or-equal",
  less: "less",
  equal: "equal",
  "same-parity": "same-parity",
  "sum-at-least-<n>": "sum-at-least-10",
  "distance-at-most-<n>": "distance-at-most-2",
  "listed-match": "listed-match",
  "listed-winner": "listed-winner",
};
const TABLE = "table:0110/1001/0011/1110";
const listed = (relation: RelationName) =>
  RELATIONS[relation as keyof typeof RELATIONS] && relation.startsWith("listed");
const relations = [...Object.values(ASKED), TABLE] as const;

testCases(
  "each relation, by the rule, by beliefs and by a learned head",
  relations.flatMap((relation) =>
    (listed(relation) ? ["matching"] : ["one-by-one", "quick", "trunk+sharing"]).map((name) => `${name} ${relation}`),
  ),
  (title) => {
    const [name, relation] = title.split(" ") as [string, RelationName];
    if (listed(relation))
      return randomCase(title, name, {
        dataset: { shape: { ...DIGIT_PAIRS, classes: 0 }, listed: { relation, share: 0.5 } },
      });
    const shape = { ...DIGIT_PAIRS, classes: relation === TABLE ? 4 : 10 };
    return randomCase(title, name, { dataset: { shape }, settings: { relation } });
  },
);

const OTHERS = {
  "classes that stand for other numbers": () =>
    randomCase("", "one-by-one", {
      dataset: { shape: { ...DIGIT_PAIRS, classes: 4 }, values: [5, 1, 9, 30] },
    }),
  "members of a rule": () => randomCase("", "one-by-one", { settings: { members: 3 } }),
  "views of separate trunks": () => randomCase("", "trunk+auxiliary", { settings: { views: "shifts" } }),
  "views of members": () => randomCase("", "quick", { settings: { views: "shifts", members: 2 } }),
  "views before a background": () => randomCase("", "quick", { settings: { views: "shifts" }, dataset: COLOUR }),
};

testCases("what is not the usual", Object.keys(OTHERS), (name) => OTHERS[name as keyof typeof OTHERS]());
