import { useState } from "preact/hooks";
import { claimed, type NamedRelation } from "../../../core/data/relations.js";
import type { Mistake, Pairs } from "../../../core/index.js";
import { changeAddress } from "../../state/address.js";
import { PixelImage } from "../../ui/pixel-image.js";
import { pairAt } from "./pairs.js";

interface Properties {
  readonly mistakes: readonly Mistake[];
  readonly test: Pairs;
  readonly relation: NamedRelation;
}

/** The number of mistakes shown at first, and added each time. */
const AT_ONCE = 24;

/** The pairs that the network decides wrong, its surest mistakes first. Each can be inspected. */
export function Mistakes({ mistakes, test, relation }: Properties) {
  const [shown, setShown] = useState(AT_ONCE);
  const show = (pair: number) => {
    changeAddress({ pair });
    document.getElementById("pair")?.scrollIntoView();
  };
  return (
    <>
      <ul class="gallery">
        {mistakes.slice(0, shown).map(({ pair, classes: [first, second], holds, probability, digits }) => {
          const images = pairAt({ test }, pair);
          const right = claimed(relation, first, second, holds);
          const [one, other] = digits ?? ["first", "second"];
          const read = claimed(relation, one, other, !holds);
          return (
            <li key={pair}>
              <button type="button" onClick={() => show(pair)}>
                <span class="images">
                  <PixelImage pixels={images.first} width={14} height={14} label={`a ${first}`} />
                  <PixelImage pixels={images.second} width={14} height={14} label={`a ${second}`} />
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
