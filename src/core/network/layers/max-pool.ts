import { type LayerKind, made, type None } from "../layer-kind.js";
import { pooled, WINDOW, type WindowOptions, windowInWords, windowOf } from "../windows.js";

/** The largest value of each window. */
export interface MaxPool {
  readonly kind: "max-pool";
  /** Height and width of the square window; what is left over at the border is dropped. */
  readonly size: number;
  /** Default `size`. */
  readonly stride?: number;
  /** Rows and columns on each side that no value of a window comes from; default 0, at most half of `size`. */
  readonly padding?: number;
}

declare module "../layer.js" {
  interface Layers {
    readonly "max-pool": MaxPool;
  }
}

const kind: LayerKind<MaxPool> = {
  fields: WINDOW,
  rules: (layer, input) => pooled(layer, "max-pool", input),
  words: (layer) => windowInWords(layer, "max-pool"),
  role: "follows",
};
export default kind;

/**
 * The largest value of each window, like PyTorch's `MaxPool2d`.
 *
 * @param size  height and width of the window
 * @param options  `stride`, default `size`; `padding`, default 0
 * @throws InvalidRequest where it is given what it does not take
 */
export const maxPool = (size: number, options: WindowOptions = {}, ...none: None): MaxPool =>
  made("maxPool(size, options)", kind, { kind: "max-pool", ...windowOf(size, options, "maxPool") }, none);
