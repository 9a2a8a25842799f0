import { claimed, type NamedRelation } from "../../../core/data/relations.js";
import type { Decision } from "../../../core/index.js";
import type { ClassNamer } from "../../images/seen.js";
import { Beliefs } from "../../ui/beliefs.js";
import { PixelImage } from "../../ui/pixel-image.js";
import { inWords } from "../draw/words.js";
import type { ShownPair } from "./pairs.js";

interface Properties {
  readonly pair: ShownPair;
  readonly decision: Decision;
  readonly relation: NamedRelation;
  readonly nameOf: ClassNamer;
}

/** Of an image's longer side, in pixels. */
const SIDE = 112;

/** The pair, the network's answer, and the right one. */
export function Verdict({ pair, decision, relation, nameOf }: Properties) {
  const { first, second, truth, ...shape } = pair;
  const isRight = truth && truth.holds === decision.holds;
  const named = truth?.classes?.map(nameOf);
  const [one = "first", other = "second"] = named ?? [];
  return (
    <div class="verdict">
      <PixelImage pixels={first} {...shape} side={SIDE} label={`First image${named ? `, a ${one}` : ""}`} />
      <PixelImage pixels={second} {...shape} side={SIDE} label={`Second image${named ? `, a ${other}` : ""}`} />
      <div>
        <p class="says">
          It says <strong>{inWords(decision, relation, nameOf)}</strong>
          {truth && (
            <>
              {", "}
              <span class={isRight ? "good" : "bad"}>{isRight ? "which is right" : "which is wrong"}</span>:{" "}
              {claimed(relation, one, other, truth.holds)}
            </>
          )}
        </p>
        <p>
          P({claimed(relation, "first", "second", true)}) = {decision.probability.toFixed(4)}
        </p>
        {decision.beliefs && <Beliefs beliefs={decision.beliefs} nameOf={nameOf} />}
      </div>
    </div>
  );
}
