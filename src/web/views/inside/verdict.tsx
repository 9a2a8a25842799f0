import { claimed, type NamedRelation } from "../../../core/data/relations.js";
import type { Decision } from "../../../core/index.js";
import { Beliefs } from "../../ui/beliefs.js";
import { PixelImage } from "../../ui/pixel-image.js";
import { inWords } from "../draw/words.js";
import type { ShownPair } from "./pairs.js";

interface Properties {
  readonly pair: ShownPair;
  readonly decision: Decision;
  readonly relation: NamedRelation;
}

/** The pair, the network's answer, and the right one. */
export function Verdict({ pair, decision, relation }: Properties) {
  const { first, second, truth } = pair;
  const isRight = truth && truth.holds === decision.holds;
  return (
    <div class="verdict">
      <PixelImage
        pixels={first}
        width={14}
        height={14}
        label={`First image${truth ? `, a ${truth.classes[0]}` : ""}`}
      />
      <PixelImage
        pixels={second}
        width={14}
        height={14}
        label={`Second image${truth ? `, a ${truth.classes[1]}` : ""}`}
      />
      <div>
        <p class="says">
          It says <strong>{inWords(decision, relation)}</strong>
          {truth && (
            <>
              {", "}
              <span class={isRight ? "good" : "bad"}>{isRight ? "which is right" : "which is wrong"}</span>:{" "}
              {claimed(relation, ...truth.classes, truth.holds)}
            </>
          )}
        </p>
        <p>
          P({claimed(relation, "first", "second", true)}) = {decision.probability.toFixed(4)}
        </p>
        {decision.beliefs && <Beliefs beliefs={decision.beliefs} />}
      </div>
    </div>
  );
}
