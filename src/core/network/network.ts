import { InvalidRequest } from "../errors.js";
import type { Layer, Shape } from "./layers.js";
import { elements, isFlat, rulesOf, type TensorSpec } from "./rules.js";

/**
 * A network for pairs of images. The trunk sees one image at a time, with the same weights for both; the head sees the
 * pair: the trunk's two outputs side by side, or without a trunk the two images as channels of one.
 *
 * - trunk and head: the head's two logits say whether the relation holds.
 * - trunk alone: its outputs are digit logits, and the relation is applied to the two likeliest digits.
 */
export interface Network {
  readonly trunk: readonly Layer[];
  readonly head: readonly Layer[];
  /** Weight of each image's digit cross-entropy in the loss; 0 or absent for none. Needs a trunk that ends in digit logits. */
  readonly auxiliaryWeight?: number;
  /** One trunk with one set of weights for both images, or a trunk of the same layers for each; default shared. */
  readonly trunks?: Trunks;
}

export type Trunks = "shared" | "separate";

/** What a network is built for: the images it sees and the classes they fall into. */
export interface InputSpec {
  readonly height: number;
  readonly width: number;
  /** Channels of one image. */
  readonly channels: number;
  readonly classes: number;
}

/** A layer in its place. */
export interface PlacedLayer {
  /** As in PyTorch's state dict: the part, and the index counting every layer of that part, such as `trunk.4`. */
  readonly name: string;
  readonly layer: Layer;
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters: readonly TensorSpec[];
  readonly buffers: readonly TensorSpec[];
}

export interface PlacedNetwork {
  readonly trunk: readonly PlacedLayer[];
  readonly head: readonly PlacedLayer[];
  /** The trunk ends in one logit for each class. */
  readonly hasDigits: boolean;
  readonly auxiliaryWeight: number;
}

/** The MNIST pairs of the paper: 14×14 grey-scale digits. */
export const DIGIT_PAIRS: InputSpec = { height: 14, width: 14, channels: 1, classes: 10 };

/**
 * Works out every shape of a network.
 *
 * @throws InvalidRequest where a layer does not fit its input, or the network has no answer to give.
 */
export function placeNetwork(network: Network, input: InputSpec): PlacedNetwork {
  const { height, width, channels, classes } = input;
  const trunk = placePart("trunk", network.trunk, { height, width, channels });
  const features = trunk.at(-1)?.output;
  if (features && !isFlat(features)) throw new InvalidRequest("the trunk must end flat: add flatten() at its end");
  const seenByHead = features
    ? { height: 1, width: 1, channels: 2 * features.channels }
    : { height, width, channels: 2 * channels };
  const head = placePart("head", network.head, seenByHead);
  const answer = head.at(-1)?.output;
  if (answer && elements(answer) !== 2)
    throw new InvalidRequest(`the head must end in 2 logits, not ${elements(answer)}`);
  const hasDigits = features?.channels === classes;
  if (!answer && !hasDigits)
    throw new InvalidRequest(`a network without a head needs a trunk that ends in ${classes} digit logits`);
  const auxiliaryWeight = network.auxiliaryWeight ?? 0;
  if (!(auxiliaryWeight >= 0)) throw new InvalidRequest(`auxiliaryWeight must be at least 0, not ${auxiliaryWeight}`);
  if (auxiliaryWeight > 0 && !hasDigits)
    throw new InvalidRequest(`an auxiliary loss needs a trunk that ends in ${classes} digit logits`);
  if (!answer && auxiliaryWeight === 0)
    throw new InvalidRequest(
      "a network without a head learns from its digits alone: it needs an auxiliary weight above 0",
    );
  return { trunk, head, hasDigits, auxiliaryWeight };
}

function placePart(part: string, layers: readonly Layer[], first: Shape): PlacedLayer[] {
  let input = first;
  return layers.map((layer, index) => {
    const name = `${part}.${index}`;
    try {
      const placed = { name, layer, input, ...rulesOf(layer, input) };
      input = placed.output;
      return placed;
    } catch (error) {
      throw error instanceof InvalidRequest ? new InvalidRequest(`${name}: ${error.message}`) : error;
    }
  });
}

/** The number of values that training changes. */
export function parameterCount(network: PlacedNetwork): number {
  let count = 0;
  for (const { parameters } of [...network.trunk, ...network.head])
    for (const { shape } of parameters) count += shape.reduce((product, size) => product * size, 1);
  return count;
}
