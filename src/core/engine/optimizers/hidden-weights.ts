import { layersOf, type PlacedNetwork } from "../../network/network.js";

/**
 * The weights of hidden layers: all but those of the first layer that sees images and of the last layer of each part.
 *
 * @param weights  of convolutions and linear layers, in the order of the layers; a name begins with its part
 */
export function hiddenWeights<Weight extends { readonly name: string }>(weights: readonly Weight[]): Weight[] {
  const parts = new Map<string, Weight[]>();
  for (const weight of weights) {
    const part = weight.name.slice(0, weight.name.indexOf("."));
    parts.set(part, [...(parts.get(part) ?? []), weight]);
  }
  return [...parts].flatMap(([part, own]) => own.slice(part !== "head" || parts.size === 1 ? 1 : 0, -1));
}

/** Whether a network has weights that Muon moves differently from AdamW. */
export function hasHiddenWeights(network: PlacedNetwork): boolean {
  const weights = layersOf(network).filter(({ parameters }) => parameters.some(({ shape }) => shape.length > 1));
  return hiddenWeights(weights).length > 0;
}
