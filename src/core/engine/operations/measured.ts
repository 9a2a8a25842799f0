import type { Layer } from "../../network/layer.js";
import { allocateActivations } from "../activations.js";
import { inOrder } from "../parameters.js";
import type { LayerOperation } from "./operation.js";

/** The features of a pair's two images: where f and g begin among others' does not matter, their elements' places do. */
export interface PairOfFeatures {
  readonly values: Float32Array;
  /** Where each element of f stands, and each of g. */
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** A number made of f and g. */
export interface Measure {
  of(pair: PairOfFeatures): number;
  /** Puts the measure's derivatives by all elements, times a factor, where the elements stand. */
  derive(pair: PairOfFeatures, factor: number, into: Float32Array): void;
}

/** A tensor of one element takes a whole vector, so that those behind it stay aligned. */
const ROOM = 8;

/** The logits [0, w · measure + b]. */
export const measured = (measure: Measure): LayerOperation<Layer> => ({
  make({ kernels, tensors, examples: capacity }, placed, input) {
    const output = allocateActivations(kernels, placed.output, capacity);
    const half = input.positions.length / 2;
    const [first, second] = [input.positions.subarray(0, half), input.positions.subarray(half)];
    const one = () => inOrder(1);
    const weight = tensors.parameter(placed, "weight", ROOM, one);
    const bias = tensors.parameter(placed, "bias", ROOM, one);
    const pairAt = (example: number): PairOfFeatures => ({
      values: kernels.floats(input.values + example * input.size * 4, input.size),
      first,
      second,
    });
    const element = (pointer: number) => kernels.floats(pointer, 1);
    return {
      output,
      forward(examples) {
        const [w, b] = [element(weight.values)[0] as number, element(bias.values)[0] as number];
        const logits = kernels.floats(output.values, examples * output.size);
        // The first logit is 0 from the beginning.
        for (let i = 0; i < examples; i++) logits[i * output.size + 1] = w * measure.of(pairAt(i)) + b;
      },
      backward(examples) {
        const w = element(weight.values)[0] as number;
        const slopes = kernels.floats(output.gradients, examples * output.size);
        let [ofWeight, ofBias] = [0, 0];
        for (let i = 0; i < examples; i++) {
          const pair = pairAt(i);
          const slope = slopes[i * output.size + 1] as number;
          ofWeight += slope * measure.of(pair);
          ofBias += slope;
          if (!input.gradients) continue;
          measure.derive(pair, slope * w, kernels.floats(input.gradients + i * input.size * 4, input.size));
        }
        element(weight.gradients)[0] = ofWeight;
        element(bias.gradients)[0] = ofBias;
      },
    };
  },
});
