import type { ClassNumbers } from "../data/images.js";
import type { Pairs } from "../data/index.js";
import { PassingPairs } from "../engine/index.js";
import type { TrainedNetwork } from "../training/index.js";
import { checkTrained } from "./check-trained.js";
import { decisionOf, likeliest } from "./decision.js";
import { pairLogits } from "./pair-logits.js";

/** A network's decisions on many pairs. */
export interface Decisions {
  readonly count: number;
  /** `[count]`: the probability that the relation holds, as in `Decision`. */
  readonly probabilities: Float64Array;
  /** `[count]`: 1 where the network decides that it holds. */
  readonly holds: Uint8Array;
  /** `[count, 2]`: the likeliest digit of each image. Absent where no digits are learned. */
  readonly digits?: ClassNumbers;
}

/**
 * A network's decisions on pairs. `holds` differs from the pairs' targets once for each error that `Model.evaluate` counts. No more
 * of the kernels' memory is taken.
 *
 * @throws InvalidRequest where network or pairs are invalid
 */
export function decisions(network: TrainedNetwork, pairs: Pairs): Decisions {
  checkTrained(network, "network");
  const { model, scale } = network;
  const outputs = model.outputs(new PassingPairs(pairs, scale));
  const { count } = pairs;
  const probabilities = new Float64Array(count);
  const holds = new Uint8Array(count);
  const digits =
    model.network.auxiliaryWeight > 0 ? new (pairs.classCount > 256 ? Uint16Array : Uint8Array)(2 * count) : undefined;
  for (let pair = 0; pair < count; pair++) {
    const logits = pairLogits(outputs, model.network, pair);
    const decision = decisionOf(logits, model.relation);
    probabilities[pair] = decision.probability;
    holds[pair] = Number(decision.holds);
    logits.digits?.forEach((of, side) => {
      if (digits) digits[2 * pair + side] = likeliest(of);
    });
  }
  return { count, probabilities, holds, ...(digits && { digits }) };
}
