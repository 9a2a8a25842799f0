import { InvalidRequest } from "../errors.js";
import { checkLayer } from "./check-layer.js";
import { checkInput, checkNetwork } from "./check-network.js";
import type { Layer, Residual, Shape } from "./layers.js";
import { describe, elements, isFlat, rulesOf, type TensorSpec } from "./rules.js";

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

/** A layer in its place. */
export interface PlacedLayer {
  /**
   * As in PyTorch's state dict: the part, and the index counting every layer of that part, such as `trunk.4`. Parts are
   * `trunk` or, where trunks are separate, `first` and `second`, or `members.0`, `members.1` and so on; and `head`. Within a residual layer the names go on:
   * `trunk.4.body.0`, `trunk.4.shortcut.0`.
   */
  readonly name: string;
  readonly layer: Layer;
  readonly input: Shape;
  readonly output: Shape;
  readonly parameters: readonly TensorSpec[];
  readonly buffers: readonly TensorSpec[];
  /** What a residual layer adds up. */
  readonly branches?: { readonly body: readonly PlacedLayer[]; readonly shortcut: readonly PlacedLayer[] };
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

/**
 * Works out every shape of a network.
 *
 * @throws InvalidRequest where a layer does not fit its input, or the network has no answer to give.
 */
export function placeNetwork(network: Network, input: InputSpec): PlacedNetwork {
  checkNetwork(network);
  checkInput(input);
  const { height, width, channels, classes } = input;
  const trunks = trunkNames(network).map((name) => placePart(name, network.trunk, { height, width, channels }));
  const features = trunks[0]?.at(-1)?.output;
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
  if (auxiliaryWeight > 0 && !hasDigits)
    throw new InvalidRequest(`an auxiliary loss needs a trunk that ends in ${classes} digit logits`);
  if (!answer && auxiliaryWeight === 0)
    throw new InvalidRequest(
      "a network without a head learns from its digits alone: it needs an auxiliary weight above 0",
    );
  const pairWeight = placedPairWeight(network, head, auxiliaryWeight);
  const placed = { trunks, separate: network.trunks === "separate", head, hasDigits, auxiliaryWeight, pairWeight };
  if ((network.members ?? 1) > 1) checkMembers(placed);
  return placed;
}

/** @throws InvalidRequest where several trunks would not know what to learn */
function checkMembers({ separate, head, auxiliaryWeight, pairWeight }: PlacedNetwork): void {
  if (separate) throw new InvalidRequest("members see both images: they need a shared trunk, not separate ones");
  if (auxiliaryWeight === 0)
    throw new InvalidRequest("members learn from their digits alone: they need an auxiliary weight above 0");
  if (head.length > 0 && pairWeight > 0)
    throw new InvalidRequest(
      "members learn from their digits alone: they need a network without a head, or a pairWeight of 0",
    );
}

function placedPairWeight({ pairWeight }: Network, head: readonly PlacedLayer[], auxiliaryWeight: number): number {
  if (pairWeight === undefined || pairWeight === 1) return 1;
  if (head.length === 0) throw new InvalidRequest("pairWeight weighs the head's loss: this network has no head");
  if (pairWeight > 0) return pairWeight;
  if (auxiliaryWeight === 0)
    throw new InvalidRequest("a pairWeight of 0 leaves the digits to learn from: it needs an auxiliary weight above 0");
  const trainable = head.find(({ parameters }) => parameters.length > 0);
  if (trainable)
    throw new InvalidRequest(
      `${trainable.name}: a pairWeight of 0 trains nothing in the head, so it may have no layer with parameters`,
    );
  return 0;
}

function trunkNames({ trunk, trunks = "shared", members = 1 }: Network): string[] {
  if (trunk.length > 0 && trunks === "separate") return ["first", "second"];
  if (trunk.length > 0)
    return members === 1 ? ["trunk"] : Array.from({ length: members }, (_, member) => `members.${member}`);
  if (members > 1) throw new InvalidRequest("members are trunks: this network has a head alone");
  if (trunks === "separate") throw new InvalidRequest("separate trunks need a trunk: this network has a head alone");
  return [];
}

function placePart(part: string, layers: readonly Layer[], first: Shape): PlacedLayer[] {
  let input = first;
  // Other than `map` does, a hole in the array is looked at: no layer is there.
  return Array.from(layers, (layer, index) => {
    const name = `${part}.${index}`;
    checkLayer(layer, name);
    const placed = layer.kind === "residual" ? placeResidual(name, layer, input) : placeSimple(name, layer, input);
    input = placed.output;
    return placed;
  });
}

function placeSimple(name: string, layer: Exclude<Layer, Residual>, input: Shape): PlacedLayer {
  try {
    return { name, layer, input, ...rulesOf(layer, input) };
  } catch (error) {
    throw error instanceof InvalidRequest ? new InvalidRequest(`${name}: ${error.message}`) : error;
  }
}

function placeResidual(name: string, layer: Residual, input: Shape): PlacedLayer {
  const body = placePart(`${name}.body`, layer.layers, input);
  const shortcut = placePart(`${name}.shortcut`, layer.shortcut, input);
  const output = body.at(-1)?.output;
  if (!output) throw new InvalidRequest(`${name}: a residual layer needs a layer in its body at least`);
  const beside = shortcut.at(-1)?.output ?? input;
  if (describe(output) !== describe(beside))
    throw new InvalidRequest(
      `${name}: the body makes ${describe(output)}, the shortcut ${describe(beside)}: both must end in one shape to be added`,
    );
  return { name, layer, input, output, parameters: [], buffers: [], branches: { body, shortcut } };
}

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
