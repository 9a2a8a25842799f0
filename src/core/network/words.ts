import { kindOf } from "./kinds.js";
import type { Layer } from "./layer.js";

/** A layer in words. The usual stride and a padding of 0 are not mentioned. */
export const layerInWords = (layer: Layer): string => kindOf(layer).words(layer, layerInWords);

/** A network in words: the layers that each image goes through, and those that the pair goes through. */
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
