import type { Cosine } from "../../../network/layers/cosine.js";
import { wholes } from "../graph.js";
import { measured } from "../measured.js";

/** What a length counts as at least; the engine's. */
const EPSILON = 1e-8;

export default measured<Cosine>((first, second, at) => {
  const least = at.constant("least", EPSILON);
  const lengthOf = (features: string) => at.step("Max", [at.step("ReduceL2", [features], { axes: [1] }), least]);
  const product = at.step("ReduceSum", [at.step("Mul", [first, second]), at.constant("features", wholes(1))]);
  return at.step("Div", [product, at.step("Mul", [lengthOf(first), lengthOf(second)])]);
});
