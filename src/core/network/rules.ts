import { InvalidRequest } from "../errors.js";
import type { AveragePool, Layer, MaxPool, Residual, Shape } from "./layers.js";

/** A tensor that a layer owns, under PyTorch's name and in PyTorch's shape. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** How it starts: uniform in ±bound (PyTorch's default, ±1/√fan-in), or one constant. */
  readonly start: { readonly bound: number } | { readonly value: number };
}

interface Rules {
  /** Shape after the layer; throws InvalidRequest where the layer does not fit. */
  readonly output: Shape;
  /** What training changes. */
  readonly parameters: readonly TensorSpec[];
  /** What evaluation needs beside the parameters: batch norm's running statistics. */
  readonly buffers: readonly TensorSpec[];
}

export const isFlat = (shape: Shape): boolean => shape.height === 1 && shape.width === 1;
export const elements = (shape: Shape): number => shape.height * shape.width * shape.channels;
const flat = (channels: number): Shape => ({ height: 1, width: 1, channels });

/** What a layer without layers of its own makes of an input of shape `input`, and the tensors it needs for that. */
export function rulesOf(layer: Exclude<Layer, Residual>, input: Shape): Rules {
  switch (layer.kind) {
    case "convolution": {
      const across = (size: number) => Math.floor((size + 2 * layer.padding - layer.kernel) / layer.stride) + 1;
      const output = { height: across(input.height), width: across(input.width), channels: layer.channels };
      if (output.height < 1 || output.width < 1)
        throw new InvalidRequest(`a ${layer.kernel}×${layer.kernel} convolution does not fit ${describe(input)}`);
      const fanIn = input.channels * layer.kernel ** 2;
      const shape = [layer.channels, input.channels, layer.kernel, layer.kernel];
      return { output, parameters: affineMap(shape, layer.channels, fanIn), buffers: [] };
    }
    case "linear": {
      flatInput(`linear(${layer.features})`, input);
      const parameters = affineMap([layer.features, input.channels], layer.features, input.channels);
      return { output: flat(layer.features), parameters, buffers: [] };
    }
    case "batch-norm": {
      const shape = [input.channels];
      return {
        output: input,
        parameters: scaleAndShift(input.channels),
        buffers: [
          { name: "running_mean", shape, start: { value: 0 } },
          { name: "running_var", shape, start: { value: 1 } },
        ],
      };
    }
    case "max-pool":
    case "average-pool":
      return { output: pooled(layer, input), parameters: [], buffers: [] };
    case "global-average-pool":
      return { output: flat(input.channels), parameters: [], buffers: [] };
    case "flatten":
      return { output: flat(elements(input)), parameters: [], buffers: [] };
    case "dropout":
      return { output: input, parameters: [], buffers: [] };
    case "relu":
      return { output: input, parameters: [], buffers: [] };
    case "softmax":
      flatInput(`softmax(${layer.groups})`, input);
      if (input.channels % layer.groups !== 0)
        throw new InvalidRequest(
          `softmax(${layer.groups}) needs equal groups, but ${input.channels} elements make none`,
        );
      return { output: input, parameters: [], buffers: [] };
    case "outer-product":
      flatInput("outerProduct()", input);
      if (input.channels % 2 !== 0)
        throw new InvalidRequest(`outerProduct() needs two halves of as many elements, not ${input.channels} elements`);
      return { output: flat((input.channels / 2) ** 2), parameters: [], buffers: [] };
    case "ordinal":
      flatInput("ordinal()", input);
      if (input.channels % 2 !== 0)
        throw new InvalidRequest(`ordinal() needs two beliefs of as many classes, not ${input.channels} elements`);
      return { output: flat(2), parameters: [], buffers: [] };
    case "gelu":
    case "silu":
      return { output: input, parameters: [], buffers: [] };
    case "leaky-relu":
      return { output: input, parameters: [], buffers: [] };
    case "group-norm":
      if (input.channels % layer.groups !== 0)
        throw new InvalidRequest(
          `groupNorm(${layer.groups}) needs equal groups of channels, but ${input.channels} make none`,
        );
      return { output: input, parameters: scaleAndShift(input.channels), buffers: [] };
  }
}

/** The shape after pooling, as PyTorch counts windows: those that lie within the map and its padding. */
function pooled({ kind, size, stride = size, padding = 0 }: MaxPool | AveragePool, input: Shape): Shape {
  if (2 * padding > size)
    throw new InvalidRequest(`padding ${padding} of a ${size}×${size} ${kind} must be at most half of its size`);
  if (padding > 0 && isFlat(input))
    throw new InvalidRequest(
      `${kind === "average-pool" ? "an" : "a"} ${kind} with padding needs a map, not ${describe(input)}`,
    );
  const across = (length: number) => Math.floor((length + 2 * padding - size) / stride) + 1;
  const output = { height: across(input.height), width: across(input.width), channels: input.channels };
  if (output.height < 1 || output.width < 1)
    throw new InvalidRequest(`a ${size}×${size} ${kind} does not fit ${describe(input)}`);
  return output;
}

/** PyTorch's default start of `Conv2d` and `Linear`: kaiming_uniform_ with a = √5, which is ±1/√fan-in, and so the bias. */
function affineMap(weight: readonly number[], outputs: number, fanIn: number): TensorSpec[] {
  const start = { bound: 1 / Math.sqrt(fanIn) };
  return [
    { name: "weight", shape: weight, start },
    { name: "bias", shape: [outputs], start },
  ];
}

function flatInput(layer: string, input: Shape): void {
  if (!isFlat(input))
    throw new InvalidRequest(`${layer} needs a flat input, not ${describe(input)}: put flatten() before it`);
}

function scaleAndShift(channels: number): TensorSpec[] {
  return [
    { name: "weight", shape: [channels], start: { value: 1 } },
    { name: "bias", shape: [channels], start: { value: 0 } },
  ];
}

export const describe = ({ height, width, channels }: Shape): string =>
  `${channels} channel${channels === 1 ? "" : "s"} of ${height}×${width}`;
