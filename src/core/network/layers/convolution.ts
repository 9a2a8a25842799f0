import { padding, size } from "../fields.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { affineMap } from "../rules.js";
import { checkOptions, steps, tooSmall, type WindowOptions } from "../windows.js";

/** A convolution with a bias. Like PyTorch's `Conv2d`, it is a cross-correlation. */
export interface Convolution {
  readonly kind: "convolution";
  /** Output channels. */
  readonly channels: number;
  /** Height and width of the square kernel. */
  readonly kernel: number;
  readonly stride: number;
  /** The number of rows and columns of zeros on each side. */
  readonly padding: number;
}

declare module "../layer.js" {
  interface Layers {
    readonly convolution: Convolution;
  }
}

const inWords = (layer: Convolution) =>
  `convolution ${layer.channels}, ${layer.kernel}×${layer.kernel}${steps(layer, 1)}`;

const kind: LayerKind<Convolution> = {
  fields: { channels: size, kernel: size, stride: size, padding },
  rules: ({ channels, kernel, stride, padding }, input) => {
    const across = (size: number) => Math.floor((size + 2 * padding - kernel) / stride) + 1;
    const output = { height: across(input.height), width: across(input.width), channels };
    if (output.height < 1 || output.width < 1)
      throw tooSmall(`a ${kernel}×${kernel} convolution`, kernel - 2 * padding, input);
    const weight = [channels, input.channels, kernel, kernel];
    return { output, parameters: affineMap(weight, channels, input.channels * kernel ** 2), buffers: [] };
  },
  words: inWords,
  short: (layer) => inWords(layer).replace("convolution", "conv"),
  role: "main",
};
export default kind;

/**
 * A convolution like PyTorch's `Conv2d`.
 *
 * @param channels  the number of output channels
 * @param kernel  height and width of the kernel
 * @param options  `stride`, default 1; `padding`, default 0
 * @throws InvalidRequest where an argument is invalid
 */
export function convolution(channels: number, kernel: number, options: WindowOptions = {}, ...none: None): Convolution {
  checkOptions(options, "convolution's options");
  const { stride = 1, padding = 0 } = options;
  const layer: Convolution = { kind: "convolution", channels, kernel, stride, padding };
  return made("convolution(channels, kernel, options)", kind, layer, none);
}
