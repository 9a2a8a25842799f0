import type { PlacedNetwork } from "../../core/network/network.js";
import { networkInWords } from "../../core/network/words.js";
import { channelsInWords, type SeenImages } from "../images/seen.js";

/** A network's picture in words, for people who cannot see it. */
export function describeNetwork(
  { trunks, separate, head, auxiliaryWeight, pairWeight }: PlacedNetwork,
  { isDigits, shape }: SeenImages,
): string {
  const layersOf = (part: PlacedNetwork["head"] = []) => part.map(({ layer }) => layer);
  const { image, pair } = networkInWords(
    { trunk: layersOf(trunks[0]), head: layersOf(head) },
    isDigits ? "digit" : "class",
  );
  const times = !separate && trunks.length > 1 ? `, ${trunks.length} times, averaged` : "";
  const weights = separate ? "through a trunk of its own" : `through one shared trunk${times}`;
  const sentences = [
    image ? `Each image goes ${weights}: ${image}` : `Both images go in as ${channelsInWords(shape)}`,
    `The pair: ${pair}`,
    ...(auxiliaryWeight > 0 ? [`${isDigits ? "Digit" : "Class"} loss, with weight ${auxiliaryWeight}`] : []),
    ...(head.length > 0 && pairWeight > 0 ? [`Pair loss, with weight ${pairWeight}`] : []),
  ];
  return `${sentences.join(". ")}.`;
}
