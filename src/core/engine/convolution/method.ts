import type { PlacedLayer } from "../../network/layer.js";
import type { Convolution } from "../../network/layers/convolution.js";
import type { Activations } from "../activations.js";
import type { Pointer } from "../kernels.js";
import type { BuildContext, ImageStudy } from "../operations/operation.js";
import type { Panels } from "../products/panels.js";

/** A way to compute a convolution and its gradients, a few images at a time. */
export interface ConvolutionMethod {
  readonly panels: Panels;
  /** Output pixels of one image. */
  readonly pixels: number;
  /** The most images in one call of `forward` or `backward`. */
  readonly group: number;
  /** What it wants to know of images. */
  readonly studies: readonly ImageStudy[];
  /** Once before a batch's `forward` calls. */
  beginForward(): void;
  /** Convolves `images` images from the `first` on into y, [images · pixels, channels]. */
  forward(first: number, images: number, y: Pointer): void;
  /** Once before a batch's `backward` calls. */
  beginBackward(): void;
  /** Adds to the weights' gradient, and puts the input's where it wants one. */
  backward(first: number, images: number, yGradient: Pointer): void;
  /** Once after a batch's `backward` calls. */
  endBackward(): void;
}

/** A convolution in its place, for a method to be chosen. */
export interface ConvolutionContext {
  readonly build: BuildContext;
  readonly placed: PlacedLayer;
  readonly layer: Convolution;
  readonly input: Activations;
  /** The output pixels in the order in which their rows shall stand. */
  readonly order: Int32Array;
  /** Batch norm follows. */
  readonly normalized: boolean;
  readonly panels: Panels;
}
