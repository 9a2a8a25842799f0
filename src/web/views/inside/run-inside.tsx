import { relationOf } from "../../../core/training/job.js";
import { classNamer, seenOf } from "../../images/seen.js";
import { survey } from "../../state/inspector.js";
import { pairsOf } from "../../state/site.js";
import type { TrainedRun } from "../../training/run.js";
import { useLatest } from "../../ui/use-latest.js";
import { Confusion } from "./confusion.js";
import { Ideal } from "./ideal.js";
import { Layers } from "./layers.js";
import { MistakesSection } from "./mistakes.js";
import { PairSection } from "./pair-section.js";
import { useShownPair } from "./use-shown-pair.js";
import { WorthSection } from "./worth-section.js";

/** A network from one pair to all: what it says of a pair, its mistakes, its layers, and what its answers are worth. */
export function RunInside({ run }: { readonly run: TrainedRun }) {
  const { id, seed, config } = run.record;
  const pair = useShownPair(run);
  const { value: surveyed, failure } = useLatest(id, async () => {
    const [found, { test }] = await Promise.all([survey(run), pairsOf({ seed, config })]);
    return { ...found, test };
  });
  const relation = relationOf(config);
  const { isDigits } = seenOf(config.dataset);
  const nameOf = classNamer(config.dataset);
  const { confusion, ideal } = surveyed ?? {};
  return (
    <>
      <PairSection run={run} pair={pair} />
      <MistakesSection
        {...{ surveyed, failure, relation, nameOf }}
        evaluateOn={config.evaluateOn}
        shown={pair.isDrawn ? undefined : pair.index}
      />
      <section class="inside-layers" aria-labelledby="layers" aria-busy={pair.pending}>
        <h2 id="layers">Layer by layer</h2>
        {pair.value && (
          <Layers inspection={pair.value.inspection} weights={pair.value.weights} scale={pair.value.scale} />
        )}
      </section>
      <WorthSection run={run} />
      {confusion && <Confusion counts={confusion} nameOf={nameOf} isDigits={isDigits} />}
      {ideal && <Ideal ideal={ideal} relation={relation} nameOf={nameOf} isDigits={isDigits} />}
    </>
  );
}
