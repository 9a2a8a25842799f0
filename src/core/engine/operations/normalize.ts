import type { Normalize } from "../../network/layers/normalize.js";
import { allocateLike } from "../activations.js";
import type { LayerOperation } from "./operation.js";

/** What a length counts as at least; PyTorch's default. */
const EPSILON = 1e-12;

/** x / max(‖x‖, ε) of each of a flat input's groups. */
const operation: LayerOperation<Normalize> = {
  make({ kernels, examples: capacity }, { layer: { groups } }, input) {
    const { size, positions } = input;
    const output = allocateLike(kernels, input, capacity);
    const count = positions.length / groups;
    const places = Array.from({ length: groups }, (_, group) => positions.subarray(group * count, (group + 1) * count));
    return {
      output,
      forward(examples) {
        for (let i = 0; i < examples; i++) {
          const x = kernels.floats(input.values + i * size * 4, size);
          const y = kernels.floats(output.values + i * size * 4, size);
          for (const own of places) {
            const divisor = Math.max(Math.sqrt(product(x, x, own)), EPSILON);
            for (let e = 0; e < count; e++) y[own[e] as number] = (x[own[e] as number] as number) / divisor;
          }
        }
      },
      backward(examples) {
        if (!input.gradients) return;
        for (let i = 0; i < examples; i++) {
          const x = kernels.floats(input.values + i * size * 4, size);
          const ofX = kernels.floats(input.gradients + i * size * 4, size);
          const ofY = kernels.floats(output.gradients + i * size * 4, size);
          for (const own of places) {
            const length = Math.sqrt(product(x, x, own));
            const divisor = Math.max(length, EPSILON);
            // What points along x changes its length alone. A length below ε counts as ε: it changes with no element.
            const along = length > EPSILON ? product(x, ofY, own) / length / length : 0;
            for (let e = 0; e < count; e++) {
              const at = own[e] as number;
              ofX[at] = ((ofY[at] as number) - (x[at] as number) * along) / divisor;
            }
          }
        }
      },
    };
  },
};
export default operation;

/** The scalar product of the elements in some places. */
function product(a: Float32Array, b: Float32Array, places: Int32Array): number {
  let sum = 0;
  for (let e = 0; e < places.length; e++)
    sum += (a[places[e] as number] as number) * (b[places[e] as number] as number);
  return sum;
}
