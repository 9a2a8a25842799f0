import type { Stream } from "../random/streams.js";
import type { SettingValueOf } from "../settings/training-settings.js";

/** How the training images are paired anew in each epoch. */
export type Pairing = SettingValueOf<"pairing">;

/**
 * The pairs of the next epoch: images 2p and 2p + 1 of the result are those of pair p. Images are counted as they were
 * drawn: those of pair p are 2p and 2p + 1.
 *
 * @param pairs   how many
 * @param stream  drawn from once for each pair (`swapped`) or each image (`shuffled`), in their order
 */
export function arrangement(pairing: Pairing, pairs: number, stream: Stream): Uint32Array {
  if (pairing === "shuffled") return stream.sample(2 * pairs, 2 * pairs);
  const images = Uint32Array.from({ length: 2 * pairs }, (_, image) => image);
  for (let pair = 0; pair < pairs; pair++) if (stream.below(2) === 1) images.subarray(2 * pair, 2 * pair + 2).reverse();
  return images;
}
