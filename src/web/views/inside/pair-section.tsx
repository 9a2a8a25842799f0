import { relationOf } from "../../../core/training/job.js";
import { classNamer, seenOf } from "../../images/seen.js";
import { changeAddress, linkTo } from "../../state/address.js";
import type { TrainedRun } from "../../training/run.js";
import type { useShownPair } from "./use-shown-pair.js";
import { Verdict } from "./verdict.js";

interface Properties {
  readonly run: TrainedRun;
  readonly pair: ReturnType<typeof useShownPair>;
}

/** The choice of a pair, and what the network says of it. */
export function PairSection({ run, pair: { value, failure, pending, index, isDrawn, drawn } }: Properties) {
  const { config } = run.record;
  const { isDigits } = seenOf(config.dataset);
  const evaluated = config.evaluateOn === "validation" ? "Validation" : "Test";
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
      <div class="verdict">
        {value && (
          <Verdict
            pair={value.shown}
            decision={value.inspection}
            relation={relationOf(config)}
            nameOf={classNamer(config.dataset)}
            isDigits={isDigits}
          />
        )}
      </div>
    </section>
  );
}
