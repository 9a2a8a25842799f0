import type { Dropout } from "../../../network/layers/dropout.js";
import type { LayerGraph } from "../layer-graph.js";

/** Only training drops. */
const layer: LayerGraph<Dropout> = (input) => input;
export default layer;
