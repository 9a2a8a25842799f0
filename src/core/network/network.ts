import type { Layer, PlacedLayer } from "./layer.js";

/**
 * A network for pairs of images. A trunk sees one image at a time. Both images go through the same trunk, or each through a
 * trunk of its own. The head sees the pair: the trunks' outputs side by side or, without a trunk, the two images as channels
 * of one image.
 *
 * - With a head, its two logits say whether the relation holds.
 * - Without a head, the trunk's outputs are digit logits, and the relation is applied to the two likeliest digits.
 */
export interface Network {
  readonly trunk: readonly Layer[];
  readonly head: readonly Layer[];
  /** The weight of each image's digit cross-entropy in the loss, default 0. Above 0, the trunk must end in digit logits. */
  readonly auxiliaryWeight?: number;
  /** Default "shared". */
  readonly trunks?: Trunks;
  /**
   * The weight of the head's cross-entropy in the loss, default 1. With 0, the head still decides, but nothing is trained
   * through it: it may have no parameters, and an auxiliary weight above 0 is needed.
   */
  readonly pairWeight?: number;
  /**
   * The number of trunks with these layers, each with weights of its own; default 1. Each sees both images and learns from its
   * own digits. The head or the rule, which decides, sees the mean of their digit logits: an ensemble. More than one member
   * needs an auxiliary weight above 0, and no head or a `pairWeight` of 0.
   */
  readonly members?: number;
}

/** "shared": one trunk for both images. "separate": two trunks of the same layers, each with weights of its own. */
export type Trunks = "shared" | "separate";

/** The images that a network sees, and the number of their classes. */
export interface InputSpec {
  readonly height: number;
  readonly width: number;
  /** Channels of one image. */
  readonly channels: number;
  readonly classes: number;
}

/** A network with every shape worked out. */
export interface PlacedNetwork {
  /** No trunk, one or several that see both images, or two separate ones: the first image's and the second's. */
  readonly trunks: readonly (readonly PlacedLayer[])[];
  /** Whether there are two trunks, each for one image of a pair. */
  readonly separate: boolean;
  readonly head: readonly PlacedLayer[];
  /** Whether the trunk ends in one logit for each class. */
  readonly hasDigits: boolean;
  readonly auxiliaryWeight: number;
  /** The weight of the head's cross-entropy. It has no meaning without a head. */
  readonly pairWeight: number;
}

/** The MNIST pairs of the paper: 14×14 grey-scale digits. */
export const DIGIT_PAIRS: InputSpec = { height: 14, width: 14, channels: 1, classes: 10 };

/** Every layer of a network, part by part, each residual one followed by the layers of its body and its shortcut. */
export const layersOf = ({ trunks, head }: Pick<PlacedNetwork, "trunks" | "head">): PlacedLayer[] =>
  withBranches([...trunks.flat(), ...head]);

const withBranches = (layers: readonly PlacedLayer[]): PlacedLayer[] =>
  layers.flatMap((placed) => {
    const { body = [], shortcut = [] } = placed.branches ?? {};
    return [placed, ...withBranches(body), ...withBranches(shortcut)];
  });

/** The number of values that training changes. */
export function parameterCount(network: Pick<PlacedNetwork, "trunks" | "head">): number {
  let count = 0;
  for (const { parameters } of layersOf(network))
    for (const { shape } of parameters) count += shape.reduce((product, size) => product * size, 1);
  return count;
}
