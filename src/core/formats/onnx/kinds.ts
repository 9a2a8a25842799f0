import LAYERS from "../../generated/onnx-layers.js";
import type { Layer, Layers } from "../../network/layer.js";
import type { LayerGraph } from "./layer-graph.js";

const EACH: { readonly [Kind in keyof Layers]: LayerGraph<Layers[Kind]> } = LAYERS;
const KINDS = EACH as unknown as Readonly<Record<Layer["kind"], LayerGraph<Layer>>>;

export const layerGraphOf = (layer: Layer): LayerGraph<Layer> => KINDS[layer.kind];
