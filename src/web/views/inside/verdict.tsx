import { claimed, type NamedRelation } from "../../../core/data/relations.js";
import type { Decision } from "../../../core/index.js";
import type { ClassNamer } from "../../images/seen.js";
import { Beliefs } from "../../ui/beliefs.js";
import { PixelImage } from "../../ui/pixel-image.js";
import type { ShownPair } from "./pairs.js";
import { verdictWords } from "./verdict-words.js";

interface Properties {
  readonly pair: ShownPair;
  readonly decision: Decision;
  readonly relation: NamedRelation;
  readonly nameOf: ClassNamer;
  readonly isDigits: boolean;
}

/** Of an image's longer side, in pixels. */
const SIDE = 112;

/** The pair, the network's answer, and the right one. */
export function Verdict({ pair, decision, relation, nameOf, isDigits }: Properties) {
  const { first, second, truth, ...shape } = pair;
  const named = truth?.classes?.map(nameOf);
  const words = verdictWords({ decision, truth, relation, nameOf, isDigits });
  return (
    <>
      <div class="images">
        <PixelImage pixels={first} {...shape} side={SIDE} label={`First image${named ? `, a ${named[0]}` : ""}`} />
        <PixelImage pixels={second} {...shape} side={SIDE} label={`Second image${named ? `, a ${named[1]}` : ""}`} />
      </div>
      <div>
        <p class="says">
          <strong>{words.says}</strong> {words.truth}{" "}
          {words.judgement && <span class={words.isRight ? "good" : "bad"}>{words.judgement}</span>}
        </p>
        <p>
          P({claimed(relation, "first", "second", true)}) = {decision.probability.toFixed(4)}
        </p>
        {decision.beliefs && <Beliefs beliefs={decision.beliefs} nameOf={nameOf} />}
      </div>
    </>
  );
}
