import { describe, expect, it } from "vitest";
import { randomModel, randomPairs } from "../../../test/support/models.js";
import { architectures, furtherArchitectures } from "../architectures/index.js";
import { repaired } from "../data/pairs.js";
import { relationNamed } from "../data/relations.js";
import { decisions } from "../inspection/index.js";
import {
  absoluteDifference,
  cosine,
  DIGIT_PAIRS,
  difference,
  dropout,
  flatten,
  type Layer,
  linear,
  matching,
  type Network,
  normalize,
  outerProduct,
  product,
  relu,
  scoreDifference,
  squaredDistance,
} from "./index.js";
import { answersSwapped } from "./swapping.js";

const PAIRS = randomPairs(DIGIT_PAIRS, 60);

/** What swapping does to the answers of a network with weights at random. */
function measured(network: Network): "same" | "opposite" | undefined {
  const model = randomModel(network, DIGIT_PAIRS);
  const trained = { model, scale: { mean: 0, deviation: 1 } };
  const places = Array.from({ length: 2 * PAIRS.count }, (_, image) => image ^ 1);
  const [one, other] = [PAIRS, repaired(PAIRS, places, relationNamed("equal"))].map(
    (pairs) => decisions(trained as Parameters<typeof decisions>[0], pairs).probabilities,
  ) as [Float64Array, Float64Array];
  if (one.every((probability, pair) => probability === other[pair])) return "same";
  return one.every((probability, pair) => Math.abs(1 - probability - (other[pair] as number)) < 1e-6)
    ? "opposite"
    : undefined;
}

const withHead = (features: number, ...head: readonly Layer[]): Network => ({
  trunk: [flatten(), linear(features), relu()],
  head,
});

const NETWORKS: readonly (readonly [name: string, network: Network])[] = [
  ...[...architectures, ...furtherArchitectures]
    .filter(({ head }) => head.length > 0)
    .map((architecture) => [architecture.name, architecture] as const),
  ["|f − g|", withHead(8, absoluteDifference(), linear(2))],
  ["f − g", withHead(8, difference(), linear(2))],
  ["f · g", withHead(8, product(), linear(2))],
  ["both", withHead(8, matching(), relu(), linear(2))],
  ["of two trunks", { ...withHead(8, matching(), linear(2)), trunks: "separate" }],
  ["behind what mixes them", withHead(8, linear(8), matching(), linear(2))],
  ["behind each one's length", withHead(8, normalize(), dropout(), relu(), product(), linear(2))],
  ["behind parts that mix them", withHead(6, normalize(3), product(), linear(2))],
  ["cosine", withHead(8, cosine())],
  ["distance", withHead(8, squaredDistance())],
  ["outer product", withHead(4, outerProduct(), linear(2))],
  ["scores", withHead(1, scoreDifference())],
  ["scores and a layer", withHead(1, scoreDifference(), linear(2))],
  ["side by side", withHead(8, linear(8), relu(), linear(2))],
];

describe("what swapping the images does, by a network's layers", () => {
  it.each(NETWORKS)("%s: as with weights at random", (_, network) => {
    expect(answersSwapped(network)).toBe(measured(network));
  });

  it("is not said of networks whose rule decides", () => {
    expect(answersSwapped({ trunk: [flatten(), linear(10)], head: [] })).toBeUndefined();
  });
});
