import type { RunRecord } from "../../../core/index.js";
import type { RunGroup } from "../../../core/runs/groups.js";
import { seedRanges } from "../../../core/runs/seeds.js";
import { percent } from "../../../core/text/format.js";
import { relationOf } from "../../../core/training/job.js";
import { formatAddress } from "../../address/address.js";
import { classNamer } from "../../images/seen.js";
import { address } from "../../state/address.js";
import { Beliefs } from "../../ui/beliefs.js";
import { networkColour } from "../../ui/network-colour.js";
import { networkTitle } from "../../ui/network-title.js";
import { Scroll } from "../../ui/scroll.js";
import { Term } from "../../ui/term.js";
import { type GroupedAnswer, mean } from "./grouped-answers.js";
import { agreed, majority } from "./words.js";

interface Properties {
  readonly networks: readonly RunGroup<RunRecord>[];
  /** Of those that have answered. */
  readonly answers: readonly GroupedAnswer[];
}

/** A row for each network, the best first: what its runs say, how many of them, and the means of what they are sure of. */
export function AnswersTable({ networks, answers }: Properties) {
  const [first] = networks;
  return (
    <Scroll labelledBy="answers">
      <table aria-labelledby="answers">
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">Says</th>
            <th scope="col">P({first && relationOf(first.config).question.replace("?", "")})</th>
            <th scope="col">Beliefs</th>
            <th scope="col">Test error</th>
            <th scope="col">
              <Term of="seed">Seeds</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          {networks.map((network) => {
            const id = network.records[0]?.id;
            return <Row key={id} network={network} answer={answers.find(({ runs }) => runs[0]?.id === id)} />;
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

interface RowProperties {
  readonly network: RunGroup<RunRecord>;
  readonly answer: GroupedAnswer | undefined;
}

function Row({ network, answer }: RowProperties) {
  const { records, config } = network;
  const { decisions = [], beliefs } = answer ?? {};
  const agreeing = decisions.filter(({ holds }) => holds === agreed(decisions)).length;
  const inside = formatAddress({ ...address.value, view: "inside", run: records[0]?.id, pair: undefined });
  return (
    <tr style={{ "--network": networkColour(network.architecture) }}>
      <th scope="row" class="network">
        <a href={inside}>{networkTitle(network)}</a>
      </th>
      <td class="strong">
        {answer && majority(decisions, relationOf(config))}
        {decisions.length > 1 && <span class="faint"> {`${agreeing} of ${decisions.length}`}</span>}
      </td>
      <td>{answer?.probability.toFixed(3)}</td>
      <td class="both">{beliefs && <Beliefs beliefs={beliefs} nameOf={classNamer(config.dataset)} />}</td>
      <td>{percent(mean(records.map(({ testError }) => testError)))}</td>
      <td>{seedRanges(records.map(({ seed }) => seed))}</td>
    </tr>
  );
}
