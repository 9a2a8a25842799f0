import OPERATIONS from "../../generated/operations.js";
import type { Layer } from "../../network/layer.js";
import type { LayerOperation } from "./operation.js";

/** What the engine makes of each kind of layer. */
const KINDS = OPERATIONS as unknown as { readonly [Kind in Layer["kind"]]: LayerOperation<Layer> };

export const operationOf = (layer: Layer): LayerOperation<Layer> => KINDS[layer.kind];
