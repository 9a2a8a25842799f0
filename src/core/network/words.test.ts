import { expect, test } from "vitest";
import {
  averagePool,
  batchNorm,
  convolution,
  globalAveragePool,
  type Layer,
  maxPool,
  relu,
  residual,
} from "./index.js";
import { layerInWords } from "./words.js";

test.each<[Layer, string]>([
  [convolution(8, 3, { stride: 2, padding: 1 }), "convolution 8, 3×3, stride 2, padding 1"],
  [maxPool(2), "max-pool 2×2"],
  [maxPool(3, { stride: 2, padding: 1 }), "max-pool 3×3, stride 2, padding 1"],
  [averagePool(2, { stride: 1 }), "average-pool 2×2, stride 1"],
  [globalAveragePool(), "global average-pool"],
  [residual([relu(), batchNorm()]), "[relu → batch norm] + itself"],
  [residual([residual([relu()])], [convolution(8, 1)]), "[[relu] + itself] + [convolution 8, 1×1]"],
])("%j is “%s”", (layer, words) => {
  expect(layerInWords(layer)).toBe(words);
});
