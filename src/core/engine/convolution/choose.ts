import { Panels } from "../products/panels.js";
import type { ConvolutionContext, ConvolutionMethod } from "./method.js";
import { PatchConvolution } from "./patches.js";
import { WinogradConvolution } from "./winograd.js";
import { winogradVariant } from "./winograd-variant.js";

export function convolutionContext(place: Omit<ConvolutionContext, "panels">): ConvolutionContext {
  return { ...place, panels: convolutionPanels(place) };
}

/** Picks the method with the fewest operations for a convolution's shape. */
export function convolutionMethod(context: ConvolutionContext): ConvolutionMethod {
  const variant = context.build.shortcuts.includes("winograd") ? winogradVariant(context) : undefined;
  if (!variant) return new PatchConvolution(context);
  // Without batch norm, max-pool and ReLU leave most of the output's gradient exactly 0, and with it some weights'
  // gradients. Winograd's rounding would turn those zeros into noise, which Adam scales up to whole steps.
  return new WinogradConvolution(context, variant, context.normalized ? undefined : new PatchConvolution(context));
}

/** The weights, with a row for each tap and channel in the order of a patch. */
function convolutionPanels({ build, placed, layer, input }: Omit<ConvolutionContext, "panels">): Panels {
  const { height, width, channels } = placed.input;
  const taps = layer.kernel ** 2;
  const rowOf = new Int32Array(channels * taps);
  for (let c = 0, k = 0; c < channels; c++) {
    // The channels of flattened activations are in another order.
    const lane = input.positions[c * height * width] as number;
    for (let tap = 0; tap < taps; tap++) rowOf[k++] = tap * input.stride + lane;
  }
  return new Panels(build, placed, layer.channels, taps * input.stride, rowOf);
}
