import type { PlacedLayer } from "../../network/layer.js";
import type { Softmax } from "../../network/layers/softmax.js";
import { type Activations, allocateActivations, allocateLike } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { Operation, Workshop } from "./operation.js";

/** Softmax over each of a flat input's groups. */
export function softmaxOperation(
  { kernels, examples: capacity }: Workshop,
  { groups, temperature = 1 }: Softmax,
  input: Activations,
): Operation {
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
}

/** From two vectors to all products of their elements. */
export function outerProductOperation(
  { kernels, examples: capacity }: Workshop,
  placed: PlacedLayer,
  input: Activations,
): Operation {
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
}

/** From two beliefs to the logits of whether the relation holds. */
export function ordinalOperation(
  { kernels, relation, examples: capacity }: Workshop,
  placed: PlacedLayer,
  input: Activations,
): Operation {
  const { run } = kernels;
  const output = allocateActivations(kernels, placed.output, capacity);
  const { size, positions } = input;
  const columns = columnsOf(kernels, positions);
  const classes = positions.length / 2;
  const holds = kernels.allocate(classes * classes);
  kernels
    .integers(holds, classes * classes)
    .set(
      Int32Array.from({ length: classes * classes }, (_, at) =>
        Number(relation.holds(Math.floor(at / classes), at % classes)),
      ),
    );
  return {
    output,
    forward(examples) {
      run.ordinal(input.values, examples, classes, size, columns, holds, output.values, output.size);
    },
    backward(examples) {
      if (!input.gradients) return;
      run.ordinalGradient(
        input.values,
        output.gradients,
        examples,
        classes,
        size,
        columns,
        holds,
        output.size,
        input.gradients,
      );
    },
  };
}

/** Where each element stands, in the kernels' memory: i32 [elements]. */
function columnsOf(kernels: KernelSpace, positions: Int32Array): Pointer {
  const columns = kernels.allocate(positions.length);
  kernels.integers(columns, positions.length).set(positions);
  return columns;
}
