import { useState } from "preact/hooks";
import { claimed, type NamedRelation } from "../../../core/data/relations.js";
import type { Mistake, Pairs } from "../../../core/index.js";
import type { ClassNamer } from "../../images/seen.js";
import { changeAddress } from "../../state/address.js";
import { PixelImage } from "../../ui/pixel-image.js";
import { pairAt } from "./pairs.js";

interface Properties {
  readonly mistakes: readonly Mistake[];
  readonly test: Pairs;
  readonly relation: NamedRelation;
  readonly nameOf: ClassNamer;
}

/** Of an image's longer side, in pixels. */
const SIDE = 56;

/** The number of mistakes shown at first, and added each time. */
const AT_ONCE = 24;

/** The pairs that the network decides wrong, its surest mistakes first. Each can be inspected. */
export function Mistakes({ mistakes, test, relation, nameOf }: Properties) {
  const [shown, setShown] = useState(AT_ONCE);
  const show = (pair: number) => {
    changeAddress({ pair });
    document.getElementById("pair")?.scrollIntoView();
  };
  return (
    <>
      <ul class="gallery">
        {mistakes.slice(0, shown).map(({ pair, holds, probability, digits }) => {
          const { first: one, second: other, truth, ...shape } = pairAt({ test }, pair);
          const named = truth?.classes?.map(nameOf);
          const [first = "first", second = "second"] = named ?? [];
          const right = claimed(relation, first, second, holds);
          const [seen = "first", seenSecond = "second"] = digits?.map(nameOf) ?? [];
          const read = claimed(relation, seen, seenSecond, !holds);
          return (
            <li key={pair}>
              <button type="button" onClick={() => show(pair)}>
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
      {mistakes.length > shown && (
        <button type="button" onClick={() => setShown(shown + AT_ONCE)}>
          More of {mistakes.length}
        </button>
      )}
    </>
  );
}
