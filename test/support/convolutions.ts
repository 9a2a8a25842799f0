import { lessOrEqual } from "../../src/core/data/relations.js";
import { type Activations, allocateActivations } from "../../src/core/engine/activations.js";
import { convolutionContext } from "../../src/core/engine/convolution/choose.js";
import type { ConvolutionContext, ConvolutionMethod } from "../../src/core/engine/convolution/method.js";
import type { Kernels, Pointer } from "../../src/core/engine/kernels.js";
import { TensorSpace } from "../../src/core/engine/parameters.js";
import { allShortcuts } from "../../src/core/engine/shortcuts.js";
import { convolution, flatten, linear } from "../../src/core/network/index.js";
import { layersOf } from "../../src/core/network/network.js";
import { placeNetwork } from "../../src/core/network/place-network.js";
import { newKernels } from "./kernels.js";
import { uniform } from "./models.js";

/** A convolution with stride 1 over random images, weights and output gradients. */
export interface Convolved {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly padding: number;
  readonly images: number;
  readonly seed: number;
}

/** What a convolution makes, in PyTorch's order, one image after the other. */
export interface Products {
  readonly output: ArrayLike<number>;
  readonly inputGradient: ArrayLike<number>;
  readonly weightGradient: ArrayLike<number>;
}

/** Random numbers of a convolution, in PyTorch's order: [images, channels, height, width] and so on. */
export function numbersOf({ images, channels, outputs, kernel, height, width, padding, seed }: Convolved) {
  const next = uniform(seed);
  const noise = (count: number) => new Float32Array(count).map(() => 2 * next() - 1);
  const outHeight = height + 2 * padding - kernel + 1;
  const outWidth = width + 2 * padding - kernel + 1;
  return {
    x: noise(images * channels * height * width),
    weight: noise(outputs * channels * kernel ** 2),
    bias: noise(outputs),
    gradient: noise(images * outputs * outHeight * outWidth),
    outHeight,
    outWidth,
  };
}

/** A convolution in its place, without weights. */
export type Request = Omit<ConvolutionContext, "panels">;

/** Gives a method its weights. */
export const withPanels =
  (make: (context: ConvolutionContext) => ConvolutionMethod) =>
  (request: Request): ConvolutionMethod =>
    make(convolutionContext(request));

/** Runs one method over all images, its rows in a random order of pixels. */
export function productsBy(make: (request: Request) => ConvolutionMethod, shape: Convolved): Products {
  const { height, width, channels, outputs, kernel, padding, images, seed } = shape;
  const { x, weight, bias, gradient, outHeight, outWidth } = numbersOf(shape);
  const kernels = newKernels();
  const tensors = new TensorSpace();
  const layer = convolution(outputs, kernel, { padding });
  const network = { trunk: [layer, flatten()], head: [linear(2)] };
  const [placed] = layersOf(placeNetwork(network, { height, width, channels, classes: 2 }));
  if (!placed || layer.kind !== "convolution") throw new Error("no convolution");
  const build = {
    kernels,
    tensors,
    examples: images,
    dropout: 0,
    dropoutState: 0,
    shortcuts: allShortcuts,
    zeros: kernels.allocate(32),
    relation: lessOrEqual,
  };
  const input = allocateActivations(kernels, placed.input, images);
  const output = allocateActivations(kernels, placed.output, images);
  const order = shuffled(outHeight * outWidth, seed);
  const method = make({ build, placed, layer, input, order, normalized: true });
  const { panels } = method;
  tensors.place(kernels);
  panels.weight.write(kernels, weight);
  panels.bias.write(kernels, bias);
  write(kernels, input, input.values, images, x);
  write(kernels, output, output.gradients, images, gradient);
  reorder(kernels, output, output.gradients, images, order, "gather");

  method.beginForward();
  for (let i = 0; i < images; i += method.group)
    method.forward(i, Math.min(method.group, images - i), output.values + i * output.size * 4);
  method.beginBackward();
  for (let i = 0; i < images; i += method.group)
    method.backward(i, Math.min(method.group, images - i), output.gradients + i * output.size * 4);
  method.endBackward();

  reorder(kernels, output, output.values, images, order, "scatter");
  return {
    output: read(kernels, output, output.values, images),
    inputGradient: read(kernels, input, input.gradients, images),
    weightGradient: panels.weight.read(kernels, "gradients"),
  };
}

/** The same by the definition, in double precision. */
export function productsByDefinition(shape: Convolved): Products {
  const { height, width, channels, outputs, kernel, padding, images } = shape;
  const { x, weight, bias, gradient, outHeight, outWidth } = numbersOf(shape);
  const output = Float64Array.from(gradient);
  const inputGradient = new Float64Array(x.length);
  const weightGradient = new Float64Array(weight.length);
  let at = 0;
  for (let image = 0; image < images; image++)
    for (let o = 0; o < outputs; o++)
      for (let row = -padding; row < outHeight - padding; row++)
        for (let column = -padding; column < outWidth - padding; column++, at++) {
          let sum = bias[o] as number;
          for (let c = 0; c < channels; c++)
            for (let i = Math.max(0, -row); i < Math.min(kernel, height - row); i++)
              for (let j = Math.max(0, -column); j < Math.min(kernel, width - column); j++) {
                const pixel = ((image * channels + c) * height + row + i) * width + column + j;
                const tap = ((o * channels + c) * kernel + i) * kernel + j;
                sum += (x[pixel] as number) * (weight[tap] as number);
                add(inputGradient, pixel, (gradient[at] as number) * (weight[tap] as number));
                add(weightGradient, tap, (gradient[at] as number) * (x[pixel] as number));
              }
          output[at] = sum;
        }
  return { output, inputGradient, weightGradient };
}

function add(sums: Float64Array, at: number, term: number): void {
  sums[at] = (sums[at] as number) + term;
}

function shuffled(count: number, seed: number): Int32Array {
  const next = uniform(seed);
  const keys = Float64Array.from({ length: count }, next);
  return Int32Array.from(keys.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number));
}

function write(kernels: Kernels, { positions, size }: Activations, at: Pointer, images: number, from: Float32Array) {
  const inside = kernels.floats(at, images * size);
  from.forEach((value, i) => {
    const image = Math.floor(i / positions.length);
    inside[image * size + (positions[i % positions.length] as number)] = value;
  });
}

function read(kernels: Kernels, { positions, size }: Activations, at: Pointer, images: number): Float32Array {
  const inside = kernels.floats(at, images * size);
  return Float32Array.from(
    { length: images * positions.length },
    (_, i) => inside[Math.floor(i / positions.length) * size + (positions[i % positions.length] as number)] as number,
  );
}

/** Moves each image's pixels from or to their places in an order. */
function reorder(
  kernels: Kernels,
  { stride, size }: Activations,
  at: Pointer,
  images: number,
  order: Int32Array,
  direction: "gather" | "scatter",
): void {
  for (let image = 0; image < images; image++) {
    const pixels = kernels.floats(at + image * size * 4, size);
    const old = pixels.slice();
    order.forEach((pixel, row) => {
      const [from, to] = direction === "gather" ? [pixel, row] : [row, pixel];
      pixels.set(old.subarray(from * stride, (from + 1) * stride), to * stride);
    });
  }
}
