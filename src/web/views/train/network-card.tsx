import { useMemo, useState } from "preact/hooks";
import { type Architecture, DIGIT_PAIRS, parameterCount, placeNetwork } from "../../../core/index.js";
import { count, printedDigits } from "../../../core/text/format.js";
import { NetworkDiagram } from "../../diagram/network-diagram.js";

interface Properties {
  readonly architecture: Architecture;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
}

/** A network to choose: its drawing, size and own settings. */
export function NetworkCard({ architecture, chosen, onChoose }: Properties) {
  const { name, title, epochs, learningRate, optimizer, paper } = architecture;
  // Drawing fifteen cards takes longer than a frame, so a choice draws none of them again.
  const diagrams = useMemo(
    () => (
      <>
        <NetworkDiagram network={architecture} detail="card" />
        <EveryLayer architecture={architecture} />
      </>
    ),
    [architecture],
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
        {paper && (
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

/** Drawn when it is first opened. Fifteen drawings would be most of the page's layout. */
function EveryLayer({ architecture }: Pick<Properties, "architecture">) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Every layer</summary>
      {open && <NetworkDiagram network={architecture} detail="full" />}
    </details>
  );
}
