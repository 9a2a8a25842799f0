import { expect, test } from "vitest";
import {
  absoluteDifference,
  averagePool,
  batchNorm,
  convolution,
  cosine,
  difference,
  globalAveragePool,
  type Layer,
  matching,
  maxPool,
  normalize,
  product,
  relu,
  residual,
  scoreDifference,
  squaredDistance,
} from "./index.js";
import { layerInWords, networkInWords } from "./words.js";

test.each<[Layer, string]>([
  [convolution(8, 3, { stride: 2, padding: 1 }), "convolution 8, 3×3, stride 2, padding 1"],
  [maxPool(2), "max-pool 2×2"],
  [maxPool(3, { stride: 2, padding: 1 }), "max-pool 3×3, stride 2, padding 1"],
  [averagePool(2, { stride: 1 }), "average-pool 2×2, stride 1"],
  [globalAveragePool(), "global average-pool"],
  [difference(), "f − g"],
  [absoluteDifference(), "|f − g|"],
  [product(), "f · g"],
  [matching(), "|f − g| beside f · g"],
  [normalize(), "L2 norm of 2 groups"],
  [normalize(1), "L2 norm"],
  [cosine(), "cosine"],
  [squaredDistance(), "squared distance"],
  [scoreDifference(), "score difference"],
  [residual([relu(), batchNorm()]), "[relu → batch norm] + itself"],
  [residual([residual([relu()])], [convolution(8, 1)]), "[[relu] + itself] + [convolution 8, 1×1]"],
])("%j is “%s”", (layer, words) => {
  expect(layerInWords(layer)).toBe(words);
});

test("without a head the question is asked of digits, or of classes", () => {
  const pairOf = (...of: ["class"?]) => networkInWords({ trunk: [relu()], head: [] }, ...of).pair;
  expect(pairOf()).toBe("the likelier digit of each image, compared");
  expect(pairOf("class")).toBe("the question, asked of the likeliest class of each image");
});
