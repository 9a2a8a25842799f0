import type { Layer } from "../../network/layer.js";
import { wholes } from "./graph.js";
import { flatValue, type LayerGraph, type LayerPlace } from "./layer-graph.js";

/** The logits [0, w · measure + b]. @param measure  makes [n, 1] of the first image's features and the second's */
export const measured =
  <Each extends Layer>(measure: (first: string, second: string, at: LayerPlace) => string): LayerGraph<Each> =>
  (input, at) => {
    const [first, second] = at.halves(input);
    const weighted = at.step("Mul", [measure(first, second, at), at.tensor("weight")]);
    return flatValue(besideZero(at.step("Add", [weighted, at.tensor("bias")]), at));
  };

/** The logits [0, z] of z, [n, 1]: z with a column of zeros before it. */
export const besideZero = (z: string, at: LayerPlace): string =>
  at.result("Pad", [z, at.constant("column_before", wholes(0, 1, 0, 0))]);
