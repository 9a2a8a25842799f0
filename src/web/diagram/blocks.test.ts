import { expect, it } from "vitest";
import {
  batchNorm,
  convolution,
  DIGIT_PAIRS,
  dropout,
  flatten,
  type Layer,
  linear,
  maxPool,
  relu,
  residual,
} from "../../core/network/index.js";
import { placeNetwork } from "../../core/network/place-network.js";
import { blocksOf, collapsed } from "./blocks.js";

const kinds = (layers: readonly Layer[]) => {
  const { head } = placeNetwork({ trunk: [], head: [...layers, flatten(), linear(2)] }, DIGIT_PAIRS);
  return blocksOf(head).map((block) => block.layers.map(({ layer }) => layer.kind).join(" "));
};
const same = convolution(2, 3, { padding: 1 });

it.each<[string, readonly Layer[], readonly string[]]>([
  [
    "what follows a convolution belongs to it",
    [convolution(8, 5), batchNorm(), maxPool(2), relu()],
    ["convolution batch-norm max-pool relu", "flatten linear"],
  ],
  [
    "what prepares a linear layer belongs to that",
    [flatten(), dropout(), linear(4), relu(), dropout()],
    ["flatten dropout linear relu dropout", "flatten linear"],
  ],
  [
    "as does what comes before the first",
    [batchNorm(), relu(), same],
    ["batch-norm relu convolution", "flatten linear"],
  ],
  [
    "a residual layer is a block with only the activation of its sum",
    [relu(), residual([same]), relu(), batchNorm(), same],
    ["relu", "residual relu", "batch-norm convolution", "flatten linear"],
  ],
])("%s", (_, layers, expected) => {
  expect(kinds(layers)).toEqual(expected);
});

it("blocks in a row are one where layers and shapes are the same", () => {
  const wider = convolution(4, 3, { padding: 1 });
  const { head } = placeNetwork(
    { trunk: [], head: [wider, relu(), wider, relu(), wider, relu(), flatten(), linear(2)] },
    DIGIT_PAIRS,
  );
  // The first is from 2 channels.
  expect(collapsed(blocksOf(head)).map(({ times }) => times)).toEqual([1, 2, 1]);
});
