import { type LayerKind, made, type None } from "../layer-kind.js";
import { scaleAndShift } from "../rules.js";

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

export const batchNorm = (...none: None): BatchNorm => made("batchNorm()", kind, { kind: "batch-norm" }, none);
