import OPERATIONS from "../../generated/operations.js";
import type { Layer, Layers } from "../../network/layer.js";
import type { LayerOperation } from "./operation.js";

const EACH: { readonly [Kind in keyof Layers]: LayerOperation<Layers[Kind]> } = OPERATIONS;
const KINDS = EACH as unknown as Readonly<Record<Layer["kind"], LayerOperation<Layer>>>;

export const operationOf = (layer: Layer): LayerOperation<Layer> => KINDS[layer.kind];
