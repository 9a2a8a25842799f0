import { type Activations, allocateLike, columnsOf } from "../activations.js";
import type { BuildContext, Operation } from "./operation.js";

/** Whether the elements of two activations have the same places. */
export const sameLayout = (a: Activations, b: Activations): boolean =>
  a.size === b.size && a.positions.every((position, element) => position === b.positions[element]);

/** Moves the elements to the places that they have in `like`. */
export function rearrangeOperation(
  { kernels, examples: capacity }: BuildContext,
  input: Activations,
  like: Activations,
): Operation {
  const output = allocateLike(kernels, like, capacity);
  const [from, to] = [columnsOf(kernels, input.positions), columnsOf(kernels, output.positions)];
  const [fromBytes, toBytes] = [input.size * 4, output.size * 4];
  const elements = input.positions.length;
  return {
    output,
    forward(examples) {
      kernels.run.rearrange(input.values, from, fromBytes, output.values, to, toBytes, elements, examples);
    },
    backward(examples) {
      if (!input.gradients) return;
      kernels.run.rearrange(output.gradients, to, toBytes, input.gradients, from, fromBytes, elements, examples);
    },
  };
}
