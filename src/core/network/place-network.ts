import { InvalidRequest } from "../errors.js";
import { checkLayer } from "./check-layer.js";
import { checkInput, checkNetwork } from "./check-network.js";
import { kindOf } from "./kinds.js";
import type { Layer, PlacedLayer } from "./layer.js";
import type { InputSpec, Network, PlacedNetwork } from "./network.js";
import { elements, flat, isFlat, type Shape } from "./shape.js";

/**
 * Works out every shape of a network.
 *
 * @throws InvalidRequest where a layer does not fit its input, or the network gives no answer
 */
export function placeNetwork(network: Network, input: InputSpec): PlacedNetwork {
  checkNetwork(network);
  checkInput(input);
  const { height, width, channels, classes } = input;
  const trunks = trunkNames(network).map((name) => placePart(name, network.trunk, { height, width, channels }));
  const features = trunks[0]?.at(-1)?.output;
  if (features && !isFlat(features)) throw new InvalidRequest("the trunk must end flat: add flatten() at its end");
  const seenByHead = features ? flat(2 * features.channels) : { height, width, channels: 2 * channels };
  const head = placePart("head", network.head, seenByHead);
  const answer = head.at(-1)?.output;
  if (answer && elements(answer) !== 2)
    throw new InvalidRequest(`the head must end in 2 logits, not ${elements(answer)}`);
  const hasDigits = features?.channels === classes;
  if (!answer && !hasDigits)
    throw new InvalidRequest(`a network without a head needs a trunk that ends in ${classes} class logits`);
  const auxiliaryWeight = network.auxiliaryWeight ?? 0;
  if (auxiliaryWeight > 0 && !hasDigits)
    throw new InvalidRequest(`an auxiliary loss needs a trunk that ends in ${classes} class logits`);
  if (!answer && auxiliaryWeight === 0)
    throw new InvalidRequest(
      "a network without a head learns only from its images' classes: it needs an auxiliary weight above 0",
    );
  const pairWeight = placedPairWeight(network, head, auxiliaryWeight);
  const placed = { trunks, separate: network.trunks === "separate", head, hasDigits, auxiliaryWeight, pairWeight };
  if ((network.members ?? 1) > 1) checkMembers(placed);
  return placed;
}

/** @throws InvalidRequest where the members have nothing to learn from */
function checkMembers({ separate, head, auxiliaryWeight, pairWeight }: PlacedNetwork): void {
  if (separate) throw new InvalidRequest("members see both images: they need a shared trunk, not separate ones");
  if (auxiliaryWeight === 0)
    throw new InvalidRequest("members learn only from their images' classes: they need an auxiliary weight above 0");
  if (head.length > 0 && pairWeight > 0)
    throw new InvalidRequest(
      "members learn only from their images' classes: they need a network without a head, or a pairWeight of 0",
    );
}

function placedPairWeight({ pairWeight }: Network, head: readonly PlacedLayer[], auxiliaryWeight: number): number {
  if (pairWeight === undefined || pairWeight === 1) return 1;
  if (head.length === 0) throw new InvalidRequest("pairWeight weighs the head's loss: this network has no head");
  if (pairWeight > 0) return pairWeight;
  if (auxiliaryWeight === 0)
    throw new InvalidRequest(
      "with a pairWeight of 0 only the images' classes are learned: it needs an auxiliary weight above 0",
    );
  const trainable = head.find(({ parameters }) => parameters.length > 0);
  if (trainable)
    throw new InvalidRequest(
      `${trainable.name}: with a pairWeight of 0 the head is not trained: it may have no layer with parameters`,
    );
  return 0;
}

function trunkNames({ trunk, trunks = "shared", members = 1 }: Network): string[] {
  if (trunk.length > 0 && trunks === "separate") return ["first", "second"];
  if (trunk.length > 0)
    return members === 1 ? ["trunk"] : Array.from({ length: members }, (_, member) => `members.${member}`);
  if (members > 1) throw new InvalidRequest("members are trunks: this network has only a head");
  if (trunks === "separate") throw new InvalidRequest("separate trunks need a trunk: this network has only a head");
  return [];
}

function placePart(part: string, layers: readonly Layer[], first: Shape): PlacedLayer[] {
  let input = first;
  // `map` would skip a hole in the array, where a layer is missing.
  return Array.from(layers, (layer, index) => {
    const name = `${part}.${index}`;
    checkLayer(layer, name);
    const placed = placeLayer(name, layer, input);
    input = placed.output;
    return placed;
  });
}

function placeLayer(name: string, layer: Layer, input: Shape): PlacedLayer {
  const { branches, rules } = kindOf(layer);
  const within = branches?.(layer);
  const placed = within && {
    body: placePart(`${name}.body`, within.body, input),
    shortcut: placePart(`${name}.shortcut`, within.shortcut, input),
  };
  try {
    return { name, layer, input, ...rules(layer, input, placed ?? NONE), ...(placed && { branches: placed }) };
  } catch (error) {
    throw error instanceof InvalidRequest ? new InvalidRequest(`${name}: ${error.message}`) : error;
  }
}

const NONE = { body: [], shortcut: [] };
