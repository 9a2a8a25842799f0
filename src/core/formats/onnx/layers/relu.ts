import type { ReLU } from "../../../network/layers/relu.js";
import { pointwise } from "../pointwise.js";

export default pointwise<ReLU>((x, at) => at.result("Relu", [x]));
