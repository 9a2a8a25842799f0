import { useMemo, useState } from "preact/hooks";
import type { NamedRelation } from "../../../core/data/relations.js";
import { isPapers } from "../../../core/experiments/shared/question.js";
import { type Architecture, DIGIT_PAIRS, parameterCount, placeNetwork } from "../../../core/index.js";
import { count, printedDigits } from "../../../core/text/format.js";
import { NetworkDiagram } from "../../diagram/network-diagram.js";
import { asked } from "../../state/experiment.js";

interface Properties {
  readonly architecture: Architecture;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
}

/** A network to choose: its drawing, size and own settings. */
export function NetworkCard({ architecture, chosen, onChoose }: Properties) {
  const { name, title, epochs, learningRate, optimizer, paper } = architecture;
  // Fifteen cards' drawings take longer than a frame: a choice draws none of them again.
  const relation = asked.value;
  const diagrams = useMemo(
    () => (
      <>
        <NetworkDiagram network={architecture} detail="card" relation={relation} />
        <EveryLayer architecture={architecture} relation={relation} />
      </>
    ),
    [architecture, relation],
  );
  const parameters = parameterCount(placeNetwork(architecture, DIGIT_PAIRS));
  return (
    <li class={chosen ? "card chosen" : "card"}>
      <label class="title">
        <input
          type="checkbox"
          checked={chosen}
          onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
          name={name}
        />
        <span>{title}</span>
      </label>
      <dl>
        <div>
          <dt>Parameters</dt>
          <dd>{count(parameters)}</dd>
        </div>
        <div>
          <dt>Training</dt>
          <dd>
            {epochs} {epochs === 1 ? "epoch" : "epochs"}, {optimizer} {learningRate}
          </dd>
        </div>
        {paper && isPapers(relation.name) && (
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
  architecture,
  relation,
}: Pick<Properties, "architecture"> & { readonly relation: NamedRelation }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Every layer</summary>
      {open && <NetworkDiagram network={architecture} detail="full" relation={relation} />}
    </details>
  );
}
