import { samplePairSet } from "../../src/core/data/index.js";
import type { Layer, Network } from "../../src/core/network/index.js";
import { layersOf, parameterCount } from "../../src/core/network/network.js";
import { placeNetwork } from "../../src/core/network/place-network.js";
import { train } from "../../src/core/training/train.js";
import { attempt, decode, encode, type Part, require } from "../part.js";
import type { Random } from "../random.js";
import { IMAGES, sharedKernels } from "../runs.js";

const PAIRS = samplePairSet({ train: IMAGES, test: IMAGES }, 0, { trainPairs: 6, testPairs: 4 });
const INPUT = { height: 4, width: 4, channels: 1, classes: 10 };

/** More takes long, and teaches nothing new. */
const MOST_PARAMETERS = 20_000;
const MOST_OUTPUTS = 2000;

/** Networks as plain data: refused, or trained for a step. */
export const networksPart: Part = {
  name: "networks",
  weight: 2,
  open: async () => ({
    make: (random) => encode(JSON.stringify(network(random))),
    check(input) {
      const given = JSON.parse(decode(input)) as Network;
      const placed = attempt(() => placeNetwork(given, INPUT));
      if (!placed) return "refused";
      const outputs = layersOf(placed).map(({ output }) => output.channels * output.height * output.width);
      if (parameterCount(placed) > MOST_PARAMETERS || Math.max(0, ...outputs) > MOST_OUTPUTS) return "accepted";
      const settings = { epochs: 1, batchSize: 4, learningRate: 0.01, dropout: 0.5, evaluate: "end" } as const;
      const step = attempt(() => train(sharedKernels(), given, PAIRS, 1, settings).next());
      if (!step) return "refused";
      if (step.done) {
        require(step.value.diverged !== undefined, "ended without an epoch");
        return "accepted";
      }
      require(step.value.epoch === 1, `epoch ${step.value.epoch}`);
      const { result } = step.value;
      require(result !== undefined, "not evaluated");
      for (const accuracy of [result.trainAccuracy, result.testAccuracy])
        require(accuracy >= 0 && accuracy <= 1, `an accuracy of ${accuracy}`);
      for (const loss of [result.trainLoss, result.testLoss])
        require(Number.isFinite(loss) && loss >= 0, `a loss of ${loss} that is not said to have diverged`);
      return "accepted";
    },
  }),
};

const small = (random: Random): number => random.pick([1, 2, 3, 4, 5, 8, 10, 1, 2, 2, 0, -1, 0.5, 1e9, 2 ** 53]);
const fair = (random: Random): number => (random.chance(0.85) ? 1 + random.below(4) : small(random));

function layer(random: Random, depth: number): Layer {
  const kinds: (() => Layer)[] = [
    () => ({
      kind: "convolution",
      channels: fair(random),
      kernel: fair(random),
      stride: fair(random),
      padding: random.below(3),
    }),
    () => ({ kind: "batch-norm" }),
    () => ({ kind: "relu" }),
    () => ({ kind: "dropout", ...(random.chance(0.3) && { rate: random.pick([0, 0.3, 0.99, 1, -1]) }) }),
    () => ({ kind: "flatten" }),
    () => ({ kind: "flatten" }),
    () => ({ kind: "linear", features: random.chance(0.5) ? random.pick([2, 10]) : fair(random) }),
    () => ({ kind: random.pick(["max-pool", "average-pool"] as const), size: fair(random), ...window(random) }),
    () => ({ kind: "global-average-pool" }),
    () => ({
      kind: "softmax",
      groups: fair(random),
      ...(random.chance(0.3) && { temperature: random.pick([0.5, 1e-30, 0, -1]) }),
    }),
    () => ({ kind: "outer-product" }),
    () => ({ kind: random.pick(["difference", "absolute-difference", "product", "matching"] as const) }),
    () => ({ kind: random.pick(["cosine", "squared-distance", "score-difference"] as const) }),
    () => ({ kind: "normalize", groups: fair(random) }),
    () => ({ kind: "ordinal" }),
    () => ({ kind: random.pick(["gelu", "silu"] as const) }),
    () => ({ kind: "leaky-relu", slope: random.pick([0.01, -1, 0, 1e30]) }),
    () => ({ kind: "group-norm", groups: fair(random) }),
    () => ({
      kind: "residual",
      layers: layers(random, depth + 1, 2),
      shortcut: random.chance(0.5) ? [] : layers(random, depth + 1, 1),
    }),
  ];
  return random.pick(depth < 3 ? kinds : kinds.slice(0, -1))();
}

const window = (random: Random) => ({
  ...(random.chance(0.3) && { stride: fair(random) }),
  ...(random.chance(0.3) && { padding: random.below(2) }),
});

const layers = (random: Random, depth: number, most: number): Layer[] =>
  random.several(0, most, () => layer(random, depth));

/** Often with an end that fits, so that much of it is trained. */
export function network(random: Random): Network {
  const end = (features: number): Layer[] =>
    random.chance(0.8) ? [{ kind: "flatten" }, { kind: "linear", features }] : [];
  const trunk = random.chance(0.6) ? [...layers(random, 0, 3), ...end(random.pick([10, 10, 3]))] : [];
  const head = random.chance(0.8) ? [...layers(random, 0, 3), ...end(2)] : [];
  return {
    trunk,
    head,
    ...(random.chance(0.3) && { auxiliaryWeight: random.pick([0, 0.5, 1, -1]) }),
    ...(random.chance(0.2) && { trunks: random.pick(["shared", "separate"] as const) }),
    ...(random.chance(0.1) && { pairWeight: random.pick([0, 1, 2, -1]) }),
    ...(random.chance(0.1) && { members: random.pick([1, 2, 3, 0, 65]) }),
  };
}
