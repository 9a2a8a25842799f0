import type { Layer, PlacedLayer } from "../network/layer.js";
import type { Shape } from "../network/shape.js";
import type { Activations } from "./activations.js";
import type { KernelSpace } from "./kernels.js";
import type { Operation } from "./operations/operation.js";
import type { Chain } from "./parts.js";

/** What a layer made of one image, or of one pair. */
export interface LayerActivations {
  /** As in its tensors' names: `trunk.4`, `members.1.0`, `trunk.4.body.0`. */
  readonly name: string;
  readonly layer: Layer;
  readonly shape: Shape;
  /** [channels, height, width]. */
  readonly values: Float32Array;
  /** Of a residual layer: what its two branches made, which it adds up. An empty shortcut passes the layer's input on. */
  readonly body?: readonly LayerActivations[];
  readonly shortcut?: readonly LayerActivations[];
}

/** What a part of a network saw and made of one image, or of one pair. */
export interface PartActivations {
  /** `trunk`, `first`, `second`, `members.N` or `head`. */
  readonly name: string;
  readonly inputShape: Shape;
  /**
   * [channels, height, width]: an image as it is scaled, for a head both images as channels of one or what the trunks made of
   * them, first and second side by side.
   */
  readonly input: Float32Array;
  readonly layers: readonly LayerActivations[];
}

/** What a network's decisions are made of. */
export interface Outputs {
  /**
   * [pairs, 2, features]: what the trunks make of each image, the mean over members and views. Digit logits where the network
   * has digits. Absent where the head sees the images.
   */
  readonly features?: Float32Array;
  /** [pairs, 2]: the head's logits, the second for that the relation holds. Absent where there is no head. */
  readonly answers?: Float32Array;
}

/** What is inside of a network while it sees one pair. */
export interface Inside {
  /** What each trunk made of the first image and of the second, as it is, without views: several are an ensemble's members. */
  readonly images: readonly [readonly PartActivations[], readonly PartActivations[]];
  readonly head?: PartActivations;
  /** Of the pair. */
  readonly outputs: Outputs;
}

/** The elements of so many examples, from the `first` on, each in PyTorch's order. */
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

/** Writes examples as `readExamples` reads them, from the first on. */
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

/** What a part saw and made of one example; nothing in it may be fused. */
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

/** @param operations  one for each layer; a shortcut may have one more, which moves the same elements elsewhere */
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
