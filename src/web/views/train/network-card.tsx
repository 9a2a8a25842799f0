import { useMemo, useState } from "preact/hooks";
import type { NamedRelation } from "../../../core/data/relations.js";
import { isPapers } from "../../../core/experiments/shared/question.js";
import { type Architecture, InvalidRequest } from "../../../core/index.js";
import { parameterCount } from "../../../core/network/network.js";
import { placeNetwork } from "../../../core/network/place-network.js";
import { count, printedDigits } from "../../../core/text/format.js";
import { fitted, whyNotListed } from "../../../core/training/job.js";
import type { Settings } from "../../address/options.js";
import { NetworkDiagram } from "../../diagram/network-diagram.js";
import { imagesInWords, type SeenImages } from "../../images/seen.js";
import { address } from "../../state/address.js";
import { asked } from "../../state/experiment.js";
import { seen as seenNow } from "../../state/site.js";

interface Properties {
  readonly architecture: Architecture;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
}

/** How many parameters a network has for such images, or why it cannot be trained on them, as a sentence. */
function placedOn(
  architecture: Architecture,
  network: Architecture,
  settings: Pick<Settings, "auxiliaryWeight">,
  seen: SeenImages,
): number | string {
  const why = whyNotListed(architecture, settings, seen);
  if (why !== undefined) return `${why.replace(/^./, (letter) => letter.toUpperCase())}.`;
  try {
    return parameterCount(placeNetwork(network, seen.shape));
  } catch (error) {
    if (error instanceof InvalidRequest) return `It does not fit ${imagesInWords(seen)}: ${error.message}.`;
    throw error;
  }
}

/** A network to choose: its drawing, size and own settings, or why it cannot see the images. */
export function NetworkCard({ architecture, chosen, onChoose }: Properties) {
  const { name, title, epochs, learningRate, optimizer, paper } = architecture;
  // Fifteen cards' drawings take longer than a frame: a choice draws none of them again.
  const relation = asked.value;
  const seen = seenNow.value;
  const { auxiliaryWeight } = address.value.settings;
  const { parameters, diagrams } = useMemo(() => {
    const network = fitted(architecture, seen.shape);
    const found = placedOn(architecture, network, auxiliaryWeight === undefined ? {} : { auxiliaryWeight }, seen);
    if (typeof found !== "number") return { diagrams: <p class="unfit">{found}</p> };
    return {
      parameters: found,
      diagrams: (
        <>
          <NetworkDiagram network={network} detail="card" relation={relation} seen={seen} />
          <EveryLayer network={network} relation={relation} seen={seen} />
        </>
      ),
    };
  }, [architecture, relation, seen, auxiliaryWeight]);
  return (
    <li class={chosen ? "card chosen" : "card"}>
      <label class="title">
        <input
          type="checkbox"
          checked={chosen}
          // One that a link has chosen in vain can be taken back.
          disabled={parameters === undefined && !chosen}
          onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
          name={name}
        />
        <span>{title}</span>
      </label>
      <dl>
        {parameters !== undefined && (
          <div>
            <dt>Parameters</dt>
            <dd>{count(parameters)}</dd>
          </div>
        )}
        <div>
          <dt>Training</dt>
          <dd>
            {epochs} {epochs === 1 ? "epoch" : "epochs"}, {optimizer} {learningRate}
          </dd>
        </div>
        {paper && seen.isDigits && isPapers(relation.name) && (
          <div>
            <dt>Paper's test error</dt>
            <dd>{printedDigits(paper.testError)}%</dd>
          </div>
        )}
      </dl>
      {diagrams}
    </li>
  );
}

/** Drawn once it is asked for: fifteen of them are most of what the page would have to lay out. */
function EveryLayer({
  network,
  relation,
  seen,
}: {
  readonly network: Architecture;
  readonly relation: NamedRelation;
  readonly seen: SeenImages;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Every layer</summary>
      {open && <NetworkDiagram network={network} detail="full" relation={relation} seen={seen} />}
    </details>
  );
}
