import type { Pairs } from "../data/index.js";
import { PassingPairs } from "../engine/index.js";
import type { TrainedNetwork } from "../training/index.js";
import { checkTrained } from "./check-trained.js";
import { decisionOf, likeliest } from "./decision.js";
import { pairLogits } from "./pair-logits.js";

/** What a network says of many pairs. */
export interface Decisions {
  readonly count: number;
  /** [count]: that the relation holds, as in `Decision`. */
  readonly probabilities: Float64Array;
  /** [count]: 1 where the network decides that it holds. */
  readonly holds: Uint8Array;
  /** [count, 2]: each image's likeliest digit. Absent where no digits are learned. */
  readonly digits?: Uint8Array;
}

/**
 * What a network says of pairs: as many of `holds` differ from the pairs' targets as `Model.evaluate` counts errors. Takes no memory
 * of the kernels that stays taken.
 *
 * @throws InvalidRequest where there is no model with its scale, or the pairs are not what they should be
 */
export function decisions(network: TrainedNetwork, pairs: Pairs): Decisions {
  checkTrained(network, "network");
  const { model, scale } = network;
  const outputs = model.outputs(new PassingPairs(pairs, scale));
  const { count } = pairs;
  const probabilities = new Float64Array(count);
  const holds = new Uint8Array(count);
  const digits = model.network.auxiliaryWeight > 0 ? new Uint8Array(2 * count) : undefined;
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
