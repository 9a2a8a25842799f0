import type { Layer } from "../../network/layer.js";
import type { LayerGraph, LayerPlace } from "./layer-graph.js";

/** A layer that makes a value of the same shape, and takes flat ones as well as maps. */
export const pointwise =
  <Each extends Layer>(make: (x: string, at: LayerPlace, layer: Each) => string): LayerGraph<Each> =>
  ({ name, rank }, at, { layer }) => ({ name: make(name, at, layer), rank });
