import type { SquaredDistance } from "../../../network/layers/squared-distance.js";
import { measured } from "../measured.js";

export default measured<SquaredDistance>((first, second, at) =>
  at.step("ReduceSumSquare", [at.step("Sub", [first, second])], { axes: [1] }),
);
