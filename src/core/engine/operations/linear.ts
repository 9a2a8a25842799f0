import type { Linear } from "../../network/layers/linear.js";
import { allocateActivations } from "../activations.js";
import { Panels } from "../products/panels.js";
import { SparseInputs } from "../products/sparse-inputs.js";
import { SparseOutputs } from "../products/sparse-outputs.js";
import type { LayerOperation } from "./operation.js";

/** With fewer inputs or outputs, making lists takes longer than they save. */
const LEAST = 64;
/** Lists were measured faster than whole rows where at most this share of a matrix is not 0. */
const MOST = 0.5;

/** y = x · Wᵀ + b over flat activations, with PyTorch's W [outputs, inputs]. */
const operation: LayerOperation<Linear> = {
  make(context, placed, input, { next, passing }) {
    const { layer } = placed;
    const { kernels, shortcuts, examples: capacity } = context;
    // Batch norm cancels the bias, so its gradient is exactly 0.
    const normalized = next[0]?.layer.kind === "batch-norm";
    const output = allocateActivations(kernels, placed.output, capacity);
    const { sparsity } = input;
    const inputs =
      shortcuts.includes("zero inputs") && sparsity && output.size >= LEAST
        ? new SparseInputs(context, placed, layer, input, sparsity, output)
        : undefined;
    const panels = inputs?.panels ?? new Panels(context, placed, layer.features, input.size, input.positions);
    const outputs =
      shortcuts.includes("zero gradients") && passing <= MOST && input.size >= LEAST
        ? new SparseOutputs(context, panels, input, output)
        : undefined;
    const rowBytes = input.size * 4;
    return {
      output,
      forward(examples, training) {
        if (inputs && sparsity && (training ? sparsity.training : sparsity.evaluation) <= MOST)
          inputs.forward(examples);
        else panels.forward(input.values, examples, rowBytes, output.values);
      },
      backward(examples) {
        if (!normalized) panels.biasGradient(output.gradients, examples);
        if (inputs && sparsity && sparsity.training <= MOST) inputs.weightGradient(examples);
        else if (outputs) outputs.weightGradient(examples);
        else panels.weightGradient(input.values, examples, rowBytes, output.gradients);
        if (!input.gradients) return;
        if (outputs) {
          outputs.inputGradient(examples);
        } else {
          panels.transpose();
          panels.inputGradient(output.gradients, examples, input.gradients, rowBytes);
        }
      },
    };
  },
};
export default operation;
