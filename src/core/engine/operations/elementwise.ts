import type { Dropout } from "../../network/layers/dropout.js";
import { type Activations, allocateLike } from "../activations.js";
import type { Operation, Workshop } from "./operation.js";

export function reluOperation({ kernels, examples: capacity }: Workshop, input: Activations): Operation {
  const { run } = kernels;
  // Half of what a ReLU sees is expected below 0; what dropout made 0 before it stays 0. Images may be anything.
  const { training } = (input.gradients && input.sparsity) || { training: 1 };
  const sparsity = { background: 0, training: training / 2, evaluation: 0.5 };
  const output = { ...allocateLike(kernels, input, capacity), sparsity };
  return {
    output,
    forward(examples) {
      run.relu(input.values, examples * input.size, output.values);
    },
    backward(examples) {
      if (input.gradients) run.reluGradient(output.values, output.gradients, examples * input.size, input.gradients);
    },
  };
}

/** Inverted dropout: what is kept is scaled by 1 / (1 − rate), so evaluation passes everything as it is. */
export function dropoutOperation(workshop: Workshop, layer: Dropout, input: Activations): Operation {
  const { kernels, dropoutState, examples: capacity } = workshop;
  const rate = layer.rate ?? workshop.dropout;
  const sparsity = { background: 0, training: 1 - rate, evaluation: 1 };
  const output = { ...allocateLike(kernels, input, capacity), sparsity };
  const mask = kernels.allocate(capacity * input.size + 4);
  const threshold = Math.min(Math.round(rate * 2 ** 32), 2 ** 32 - 1);
  return {
    output,
    forward(examples, training) {
      const count = examples * input.size;
      if (!training || threshold === 0) {
        kernels.copy(input.values, output.values, count);
        return;
      }
      kernels.run.dropOut(dropoutState, threshold, 1 / (1 - rate), input.values, count, mask, output.values);
    },
    backward(examples) {
      if (!input.gradients) return;
      const count = examples * input.size;
      if (threshold === 0) kernels.copy(output.gradients, input.gradients, count);
      else kernels.run.multiply(output.gradients, mask, count, input.gradients);
    },
  };
}

/** Flattening moves nothing: the order of the elements is kept beside them. */
export function flattenOperation(input: Activations): Operation {
  const { size, positions } = input;
  const output = { ...input, shape: { height: 1, width: 1, channels: positions.length }, stride: size };
  return { output, forward() {}, backward() {} };
}
