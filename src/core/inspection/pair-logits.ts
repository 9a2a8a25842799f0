import type { Outputs } from "../engine/index.js";
import type { PlacedNetwork } from "../network/index.js";
import type { PairLogits } from "./decision.js";

/**
 * What decides one of several pairs. Digits are there where they are learned: a trunk that ends in as many outputs as there are
 * classes, but is not told of them, has no beliefs.
 */
export function pairLogits(
  { features, answers }: Outputs,
  { auxiliaryWeight, trunks }: PlacedNetwork,
  pair: number,
): PairLogits {
  const width = trunks[0]?.at(-1)?.output.channels ?? 0;
  const side = (image: number) => (features as Float32Array).subarray(image * width, (image + 1) * width);
  return {
    ...(features && auxiliaryWeight > 0 && { digits: [side(2 * pair), side(2 * pair + 1)] as const }),
    ...(answers && { answer: answers.subarray(2 * pair, 2 * pair + 2) }),
  };
}
