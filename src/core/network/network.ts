import type { Layer, PlacedLayer } from "./layer.js";

/**
 * A network for pairs of images. A trunk sees one image at a time: the same trunk both, or one of two the first and the
 * other the second. The head sees the pair: the trunks' outputs side by side, or without a trunk the two images as
 * channels of one.
 *
 * - trunk and head: the head's two logits say whether the relation holds.
 * - trunk alone: its outputs are digit logits, and the relation is applied to the two likeliest digits.
 */
export interface Network {
  readonly trunk: readonly Layer[];
  readonly head: readonly Layer[];
  /** Weight of each image's digit cross-entropy in the loss; 0 or absent for none. Needs a trunk that ends in digit logits. */
  readonly auxiliaryWeight?: number;
  /** Default shared. */
  readonly trunks?: Trunks;
  /**
   * Weight of the head's cross-entropy in the loss, default 1. With 0 the head decides and nothing is trained through it:
   * it may have no parameters, and the network learns from its digits, so it needs an auxiliary weight.
   */
  readonly pairWeight?: number;
  /**
   * How many trunks of these layers there are, each with weights of its own; default 1. Each sees both images and learns from its
   * digits as if it were alone. What decides, the head or the rule, sees the mean of their digit logits: an ensemble. More than
   * one need an auxiliary weight, and a head that nothing is trained through.
   */
  readonly members?: number;
}

/** One trunk with one set of weights for both images, or two of the same layers, each with its own weights. */
export type Trunks = "shared" | "separate";

/** What a network is built for: the images it sees and the classes they fall into. */
export interface InputSpec {
  readonly height: number;
  readonly width: number;
  /** Channels of one image. */
  readonly channels: number;
  readonly classes: number;
}

/** A network with every shape worked out. */
export interface PlacedNetwork {
  /** None, one or several for both images, or the first image's and the second's. */
  readonly trunks: readonly (readonly PlacedLayer[])[];
  /** There are two trunks, and each sees one image of a pair. */
  readonly separate: boolean;
  readonly head: readonly PlacedLayer[];
  /** A trunk ends in one logit for each class. */
  readonly hasDigits: boolean;
  readonly auxiliaryWeight: number;
  /** Weight of the head's cross-entropy; of no meaning without a head. */
  readonly pairWeight: number;
}

/** The MNIST pairs of the paper: 14×14 grey-scale digits. */
export const DIGIT_PAIRS: InputSpec = { height: 14, width: 14, channels: 1, classes: 10 };

/** Every layer of a network, part by part, each residual one followed by those of its body and its shortcut. */
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
