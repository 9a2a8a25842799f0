import { seedRanges } from "../../../core/runs/seeds.js";
import { relationOf } from "../../../core/training/job.js";
import { formatAddress } from "../../address/address.js";
import { classNamer } from "../../images/seen.js";
import { address } from "../../state/address.js";
import { Beliefs } from "../../ui/beliefs.js";
import { networkTitle } from "../../ui/network-title.js";
import { Scroll } from "../../ui/scroll.js";
import type { GroupedAnswer } from "./grouped-answers.js";
import { agreed, majority } from "./words.js";

/** A row for each network: what its runs say, how many of them, and the means of what they are sure of. */
export function AnswersTable({ answers }: { readonly answers: readonly GroupedAnswer[] }) {
  const [first] = answers;
  return (
    <Scroll labelledBy="answers">
      <table aria-labelledby="answers">
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">Says</th>
            <th scope="col">P({first && relationOf(first.config).question.replace("?", "")})</th>
            <th scope="col">Beliefs</th>
            <th scope="col">Seeds</th>
          </tr>
        </thead>
        <tbody>
          {answers.map((answer) => (
            <Row key={answer.runs[0]?.id} answer={answer} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Row({ answer }: { readonly answer: GroupedAnswer }) {
  const { runs, decisions, probability, beliefs } = answer;
  const says = majority(decisions, relationOf(answer.config));
  const agreeing = decisions.filter(({ holds }) => holds === agreed(decisions)).length;
  const inside = formatAddress({ ...address.value, view: "inside", run: runs[0]?.id, pair: undefined });
  return (
    <tr>
      <th scope="row">
        <a href={inside}>{networkTitle(answer)}</a>
      </th>
      <td class="strong">
        {says}
        {runs.length > 1 && <span class="faint"> {`${agreeing} of ${runs.length}`}</span>}
      </td>
      <td>{probability.toFixed(3)}</td>
      <td>{beliefs && <Beliefs beliefs={beliefs} nameOf={classNamer(answer.config.dataset)} />}</td>
      <td>{seedRanges(runs.map(({ seed }) => seed))}</td>
    </tr>
  );
}
