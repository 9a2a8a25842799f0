/** The size of one example's activations. Vectors have height and width 1. */
export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

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
export interface BatchNorm {
  readonly kind: "batch-norm";
}
export interface MaxPool {
  readonly kind: "max-pool";
  /** Height and width of the square window; what is left over at the border is dropped. */
  readonly size: number;
  /** Default `size`. */
  readonly stride?: number;
  /** Rows and columns on each side that no value of a window comes from; default 0, at most half of `size`. */
  readonly padding?: number;
}
export interface ReLU {
  readonly kind: "relu";
}
export interface Dropout {
  readonly kind: "dropout";
  /** Probability that an activation is dropped; without it, the run's setting applies. */
  readonly rate?: number;
}
export interface Flatten {
  readonly kind: "flatten";
}
export interface Linear {
  readonly kind: "linear";
  /** Outputs. */
  readonly features: number;
}

export interface AveragePool {
  readonly kind: "average-pool";
  /** Height and width of the square window; what is left over at the border is dropped. */
  readonly size: number;
  /** Default `size`. */
  readonly stride?: number;
  /** Rows and columns of zeros on each side, which count in the average; default 0, at most half of `size`. */
  readonly padding?: number;
}
export interface GlobalAveragePool {
  readonly kind: "global-average-pool";
}
export interface Residual {
  readonly kind: "residual";
  /** The body, which ends in the shape of the shortcut's output. */
  readonly layers: readonly Layer[];
  /** Empty for the input itself. */
  readonly shortcut: readonly Layer[];
}

export interface Softmax {
  readonly kind: "softmax";
  /** Equal runs of a flat input's elements, each of which becomes a distribution. */
  readonly groups: number;
  /** What the elements are divided by before; default 1. Below 1 the likely becomes likelier. */
  readonly temperature?: number;
}
export interface Ordinal {
  readonly kind: "ordinal";
}
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

/** Valid convolution with stride 1 unless told otherwise, like PyTorch's `Conv2d`. */
export function convolution(
  channels: number,
  kernel: number,
  { stride = 1, padding = 0 }: { stride?: number; padding?: number } = {},
): Convolution {
  return { kind: "convolution", channels, kernel, stride, padding };
}
export const batchNorm = (): BatchNorm => ({ kind: "batch-norm" });
/** The largest value of each window, like PyTorch's `MaxPool2d`. */
export const maxPool = (size: number, options: PoolOptions = {}): MaxPool => ({
  kind: "max-pool",
  ...window(size, options),
});
export const relu = (): ReLU => ({ kind: "relu" });
export const dropout = (rate?: number): Dropout =>
  rate === undefined ? { kind: "dropout" } : { kind: "dropout", rate };
export const flatten = (): Flatten => ({ kind: "flatten" });
export const linear = (features: number): Linear => ({ kind: "linear", features });
/** The mean of each window, padding included, like PyTorch's `AvgPool2d`. */
export const averagePool = (size: number, options: PoolOptions = {}): AveragePool => ({
  kind: "average-pool",
  ...window(size, options),
});
/** The mean of each channel over the whole map; its output is flat. */
export const globalAveragePool = (): GlobalAveragePool => ({ kind: "global-average-pool" });
/**
 * layers(x) + shortcut(x), or layers(x) + x without a shortcut (He et al. 2016, "Deep Residual Learning for Image
 * Recognition"). Its tensors are named as those of a PyTorch module with the `Sequential`s `body` and `shortcut`.
 */
export const residual = (layers: readonly Layer[], shortcut: readonly Layer[] = []): Residual => ({
  kind: "residual",
  layers,
  shortcut,
});

interface PoolOptions {
  readonly stride?: number;
  readonly padding?: number;
}

/** What a pool's window says of itself; defaults stay unsaid. */
const window = (size: number, { stride = size, padding = 0 }: PoolOptions) => ({
  size,
  ...(stride !== size && { stride }),
  ...(padding !== 0 && { padding }),
});
/** Softmax over each of `groups` equal runs of a flat input: in a head, softmax(2) turns both digits' logits into two beliefs. */
export const softmax = (groups = 1, temperature = 1): Softmax => ({
  kind: "softmax",
  groups,
  ...(temperature !== 1 && { temperature }),
});
/**
 * What two independent beliefs say of their pair. From p and q, each the probabilities of n classes and flat side by side,
 * two logits: ln P(the relation does not hold), ln P(it holds), with P = Σ p_i q_j over the pairs of classes (i, j) of which
 * that is so. For less-or-equal these are ln P(a > b) and ln P(a ≤ b). Each P is summed by itself, and counts as 2⁻¹²⁶ where
 * it is less. The relation is the pair set's. The logits' cross-entropy is −ln P of the truth.
 */
export const ordinal = (): Ordinal => ({ kind: "ordinal" });
/**
 * All products p_i q_j of a flat input's two halves p and q, j counting first. A linear layer behind it is bilinear in p and q,
 * PyTorch's `Bilinear`: of two beliefs it learns a table of what each pair of classes says.
 */
export const outerProduct = (): OuterProduct => ({ kind: "outer-product" });
export const gelu = (): GELU => ({ kind: "gelu" });
export const silu = (): SiLU => ({ kind: "silu" });
export const leakyRelu = (slope = 0.01): LeakyReLU => ({ kind: "leaky-relu", slope });
export const groupNorm = (groups: number): GroupNorm => ({ kind: "group-norm", groups });
/**
 * groupNorm(1), which over a flat input is PyTorch's `LayerNorm`. Over maps it has a scale and a shift for each channel, where
 * `LayerNorm` has them for each element.
 */
export const layerNorm = (): GroupNorm => groupNorm(1);
