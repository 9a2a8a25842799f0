import { useState } from "preact/hooks";
import { claimed, type NamedRelation } from "../../../core/data/relations.js";
import type { Mistake, Pairs, RunConfig } from "../../../core/index.js";
import { percent } from "../../../core/text/format.js";
import type { ClassNamer } from "../../images/seen.js";
import type { Survey } from "../../inspection/worker.js";
import { changeAddress } from "../../state/address.js";
import { PixelImage } from "../../ui/pixel-image.js";
import { Scroll } from "../../ui/scroll.js";
import { Term } from "../../ui/term.js";
import { pairAt } from "./pairs.js";

interface Properties {
  /** Undefined until all pairs were looked at. */
  readonly surveyed: (Survey & { readonly test: Pairs }) | undefined;
  readonly failure: string | undefined;
  readonly evaluateOn: RunConfig["evaluateOn"];
  readonly relation: NamedRelation;
  readonly nameOf: ClassNamer;
  /** The pair that is shown above; undefined of a drawn one. */
  readonly shown: number | undefined;
}

/** The test pairs of its round that a network decides wrong, in one strip whose room is there before they are. */
export function MistakesSection({ surveyed, failure, evaluateOn, ...strip }: Properties) {
  return (
    <section class="mistakes" aria-labelledby="mistakes">
      <h2 id="mistakes">Its mistakes, worst first</h2>
      {failure && (
        <p class="problem" role="alert">
          {failure}
        </p>
      )}
      {surveyed ? (
        <>
          <p>
            It is wrong on {surveyed.mistakes.length} of its <Term of="round">round</Term>'s {surveyed.pairs}{" "}
            {evaluateOn} pairs, {percent(surveyed.mistakes.length / surveyed.pairs)}.
          </p>
          <Strip mistakes={surveyed.mistakes} test={surveyed.test} {...strip} />
        </>
      ) : (
        !failure && <p class="faint">Looking at all test pairs…</p>
      )}
    </section>
  );
}

interface StripProperties extends Pick<Properties, "relation" | "nameOf" | "shown"> {
  readonly mistakes: readonly Mistake[];
  readonly test: Pairs;
}

/** Of an image's longer side, in pixels. */
const SIDE = 48;

/** The number of mistakes shown at first, and added each time. */
const AT_ONCE = 24;

/** The surest mistakes first. A click shows one above. */
function Strip({ mistakes, test, relation, nameOf, shown }: StripProperties) {
  const [most, setMost] = useState(AT_ONCE);
  const show = (pair: number) => {
    changeAddress({ pair });
    document.getElementById("pair")?.scrollIntoView();
  };
  return (
    <Scroll labelledBy="mistakes">
      <div class="strip">
        <ul class="gallery">
          {mistakes.slice(0, most).map(({ pair, holds, probability, digits }) => {
            const { first: one, second: other, truth, ...shape } = pairAt({ test }, pair);
            const named = truth?.classes?.map(nameOf);
            const [first = "first", second = "second"] = named ?? [];
            const right = claimed(relation, first, second, holds);
            const [seen = "first", seenSecond = "second"] = digits?.map(nameOf) ?? [];
            const read = claimed(relation, seen, seenSecond, !holds);
            return (
              <li key={pair}>
                <button type="button" aria-current={pair === shown} onClick={() => show(pair)}>
                  <span class="images">
                    <PixelImage pixels={one} {...shape} side={SIDE} label={named ? `a ${first}` : "first image"} />
                    <PixelImage pixels={other} {...shape} side={SIDE} label={named ? `a ${second}` : "second image"} />
                  </span>
                  <span>
                    says <strong>{read}</strong>
                  </span>
                  <span>
                    right: {right}, given {probability.toFixed(3)}
                  </span>
                  <span class="faint">pair {pair}</span>
                </button>
              </li>
            );
          })}
        </ul>
        {mistakes.length > most && (
          <button type="button" onClick={() => setMost(most + AT_ONCE)}>
            More of {mistakes.length}
          </button>
        )}
      </div>
    </Scroll>
  );
}
