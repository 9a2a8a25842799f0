import { anything, fields, shown } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { checkFieldsOf } from "./check-layer.js";

/** The size of one example's activations. Vectors have height and width 1. */
export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A convolution (a cross-correlation, as PyTorch's `Conv2d`) with a bias. */
export interface Convolution {
  readonly kind: "convolution";
  /** Output channels. */
  readonly channels: number;
  /** Height and width of the square kernel. */
  readonly kernel: number;
  readonly stride: number;
  /** Rows and columns of zeros on each side. */
  readonly padding: number;
}
/** Batch normalisation (Ioffe & Szegedy 2015), as PyTorch's `BatchNorm2d` and `BatchNorm1d` with their defaults. */
export interface BatchNorm {
  readonly kind: "batch-norm";
}
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
/** max(x, 0). */
export interface ReLU {
  readonly kind: "relu";
}
/** Inverted dropout (Srivastava et al. 2014): in training some activations are 0, the others 1 / (1 − rate) times as large; in evaluation all pass as they are. */
export interface Dropout {
  readonly kind: "dropout";
  /** Probability that an activation is dropped; without it, the run's setting applies. */
  readonly rate?: number;
}
/** A map as a vector, channels first, as PyTorch's `Flatten`. */
export interface Flatten {
  readonly kind: "flatten";
}
/** An affine map of a vector, as PyTorch's `Linear`. */
export interface Linear {
  readonly kind: "linear";
  /** Outputs. */
  readonly features: number;
}

/** The mean of each window. */
export interface AveragePool {
  readonly kind: "average-pool";
  /** Height and width of the square window; what is left over at the border is dropped. */
  readonly size: number;
  /** Default `size`. */
  readonly stride?: number;
  /** Rows and columns of zeros on each side, which count in the average; default 0, at most half of `size`. */
  readonly padding?: number;
}
/** The mean of each channel. */
export interface GlobalAveragePool {
  readonly kind: "global-average-pool";
}
/** What a body and a shortcut make of one input, added up. */
export interface Residual {
  readonly kind: "residual";
  /** The body, which ends in the shape of the shortcut's output. */
  readonly layers: readonly Layer[];
  /** Empty for the input itself. */
  readonly shortcut: readonly Layer[];
}

/** Probabilities of logits. */
export interface Softmax {
  readonly kind: "softmax";
  /** Equal runs of a flat input's elements, each of which becomes a distribution. */
  readonly groups: number;
  /** What the elements are divided by before; default 1. Below 1 the likely becomes likelier. */
  readonly temperature?: number;
}
/** What two beliefs say of the relation of their pair. */
export interface Ordinal {
  readonly kind: "ordinal";
}
/** All products of two beliefs. */
export interface OuterProduct {
  readonly kind: "outer-product";
}
/** x · Φ(x), Φ the normal distribution function: PyTorch's default, by erf. Hendrycks & Gimpel 2016. */
export interface GELU {
  readonly kind: "gelu";
}
/** x · sigmoid(x). Elfwing et al. 2017. */
export interface SiLU {
  readonly kind: "silu";
}
/** x above 0, `slope` · x below. */
export interface LeakyReLU {
  readonly kind: "leaky-relu";
  /** Factor of what is below 0; PyTorch's `negative_slope`. */
  readonly slope: number;
}
/** Wu & He 2018, as PyTorch's `GroupNorm`: each example's groups of channels normalised, ε 1e-5, then an affine map of each channel. */
export interface GroupNorm {
  readonly kind: "group-norm";
  /** Groups of as many channels each, in their order. */
  readonly groups: number;
}

/** One layer of a network, as plain data. */
export type Layer =
  | Convolution
  | BatchNorm
  | MaxPool
  | ReLU
  | Dropout
  | Flatten
  | Linear
  | AveragePool
  | GlobalAveragePool
  | Residual
  | Softmax
  | Ordinal
  | OuterProduct
  | GELU
  | SiLU
  | LeakyReLU
  | GroupNorm;

/** Layers, each residual one followed by those of its body and its shortcut. */
export const withNested = (layers: readonly Layer[]): Layer[] =>
  layers.flatMap((layer) =>
    layer.kind === "residual" ? [layer, ...withNested(layer.layers), ...withNested(layer.shortcut)] : [layer],
  );

/**
 * A layer as its maker was called.
 *
 * @param call    how the maker is called: "linear(features)"
 * @param beyond  arguments that it does not have: dropped, they would leave another network
 * @throws InvalidRequest naming what is unknown, missing, out of range or too much
 */
function made<Made extends Layer>(call: string, layer: Made, beyond: readonly unknown[]): Made {
  const more = beyond.find((each) => each !== undefined);
  if (more !== undefined) throw new InvalidRequest(`${call} takes nothing more, not ${shown(more)}`);
  checkFieldsOf(layer, call.slice(0, call.indexOf("(")));
  return layer;
}

/** No arguments behind the last. */
type None = readonly [];

/**
 * A convolution like PyTorch's `Conv2d`.
 *
 * @param channels  of the output
 * @param kernel  height and width
 * @param options  `stride`, default 1; `padding`, default 0
 * @throws InvalidRequest where it is given what it does not take
 */
export function convolution(channels: number, kernel: number, options: WindowOptions = {}, ...none: None): Convolution {
  checkOptions(options, "convolution's options");
  const { stride = 1, padding = 0 } = options;
  const layer: Convolution = { kind: "convolution", channels, kernel, stride, padding };
  return made("convolution(channels, kernel, options)", layer, none);
}
/**
 * Batch norm over the batch and, in a map, its places.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const batchNorm = (...none: None): BatchNorm => made("batchNorm()", { kind: "batch-norm" }, none);
/**
 * The largest value of each window, like PyTorch's `MaxPool2d`.
 *
 * @param size  height and width of the window
 * @param options  `stride`, default `size`; `padding`, default 0
 * @throws InvalidRequest where it is given what it does not take
 */
export const maxPool = (size: number, options: WindowOptions = {}, ...none: None): MaxPool =>
  made("maxPool(size, options)", { kind: "max-pool", ...window(size, options, "maxPool") }, none);
/**
 * max(x, 0).
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const relu = (...none: None): ReLU => made("relu()", { kind: "relu" }, none);
/**
 * Dropout.
 *
 * @param rate  from 0 to below 1; without it, the run's setting applies
 * @throws InvalidRequest where it is given what it does not take
 */
export const dropout = (rate?: number, ...none: None): Dropout =>
  made("dropout(rate)", { kind: "dropout", ...(rate !== undefined && { rate }) }, none);
/**
 * A map as a vector, [channels, height, width].
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const flatten = (...none: None): Flatten => made("flatten()", { kind: "flatten" }, none);
/**
 * An affine map of a flat input.
 *
 * @param features  outputs
 * @throws InvalidRequest where it is given what it does not take
 */
export const linear = (features: number, ...none: None): Linear =>
  made("linear(features)", { kind: "linear", features }, none);
/**
 * The mean of each window, padding included, like PyTorch's `AvgPool2d`.
 *
 * @param size  height and width of the window
 * @param options  `stride`, default `size`; `padding`, default 0
 * @throws InvalidRequest where it is given what it does not take
 */
export const averagePool = (size: number, options: WindowOptions = {}, ...none: None): AveragePool =>
  made("averagePool(size, options)", { kind: "average-pool", ...window(size, options, "averagePool") }, none);
/**
 * The mean of each channel over the whole map; its output is flat.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const globalAveragePool = (...none: None): GlobalAveragePool =>
  made("globalAveragePool()", { kind: "global-average-pool" }, none);
/**
 * layers(x) + shortcut(x), or layers(x) + x without a shortcut (He et al. 2016, "Deep Residual Learning for Image
 * Recognition"). Its tensors are named as those of a PyTorch module with the `Sequential`s `body` and `shortcut`.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const residual = (layers: readonly Layer[], shortcut: readonly Layer[] = [], ...none: None): Residual =>
  made("residual(layers, shortcut)", { kind: "residual", layers, shortcut }, none);

interface WindowOptions {
  readonly stride?: number;
  readonly padding?: number;
}

/** Their names alone: the values are checked as the layer's. */
const checkOptions = fields({ stride: anything, padding: anything }, "option");

/** What a pool's window says of itself; defaults stay unsaid. */
function window(size: number, options: WindowOptions, maker: string): Omit<MaxPool, "kind"> {
  checkOptions(options, `${maker}'s options`);
  const { stride = size, padding = 0 } = options;
  return { size, ...(stride !== size && { stride }), ...(padding !== 0 && { padding }) };
}

/**
 * Softmax over each of `groups` equal runs of a flat input: in a head, softmax(2) turns both digits' logits into two beliefs.
 *
 * @param temperature  what logits are divided by before
 * @throws InvalidRequest where it is given what it does not take
 */
export const softmax = (groups = 1, temperature = 1, ...none: None): Softmax =>
  made("softmax(groups, temperature)", { kind: "softmax", groups, ...(temperature !== 1 && { temperature }) }, none);
/**
 * What two independent beliefs say of their pair. From p and q, each the probabilities of n classes and flat side by side,
 * two logits: ln P(the relation does not hold), ln P(it holds), with P = Σ p_i q_j over the pairs of classes (i, j) of which
 * that is so. For less-or-equal these are ln P(a > b) and ln P(a ≤ b). Each P is summed by itself, and counts as 2⁻¹²⁶ where
 * it is less. The relation is the pair set's. The logits' cross-entropy is −ln P of the truth.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const ordinal = (...none: None): Ordinal => made("ordinal()", { kind: "ordinal" }, none);
/**
 * All products p_i q_j of a flat input's two halves p and q, j counting first. A linear layer behind it is bilinear in p and q,
 * PyTorch's `Bilinear`: of two beliefs it learns a table of what each pair of classes says.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const outerProduct = (...none: None): OuterProduct => made("outerProduct()", { kind: "outer-product" }, none);
/**
 * x · Φ(x).
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const gelu = (...none: None): GELU => made("gelu()", { kind: "gelu" }, none);
/**
 * x · sigmoid(x).
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const silu = (...none: None): SiLU => made("silu()", { kind: "silu" }, none);
/**
 * x above 0, `slope` · x below; 0.01 as in PyTorch.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const leakyRelu = (slope = 0.01, ...none: None): LeakyReLU =>
  made("leakyRelu(slope)", { kind: "leaky-relu", slope }, none);
/**
 * Normalises each example's groups of channels.
 *
 * @param groups  a divisor of the channels
 * @throws InvalidRequest where it is given what it does not take
 */
export const groupNorm = (groups: number, ...none: None): GroupNorm =>
  made("groupNorm(groups)", { kind: "group-norm", groups }, none);
/**
 * groupNorm(1), which over a flat input is PyTorch's `LayerNorm`. Over maps it has a scale and a shift for each channel, where
 * `LayerNorm` has them for each element.
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const layerNorm = (...none: None): GroupNorm => made("layerNorm()", { kind: "group-norm", groups: 1 }, none);
