import type { Softmax } from "../../network/layers/softmax.js";
import { allocateLike, columnsOf } from "../activations.js";
import type { LayerOperation } from "./operation.js";

const operation: LayerOperation<Softmax> = {
  make({ kernels, examples: capacity }, { layer: { groups, temperature = 1 } }, input) {
    const { run } = kernels;
    const { size, positions } = input;
    const output = allocateLike(kernels, input, capacity);
    const columns = columnsOf(kernels, positions);
    const classes = positions.length / groups;
    return {
      output,
      forward(examples) {
        run.softmax(input.values, examples, groups, classes, size, columns, temperature, output.values);
      },
      backward(examples) {
        if (!input.gradients) return;
        const { values, gradients } = output;
        run.softmaxGradient(values, gradients, examples, groups, classes, size, columns, temperature, input.gradients);
      },
    };
  },
};
export default operation;
