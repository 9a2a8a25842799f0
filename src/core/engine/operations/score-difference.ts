import type { ScoreDifference } from "../../network/layers/score-difference.js";
import { allocateActivations } from "../activations.js";
import type { LayerOperation } from "./operation.js";

/** From two scores s and t to the logits [0, t − s]. */
const operation: LayerOperation<ScoreDifference> = {
  make({ kernels, examples: capacity }, placed, input) {
    const output = allocateActivations(kernels, placed.output, capacity);
    const [first = 0, second = 0] = input.positions;
    return {
      output,
      forward(examples) {
        const scores = kernels.floats(input.values, examples * input.size);
        const logits = kernels.floats(output.values, examples * output.size);
        // The first logit is 0 from the beginning.
        for (let i = 0; i < examples; i++) {
          const at = i * input.size;
          logits[i * output.size + 1] = (scores[at + second] as number) - (scores[at + first] as number);
        }
      },
      backward(examples) {
        if (!input.gradients) return;
        const ofScores = kernels.floats(input.gradients, examples * input.size);
        const ofLogits = kernels.floats(output.gradients, examples * output.size);
        for (let i = 0; i < examples; i++) {
          const slope = ofLogits[i * output.size + 1] as number;
          ofScores[i * input.size + first] = -slope;
          ofScores[i * input.size + second] = slope;
        }
      },
    };
  },
};
export default operation;
