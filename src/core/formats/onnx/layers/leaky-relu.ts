import type { LeakyReLU } from "../../../network/layers/leaky-relu.js";
import { pointwise } from "../pointwise.js";

export default pointwise<LeakyReLU>((x, at, { slope }) => at.result("LeakyRelu", [x], { alpha: { single: slope } }));
