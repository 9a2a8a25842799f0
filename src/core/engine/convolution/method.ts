import type { PlacedLayer } from "../../network/layer.js";
import type { Convolution } from "../../network/layers/convolution.js";
import type { Activations } from "../activations.js";
import type { Pointer } from "../kernels.js";
import type { ImageStudy, Workshop } from "../operations/operation.js";
import { Panels } from "../products/panels.js";
import { PatchConvolution } from "./patches.js";
import { WinogradConvolution } from "./winograd.js";
import { winogradVariant } from "./winograd-variant.js";

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
export interface ConvolutionSite {
  readonly workshop: Workshop;
  readonly placed: PlacedLayer;
  readonly layer: Convolution;
  readonly input: Activations;
  /** The output pixels in the order in which their rows shall stand. */
  readonly order: Int32Array;
  /** Batch norm follows. */
  readonly normalized: boolean;
  readonly panels: Panels;
}

/** Makes the weights of a convolution in its place. */
export function convolutionSite(place: Omit<ConvolutionSite, "panels">): ConvolutionSite {
  return { ...place, panels: convolutionPanels(place) };
}

/** Picks the method with the fewest operations for a convolution's shape. */
export function convolutionMethod(site: ConvolutionSite): ConvolutionMethod {
  const variant = site.workshop.shortcuts.includes("winograd") ? winogradVariant(site) : undefined;
  if (!variant) return new PatchConvolution(site);
  // Without batch norm, max-pool and ReLU leave most of the output's gradient exactly 0, and with it some weights'
  // gradients. Winograd's rounding would turn those zeros into noise, which Adam scales up to whole steps.
  return new WinogradConvolution(site, variant, site.normalized ? undefined : new PatchConvolution(site));
}

/** A row for each tap and channel, in the order in which a patch holds them. */
function convolutionPanels({ workshop, placed, layer, input }: Omit<ConvolutionSite, "panels">): Panels {
  const { height, width, channels } = placed.input;
  const taps = layer.kernel ** 2;
  const rowOf = new Int32Array(channels * taps);
  for (let c = 0, k = 0; c < channels; c++) {
    // Flattened activations keep their channels in another order.
    const lane = input.positions[c * height * width] as number;
    for (let tap = 0; tap < taps; tap++) rowOf[k++] = tap * input.stride + lane;
  }
  return new Panels(workshop, placed, layer.channels, taps * input.stride, rowOf);
}
