import type { ClassNumbers } from "../data/images.js";
import type { Pairs } from "../data/index.js";
import { repaired } from "../data/pairs.js";
import { type Outputs, PassingPairs } from "../engine/index.js";
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
  return decided(network, pairs, model.outputs(new PassingPairs(pairs, scale)));
}

/**
 * A network's decisions on other pairs of the same images: those of `decisions` on them, while a trunk sees each image once.
 *
 * @param chosen  `[count, 2]`: for each image of the other pairs, its place in `pairs`, 2 · pair + side
 */
export function decisionsAmong(network: TrainedNetwork, pairs: Pairs, chosen: Uint32Array): Decisions {
  const { model, scale } = network;
  const { trunks, separate, head } = model.network;
  if (trunks.length === 0) return decisions(network, repaired(pairs, chosen, model.relation));
  const places = [...new Set(chosen)];
  const rows = new Map(places.map((place, row) => [place, row]));
  // Separate trunks make two rows of an image, which is paired with itself.
  const sides = separate ? 2 : 1;
  const seen = separate
    ? places.flatMap((place) => [place, place])
    : [...places, ...places.slice(0, places.length % 2)];
  const outputs = model.outputs(new PassingPairs(repaired(pairs, seen, model.relation), scale));
  const known = outputs.features as Float32Array;
  const width = known.length / seen.length;
  const features = new Float32Array(chosen.length * width);
  for (let i = 0; i < chosen.length; i++) {
    const from = (sides * (rows.get(chosen[i] as number) as number) + (separate ? i % 2 : 0)) * width;
    features.set(known.subarray(from, from + width), i * width);
  }
  const { classCount } = pairs;
  return decided(
    network,
    { count: chosen.length / 2, classCount },
    { features, ...(head.length > 0 && { answers: model.answersTo(features) }) },
  );
}

function decided(
  { model }: TrainedNetwork,
  { count, classCount }: Pick<Pairs, "count" | "classCount">,
  outputs: Outputs,
): Decisions {
  const probabilities = new Float64Array(count);
  const holds = new Uint8Array(count);
  const digits =
    model.network.auxiliaryWeight > 0 ? new (classCount > 256 ? Uint16Array : Uint8Array)(2 * count) : undefined;
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
