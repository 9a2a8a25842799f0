import type { Outputs } from "../engine/index.js";
import type { PlacedNetwork } from "../network/network.js";
import type { PairLogits } from "./decision.js";

/**
 * The logits that decide one of several pairs. Digit logits are there only where digits are learned: a trunk may have an output for
 * each class without being trained to name them.
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
