import type { GELU } from "../../../network/layers/gelu.js";
import { pointwise } from "../pointwise.js";

/** x · Φ(x) with Φ(x) = (1 + erf(x / √2)) / 2. */
export default pointwise<GELU>((x, at) => {
  const erf = at.step("Erf", [at.step("Mul", [x, at.constant("inverse_root_of_2", Math.SQRT1_2)])]);
  const twicePhi = at.step("Add", [erf, at.constant("one", 1)]);
  return at.result("Mul", [at.step("Mul", [x, at.constant("half", 0.5)]), twicePhi]);
});
