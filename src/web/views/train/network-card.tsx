import {
  type Architecture,
  count,
  DIGIT_PAIRS,
  parameterCount,
  placeNetwork,
  printedDigits,
} from "../../../core/index.js";
import { NetworkDiagram } from "../../diagram/network-diagram.js";

interface Properties {
  readonly architecture: Architecture;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
}

/** A network to choose: its drawing, size and own settings. */
export function NetworkCard({ architecture, chosen, onChoose }: Properties) {
  const { name, title, epochs, learningRate, optimizer, paper } = architecture;
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
            {epochs} epochs, {optimizer} {learningRate}
          </dd>
        </div>
        {paper && (
          <div>
            <dt>Paper's test error</dt>
            <dd>{printedDigits(paper.testError)}%</dd>
          </div>
        )}
      </dl>
      <NetworkDiagram network={architecture} detail="card" />
      <details>
        <summary>Every layer</summary>
        <NetworkDiagram network={architecture} detail="full" />
      </details>
    </li>
  );
}
