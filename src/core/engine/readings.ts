import type { Layer, PlacedLayer } from "../network/layer.js";
import type { Shape } from "../network/shape.js";
import type { Activations } from "./activations.js";
import type { KernelSpace } from "./kernels.js";
import type { Operation } from "./operations/operation.js";
import type { Chain } from "./parts.js";

/** The activations of a layer for one image or one pair. */
export interface LayerActivations {
  /** The layer's name, as in its tensors' names: `trunk.4`, `members.1.0`, `trunk.4.body.0`. */
  readonly name: string;
  readonly layer: Layer;
  readonly shape: Shape;
  /** [channels, height, width]. */
  readonly values: Float32Array;
  /** The activations of a residual layer's branches, which it adds. An empty shortcut passes the layer's input on. */
  readonly body?: readonly LayerActivations[];
  readonly shortcut?: readonly LayerActivations[];
}

/** The input and the activations of a part of a network for one image or one pair. */
export interface PartActivations {
  /** `trunk`, `first`, `second`, `members.N` or `head`. */
  readonly name: string;
  readonly inputShape: Shape;
  /**
   * [channels, height, width]. A trunk sees a scaled image. A head sees both images as channels of one image, or the trunks' outputs
   * for the first and second image side by side.
   */
  readonly input: Float32Array;
  readonly layers: readonly LayerActivations[];
}

/** The features and logits that a network's decisions are made from. */
export interface Outputs {
  /**
   * `[pairs, 2, features]`: the trunks' outputs for each image, averaged over members and views. They are digit logits where the
   * network has digits. Absent where the head sees the images.
   */
  readonly features?: Float32Array;
  /** `[pairs, 2]`: the head's logits. The second is for the answer that the relation holds. Absent where there is no head. */
  readonly answers?: Float32Array;
}

/** The activations of a network for one pair. */
export interface Inside {
  /** The activations of each trunk that sees the first image, and of each that sees the second, without views. */
  readonly images: readonly [readonly PartActivations[], readonly PartActivations[]];
  readonly head?: PartActivations;
  /** The outputs for the pair, [1, 2, features] and [1, 2]. */
  readonly outputs: Outputs;
}

/** The elements of `count` examples from `first` on, each in PyTorch's order. */
export function readExamples(
  kernels: KernelSpace,
  { values, size, positions }: Activations,
  first: number,
  count: number,
): Float32Array {
  const inside = kernels.floats(values + first * size * 4, count * size);
  const elements = new Float32Array(count * positions.length);
  let e = 0;
  for (let example = 0; example < count; example++)
    for (let k = 0; k < positions.length; k++)
      elements[e++] = inside[example * size + (positions[k] as number)] as number;
  return elements;
}

/** Writes examples in the order in which `readExamples` reads them. */
export function writeExamples(
  kernels: KernelSpace,
  { values, size, positions }: Activations,
  elements: Float32Array,
): void {
  const count = elements.length / positions.length;
  const inside = kernels.floats(values, count * size);
  let e = 0;
  for (let example = 0; example < count; example++)
    for (let k = 0; k < positions.length; k++)
      inside[example * size + (positions[k] as number)] = elements[e++] as number;
}

/** The input and activations of a part for one example. No layers of the part may be fused. */
export function readPart(
  kernels: KernelSpace,
  { input, operations }: Chain,
  layers: readonly PlacedLayer[],
  example: number,
): PartActivations {
  const [{ name = "", input: inputShape } = { input: input.shape }] = layers;
  return {
    name: name.slice(0, name.lastIndexOf(".")),
    inputShape,
    input: readExamples(kernels, input, example, 1),
    layers: readLayers(kernels, operations, layers, example),
  };
}

/** @param operations  one for each layer; a shortcut may have one more, which only rearranges elements */
function readLayers(
  kernels: KernelSpace,
  operations: readonly Operation[],
  layers: readonly PlacedLayer[],
  example: number,
): LayerActivations[] {
  return layers.map(({ name, layer, output: shape, branches }, i) => {
    const operation = operations[i] as Operation;
    const within = (branch: "body" | "shortcut") =>
      readLayers(kernels, operation.branches?.[branch] ?? [], branches?.[branch] ?? [], example);
    return {
      ...{ name, layer, shape, values: readExamples(kernels, operation.output, example, 1) },
      ...(branches && { body: within("body"), shortcut: within("shortcut") }),
    };
  });
}
