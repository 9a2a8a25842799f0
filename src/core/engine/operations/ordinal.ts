import type { Relation } from "../../data/relations.js";
import type { Ordinal } from "../../network/layers/ordinal.js";
import { allocateActivations, columnsOf } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import type { LayerOperation } from "./operation.js";

/** Computes the logits of whether the relation holds from two beliefs. */
const operation: LayerOperation<Ordinal> = {
  make({ kernels, relation, examples: capacity }, placed, input) {
    const { run } = kernels;
    const output = allocateActivations(kernels, placed.output, capacity);
    const { size, positions } = input;
    const columns = columnsOf(kernels, positions);
    const classes = positions.length / 2;
    const holds = tableOf(kernels, relation, classes);
    return {
      output,
      forward(examples) {
        run.ordinal(input.values, examples, classes, size, columns, holds, output.values, output.size);
      },
      backward(examples) {
        if (!input.gradients) return;
        const { gradients, size: outputs } = output;
        run.ordinalGradient(input.values, gradients, examples, classes, size, columns, holds, outputs, input.gradients);
      },
    };
  },
};
export default operation;

/** i32 [classes, classes]: 1 where the relation holds. */
function tableOf(kernels: KernelSpace, relation: Relation, classes: number): Pointer {
  const count = classes * classes;
  const table = kernels.allocate(count);
  const holds = (at: number) => Number(relation.holds(Math.floor(at / classes), at % classes));
  kernels.integers(table, count).set(Int32Array.from({ length: count }, (_, at) => holds(at)));
  return table;
}
