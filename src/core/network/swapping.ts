import { kindOf } from "./kinds.js";
import type { Layer } from "./layer.js";
import type { Network } from "./network.js";

/**
 * What swapping the two images of a pair does to a network's answers, whatever its weights are: nothing, or it turns each of them round.
 * Undefined where its layers do not say it. Without a head the rule decides, which is what the relation makes it.
 */
export function answersSwapped({
  trunk,
  head,
  trunks,
}: Pick<Network, "trunk" | "head" | "trunks">): "same" | "opposite" | undefined {
  if (trunk.length === 0 || trunks === "separate") return undefined;
  const compares = head.find((layer) => !keepsApart(layer));
  const swapped = compares && kindOf(compares).swapped;
  // Layers behind two logits that are swapped need not swap theirs.
  return swapped === "opposite" && head.at(-1) !== compares ? undefined : swapped;
}

/** Whether a layer treats both images' features alike, each for itself. */
const keepsApart = (layer: Layer): boolean =>
  kindOf(layer).role === "activation" ||
  layer.kind === "dropout" ||
  (layer.kind === "normalize" && (layer.groups === 1 || layer.groups % 2 === 0));
