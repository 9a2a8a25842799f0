import { Fragment } from "preact";
import { inBrief } from "../../../core/data/relations.js";
import { formatAddress } from "../../address/address.js";
import { address } from "../../state/address.js";
import { asked } from "../../state/experiment.js";
import { trainedOnThese } from "../../state/trained.js";
import { AnswersTable } from "./answers-table.js";
import { FirstNetwork } from "./first-network.js";
import { type Answers, learnedRuns, ofBoth } from "./use-answers.js";

/** The answer of every trained network to what is on the pads. */
export function AnswersSection({ answers }: { readonly answers: Answers }) {
  const { networks, runs, failure, pending } = answers;
  const held = trainedOnThese.value;
  const { name } = asked.value;
  const { learned, usable } = learnedRuns();
  const lost = learned.length - usable.length;
  const others = held.length - learned.length;
  return (
    <section aria-labelledby="answers" class="answers" aria-busy={pending}>
      <h2 id="answers">Answers</h2>
      <FirstNetwork />
      {failure && (
        <p class="problem" role="alert">
          {failure}
        </p>
      )}
      {networks.length > 0 && <AnswersTable networks={networks} answers={ofBoth(answers)} />}
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
