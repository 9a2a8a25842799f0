import { Fragment } from "preact";
import { inBrief } from "../../../core/data/relations.js";
import type { Decision } from "../../../core/index.js";
import { relationOf } from "../../../core/training/job.js";
import { formatAddress } from "../../address/address.js";
import { address } from "../../state/address.js";
import { drawnPair } from "../../state/drawing.js";
import { asked } from "../../state/experiment.js";
import { decide } from "../../state/inspector.js";
import { trainedOnThese } from "../../state/trained.js";
import { keyOf } from "../../ui/key-of.js";
import { useLatest } from "../../ui/use-latest.js";
import { AnswersTable } from "./answers-table.js";
import { groupAnswers, runsToAsk } from "./grouped-answers.js";
import { majority } from "./words.js";

/** The answer of every trained network to the drawn pair. */
export function Answers() {
  const pair = drawnPair.value;
  const held = trainedOnThese.value;
  const { name } = asked.value;
  const ofThis = held.filter(({ record }) => record.config.relation === name);
  const usable = ofThis.filter(({ record }) => !record.diverged);
  const lost = ofThis.length - usable.length;
  const others = held.length - ofThis.length;
  const runs = runsToAsk(usable);
  const key = pair && runs.length > 0 ? `${keyOf(pair)} ${keyOf(held)} ${name}` : undefined;
  const { value, failure, pending } = useLatest(key, async () => {
    const [first, second] = pair ?? [];
    if (!first || !second) return [];
    const decisions = await decide(runs, { first, second });
    const answers = new Map(runs.map(({ record }, i) => [record.id, decisions[i] as Decision]));
    return groupAnswers(
      runs.map(({ record }) => record),
      answers,
    );
  });
  const answers = value ?? [];
  const [first] = answers;
  return (
    <section aria-labelledby="answers" class="answers" aria-busy={pending}>
      <h2 id="answers">Answers</h2>
      {failure && (
        <p class="problem" role="alert">
          {failure}
        </p>
      )}
      <p class="answer" role="status">
        {first &&
          majority(
            answers.flatMap(({ decisions }) => decisions),
            relationOf(first.config),
          )}
      </p>
      {answers.length > 0 ? (
        <AnswersTable answers={answers} />
      ) : (
        <p class="faint">{runs.length === 0 ? "No network is trained yet." : "Draw both digits."}</p>
      )}
      {runs.length < usable.length && (
        <p class="faint">
          Of {usable.length} trained runs, {runs.length} are asked: every network's first seeds.
        </p>
      )}
      {others > 0 && (
        <p class="faint">
          {others === 1 ? "1 run has learned" : `${others} runs have learned`} the answer to another question:{" "}
          {[...new Set(held.map(({ record }) => record.config.relation))]
            .filter((each) => each !== name)
            .map((each, i) => (
              <Fragment key={each}>
                {i > 0 && ", "}
                <a href={formatAddress({ ...address.value, settings: { ...address.value.settings, relation: each } })}>
                  {inBrief(each)}
                </a>
              </Fragment>
            ))}
          .
        </p>
      )}
      {lost > 0 && (
        <p class="faint">
          {lost === 1
            ? "1 run diverged: its network is not asked."
            : `${lost} runs diverged: their networks are not asked.`}
        </p>
      )}
    </section>
  );
}
