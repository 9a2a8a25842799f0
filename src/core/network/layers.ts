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
  /** Height, width and stride of the square window; what is left over at the border is dropped. */
  readonly size: number;
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

/** One layer of a network, as plain data. */
export type Layer = Convolution | BatchNorm | MaxPool | ReLU | Dropout | Flatten | Linear;

/** Valid convolution with stride 1 unless told otherwise, like PyTorch's `Conv2d`. */
export function convolution(
  channels: number,
  kernel: number,
  { stride = 1, padding = 0 }: { stride?: number; padding?: number } = {},
): Convolution {
  return { kind: "convolution", channels, kernel, stride, padding };
}
export const batchNorm = (): BatchNorm => ({ kind: "batch-norm" });
export const maxPool = (size: number): MaxPool => ({ kind: "max-pool", size });
export const relu = (): ReLU => ({ kind: "relu" });
export const dropout = (rate?: number): Dropout =>
  rate === undefined ? { kind: "dropout" } : { kind: "dropout", rate };
export const flatten = (): Flatten => ({ kind: "flatten" });
export const linear = (features: number): Linear => ({ kind: "linear", features });
