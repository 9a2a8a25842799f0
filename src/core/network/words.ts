import { kindOf } from "./kinds.js";
import type { Layer } from "./layer.js";

/** A layer in words; the usual stride and a padding of 0 go without saying. */
export const layerInWords = (layer: Layer): string => kindOf(layer).words(layer, layerInWords);

/** What a network is, a line for each of its parts: what each image goes through, and what the pair then does. */
export function networkInWords({
  trunk,
  head,
}: {
  readonly trunk: readonly Layer[];
  readonly head: readonly Layer[];
}): {
  readonly image: string;
  readonly pair: string;
} {
  return {
    image: trunk.map(layerInWords).join(" → "),
    pair: head.length > 0 ? head.map(layerInWords).join(" → ") : "the likelier digit of each image, compared",
  };
}
