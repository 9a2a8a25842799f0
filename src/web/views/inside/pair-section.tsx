import { relationOf } from "../../../core/training/job.js";
import { classNamer, seenOf } from "../../images/seen.js";
import { address, changeAddress, linkTo } from "../../state/address.js";
import { drawnPair } from "../../state/drawing.js";
import { inspect, weightsOf } from "../../state/inspector.js";
import { pairsOf } from "../../state/site.js";
import type { TrainedRun } from "../../training/run.js";
import { keyOf } from "../../ui/key-of.js";
import { useLatest } from "../../ui/use-latest.js";
import { Layers } from "./layers.js";
import { drawnPairOf, pairAt, type ShownPair } from "./pairs.js";
import { Verdict } from "./verdict.js";

/** The choice of a pair, and the network's activations for it, layer by layer. */
export function PairSection({ run }: { readonly run: TrainedRun }) {
  const { id, seed, config } = run.record;
  const { isDigits } = seenOf(config.dataset);
  const drawn = isDigits ? drawnPair.value : undefined;
  const { pair: asked } = address.value;
  const evaluated = config.evaluateOn === "validation" ? "Validation" : "Test";
  const isDrawn = asked === undefined && drawn !== undefined;
  const index = Math.min(asked ?? 0, config.testPairs - 1);
  const { value, failure, pending } = useLatest(`${id} ${isDrawn ? `drawn ${keyOf(drawn)}` : index}`, async () => {
    const shown: ShownPair = isDrawn && drawn ? drawnPairOf(drawn) : pairAt(await pairsOf({ seed, config }), index);
    const [inspection, weights] = await Promise.all([inspect(run, shown), weightsOf(run)]);
    return { shown, inspection, weights };
  });
  const go = (to: number) => changeAddress({ pair: (to + config.testPairs) % config.testPairs });
  return (
    <section aria-labelledby="pair" aria-busy={pending}>
      <h2 id="pair">A pair</h2>
      <div class="row">
        <button type="button" onClick={() => go(index - 1)}>
          Previous
        </button>
        <label>
          <span>{evaluated} pair of its round, from 0</span>
          <input
            type="number"
            min={0}
            max={config.testPairs - 1}
            value={isDrawn ? "" : index}
            onInput={({ currentTarget: { value: text } }) => {
              if (/^\d+$/.test(text) && Number(text) < config.testPairs) go(Number(text));
            }}
          />
        </label>
        <button type="button" onClick={() => go(index + 1)}>
          Next
        </button>
        {drawn ? (
          <button type="button" disabled={isDrawn} onClick={() => changeAddress({ pair: undefined })}>
            Drawn pair
          </button>
        ) : (
          isDigits && <a href={linkTo("draw")}>Draw a pair</a>
        )}
      </div>
      {failure && (
        <p class="problem" role="alert">
          {failure}
        </p>
      )}
      {value && (
        <>
          <Verdict
            pair={value.shown}
            decision={value.inspection}
            relation={relationOf(config)}
            nameOf={classNamer(config.dataset)}
          />
          <Layers inspection={value.inspection} weights={value.weights} />
        </>
      )}
    </section>
  );
}
