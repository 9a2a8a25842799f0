import type { OuterProduct } from "../../network/layers/outer-product.js";
import { allocateActivations, columnsOf } from "../activations.js";
import type { LayerOperation } from "./operation.js";

/** Computes all products of two vectors' elements. */
const operation: LayerOperation<OuterProduct> = {
  make({ kernels, examples: capacity }, placed, input) {
    const { run } = kernels;
    const output = allocateActivations(kernels, placed.output, capacity);
    const columns = columnsOf(kernels, input.positions);
    const half = input.positions.length / 2;
    return {
      output,
      forward(examples) {
        run.outerProduct(input.values, examples, half, input.size, columns, output.values, output.size);
      },
      backward(examples) {
        if (!input.gradients) return;
        const { gradients, size } = output;
        run.outerProductGradient(input.values, gradients, examples, half, input.size, columns, size, input.gradients);
      },
    };
  },
};
export default operation;
