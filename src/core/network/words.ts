import type { ClassWord } from "../settings/row.js";
import { kindOf } from "./kinds.js";
import type { Layer } from "./layer.js";

/** A layer in words. The usual stride and a padding of 0 are not mentioned. */
export const layerInWords = (layer: Layer): string => kindOf(layer).words(layer, layerInWords);

/** How a pair is decided without a head. */
const BY_RULE: Readonly<Record<ClassWord, string>> = {
  digit: "the likelier digit of each image, compared",
  class: "the question, asked of the likeliest class of each image",
};

/**
 * A network in words: the layers that each image goes through, and those that the pair goes through.
 *
 * @param of  what images are of
 */
export function networkInWords(
  { trunk, head }: { readonly trunk: readonly Layer[]; readonly head: readonly Layer[] },
  of: ClassWord = "digit",
): { readonly image: string; readonly pair: string } {
  return {
    image: trunk.map(layerInWords).join(" → "),
    pair: head.length > 0 ? head.map(layerInWords).join(" → ") : BY_RULE[of],
  };
}
