import { seenOf } from "../../images/seen.js";
import { address } from "../../state/address.js";
import { drawnPair } from "../../state/drawing.js";
import { inspect, scaleOf, weightsOf } from "../../state/inspector.js";
import { pairsOf } from "../../state/site.js";
import type { TrainedRun } from "../../training/run.js";
import { keyOf } from "../../ui/key-of.js";
import { useLatest } from "../../ui/use-latest.js";
import { drawnPairOf, pairAt, type ShownPair } from "./pairs.js";

/** The pair that the address asks for, or else the drawn one, and what a network makes of it. */
export function useShownPair(run: TrainedRun) {
  const { id, seed, config } = run.record;
  const drawn = seenOf(config.dataset).isDigits ? drawnPair.value : undefined;
  const { pair: asked } = address.value;
  const isDrawn = asked === undefined && drawn !== undefined;
  const index = Math.min(asked ?? 0, config.testPairs - 1);
  const latest = useLatest(`${id} ${isDrawn ? `drawn ${keyOf(drawn)}` : index}`, async () => {
    const shown: ShownPair = isDrawn && drawn ? drawnPairOf(drawn) : pairAt(await pairsOf({ seed, config }), index);
    const [inspection, weights, scale] = await Promise.all([inspect(run, shown), weightsOf(run), scaleOf(run)]);
    return { shown, inspection, weights, scale };
  });
  return { ...latest, index, isDrawn, drawn };
}
