import type { LeakyReLU } from "../../network/layers/leaky-relu.js";
import { type Activations, allocateLike } from "../activations.js";
import type { Operation, Workshop } from "./operation.js";

/** GELU or SiLU. Their slopes cost little beside the values, so a training pass keeps them for the way back. */
export function smoothOperation(
  { kernels, examples: capacity }: Workshop,
  kind: "gelu" | "silu",
  input: Activations,
): Operation {
  const { run } = kernels;
  const output = allocateLike(kernels, input, capacity);
  const slopes = input.gradients ? kernels.allocate(capacity * input.size + 4) : 0;
  return {
    output,
    forward(examples, training) {
      run[kind](input.values, examples * input.size, output.values, training ? slopes : 0);
    },
    backward(examples) {
      if (input.gradients) run.multiply(output.gradients, slopes, examples * input.size, input.gradients);
    },
  };
}

export function leakyReluOperation(
  { kernels, examples: capacity }: Workshop,
  { slope }: LeakyReLU,
  input: Activations,
): Operation {
  const { run } = kernels;
  const output = allocateLike(kernels, input, capacity);
  return {
    output,
    forward(examples) {
      run.leakyRelu(input.values, examples * input.size, slope, output.values);
    },
    backward(examples) {
      if (!input.gradients) return;
      run.leakyReluGradient(input.values, output.gradients, examples * input.size, slope, input.gradients);
    },
  };
}
