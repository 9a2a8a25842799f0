import type { SiLU } from "../../../network/layers/silu.js";
import { pointwise } from "../pointwise.js";

export default pointwise<SiLU>((x, at) => at.result("Mul", [x, at.step("Sigmoid", [x])]));
