import type { Flatten } from "../../network/layers/flatten.js";
import { flat } from "../../network/shape.js";
import type { LayerOperation } from "./operation.js";

/** Flattening moves nothing: `positions` keeps the order of the elements. */
const operation: LayerOperation<Flatten> = {
  divides: () => true,
  readsPixels: true,
  passes: () => 1,
  make(_context, _placed, input) {
    const { size, positions } = input;
    const output = { ...input, shape: flat(positions.length), stride: size };
    return { output, forward() {}, backward() {} };
  },
};
export default operation;
