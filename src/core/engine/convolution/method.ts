import type { PlacedLayer } from "../../network/layer.js";
import type { Convolution } from "../../network/layers/convolution.js";
import type { Activations } from "../activations.js";
import type { Pointer } from "../kernels.js";
import type { BuildContext, ImageStudy } from "../operations/operation.js";
import type { Panels } from "../products/panels.js";

/** A way to compute a convolution and its gradients, a few images at a time. */
export interface ConvolutionMethod {
  readonly panels: Panels;
  /** The output pixels of one image. */
  readonly pixels: number;
  /** The most images in one call of `forward` or `backward`. */
  readonly group: number;
  readonly studies: readonly ImageStudy[];
  /** Call it once before a batch's `forward` calls. */
  beginForward(): void;
  /** Convolves `images` images from `first` on into y, [images · pixels, channels]. */
  forward(first: number, images: number, y: Pointer): void;
  /** Call it once before a batch's `backward` calls. */
  beginBackward(): void;
  /** Adds to the weights' gradient, and sets the input's if it has one. */
  backward(first: number, images: number, yGradient: Pointer): void;
  /** The two parts of `backward`. */
  weightGradient(first: number, images: number, yGradient: Pointer): void;
  inputGradient(first: number, images: number, yGradient: Pointer): void;
  /** What `backward` adds the weights' gradient to: the start of its memory, and how many floats. */
  readonly sums: { readonly pointer: Pointer; readonly count: number };
  /** Whether the last bits of `sums` depend on which images are in one call of `backward`. */
  readonly sumsByGroup: boolean;
  /** Call it once after a batch's `backward` calls. */
  endBackward(): void;
}

/** A convolution in its place, for which a method is chosen. */
export interface ConvolutionContext {
  readonly build: BuildContext;
  readonly placed: PlacedLayer;
  readonly layer: Convolution;
  readonly input: Activations;
  /** The output pixels in the order of their rows in y. */
  readonly order: Int32Array;
  /** Whether batch norm follows. */
  readonly normalized: boolean;
  readonly panels: Panels;
}
