import { type LayerKind, made, type None } from "../layer-kind.js";
import { shaped } from "../rules.js";
import { flat } from "../shape.js";

/** The mean of each channel over the whole map. */
export interface GlobalAveragePool {
  readonly kind: "global-average-pool";
}

declare module "../layer.js" {
  interface Layers {
    readonly "global-average-pool": GlobalAveragePool;
  }
}

const kind: LayerKind<GlobalAveragePool> = {
  fields: {},
  rules: (_, input) => shaped(flat(input.channels)),
  words: () => "global average-pool",
  role: "prepares",
};
export default kind;

/**
 * The mean of each channel over the whole map. The output is flat.
 *
 * @throws InvalidRequest where an argument is invalid
 */
export const globalAveragePool = (...none: None): GlobalAveragePool =>
  made("globalAveragePool()", kind, { kind: "global-average-pool" }, none);
