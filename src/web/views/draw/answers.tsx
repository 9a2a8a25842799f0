import { type Decision, findArchitecture } from "../../../core/index.js";
import { formatAddress } from "../../address/address.js";
import { address } from "../../state/address.js";
import { drawnPair } from "../../state/drawing.js";
import { decide } from "../../state/inspector.js";
import { trained } from "../../state/trained.js";
import type { TrainedRun } from "../../training/run.js";
import { Beliefs } from "../../ui/beliefs.js";
import { Scroll } from "../../ui/scroll.js";
import { useLatest } from "../../ui/use-latest.js";
import { inWords, majority } from "./words.js";

let asked = 0;
/** A name for each pair and each set of networks, so that a question is asked once. */
const names = new WeakMap<object, number>();
const nameOf = (value: object): number => {
  const name = names.get(value) ?? ++asked;
  names.set(value, name);
  return name;
};

/** What every trained network says of what is drawn. */
export function Answers() {
  const pair = drawnPair.value;
  const runs = [...trained.value.values()];
  const key = pair && runs.length > 0 ? `${nameOf(pair)} ${nameOf(trained.value)}` : undefined;
  const { value, failure } = useLatest(key, async () => {
    if (!pair) throw new Error("nothing is drawn");
    const [first, second] = pair;
    return { runs, decisions: await decide(runs, { first, second }) };
  });
  const answers = value?.runs.map((run, i) => ({ run, decision: value.decisions[i] as Decision })) ?? [];
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">Answers</h2>
      {failure && (
        <p class="problem" role="alert">
          {failure}
        </p>
      )}
      <p class="answer" role="status">
        {answers.length > 0 ? majority(answers.map(({ decision }) => decision)) : ""}
      </p>
      {answers.length === 0 && (
        <p class="faint">{runs.length === 0 ? "No network is trained yet." : "Draw both digits."}</p>
      )}
      {answers.length > 0 && <AnswersTable answers={answers} />}
    </section>
  );
}

interface Answer {
  readonly run: TrainedRun;
  readonly decision: Decision;
}

function AnswersTable({ answers }: { readonly answers: readonly Answer[] }) {
  return (
    <Scroll labelledBy="answers">
      <table aria-labelledby="answers">
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">Seed</th>
            <th scope="col">Says</th>
            <th scope="col">P(first ≤ second)</th>
            <th scope="col">Beliefs</th>
          </tr>
        </thead>
        <tbody>
          {answers.map(({ run: { record }, decision }) => (
            <tr key={record.id}>
              <th scope="row">
                <a href={formatAddress({ ...address.value, view: "inside", run: record.id, pair: undefined })}>
                  {findArchitecture(record.architecture).title}
                </a>
              </th>
              <td>{record.seed}</td>
              <td class="strong">{inWords(decision)}</td>
              <td>{decision.probability.toFixed(3)}</td>
              <td>{decision.beliefs && <Beliefs beliefs={decision.beliefs} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
