import { type LayerKind, made, type None } from "../layer-kind.js";
import { scaleAndShift } from "../rules.js";

/** Batch normalisation (Ioffe & Szegedy 2015), like PyTorch's `BatchNorm2d` and `BatchNorm1d` with their defaults. */
export interface BatchNorm {
  readonly kind: "batch-norm";
}

declare module "../layer.js" {
  interface Layers {
    readonly "batch-norm": BatchNorm;
  }
}

const kind: LayerKind<BatchNorm> = {
  fields: {},
  rules: (_, input) => {
    const shape = [input.channels];
    const buffers = [
      { name: "running_mean", shape, start: { value: 0 } },
      { name: "running_var", shape, start: { value: 1 } },
    ];
    return { output: input, parameters: scaleAndShift(input.channels), buffers };
  },
  words: () => "batch norm",
  role: "follows",
};
export default kind;

/**
 * Batch norm. It normalises each channel over the batch and, in a map, over all pixels.
 *
 * @throws InvalidRequest where an argument is invalid
 */
export const batchNorm = (...none: None): BatchNorm => made("batchNorm()", kind, { kind: "batch-norm" }, none);
