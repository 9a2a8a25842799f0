import { useMemo } from "preact/hooks";
import { architectureTitle, paperResult } from "../../../core/architectures/registry.js";
import { verdictWords } from "../../../core/experiments/reproduce/verdict.js";
import { constantInWords } from "../../../core/experiments/shared/constant-answer.js";
import { isPapers } from "../../../core/experiments/shared/question.js";
import { SETTINGS } from "../../../core/settings/table.js";
import { count, duration, paperPlusMinus, percentInterval, plusMinus } from "../../../core/text/format.js";
import { seenOf } from "../../images/seen.js";
import { address } from "../../state/address.js";
import { newSummary } from "../../state/summaries.js";
import type { Experiment } from "../../training/experiment.js";
import { Scroll } from "../../ui/scroll.js";
import { networksOf, recordsOf } from "./records.js";

/** Why the paper's numbers do not stand beside ours. */
function notBeside(asksPapers: boolean, ofDigits: boolean): string {
  if (!asksPapers) return "The paper asks another question: its numbers are not about this one.";
  return ofDigits
    ? "The paper draws its pairs in another way: its numbers are not about these."
    : "The paper has other images: its numbers are not about these.";
}

/** Every network's errors over the finished rounds, with the paper's. */
export function ResultsTable({ experiment }: { readonly experiment: Experiment }) {
  const configs = experiment.runs.map(({ job }) => job.config);
  const asksPapers = configs.every(({ relation }) => isPapers(relation));
  const ofDigits = configs.every(({ dataset }) => seenOf(dataset).isDigits);
  const drawnAsPaper = configs.every(({ balance, split, reuse }) => !balance && !split && !reuse);
  const beside = asksPapers && ofDigits && drawnAsPaper;
  const testPairs = configs[0]?.testPairs ?? SETTINGS.testPairs.usual;
  return (
    <section aria-labelledby="results">
      <h2 id="results">Results</h2>
      <p class="faint">
        Mean ± standard deviation over the rounds that are done, each measured on {count(testPairs)} test pairs; the 95%
        interval of the mean is Student's, of three rounds or more. A round that diverged has no errors: it is counted
        beside the others.{" "}
        {beside ? "The paper does not say over how many rounds its numbers are." : notBeside(asksPapers, ofDigits)}
        {beside && Object.keys(address.value.settings).length > 0 && " Some settings here are not the paper's."}
      </p>
      <Scroll labelledBy="results">
        <table aria-labelledby="results">
          <thead>
            <tr>
              <th scope="col">Network</th>
              <th scope="col">Rounds</th>
              <th scope="col">Train error</th>
              <th scope="col">Test error</th>
              <th scope="col">95% interval</th>
              {beside && <th scope="col">Paper's test error</th>}
              {beside && <th scope="col">Verdict</th>}
              <th scope="col">Parameters</th>
              <th scope="col">Run time</th>
            </tr>
          </thead>
          <tbody>
            {networksOf(experiment).map((name) => (
              <Row key={name} name={name} experiment={experiment} beside={beside} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

interface RowProperties {
  readonly name: string;
  readonly experiment: Experiment;
  /** Whether the paper's numbers stand beside ours. */
  readonly beside: boolean;
}

function Row({ name, experiment, beside }: RowProperties) {
  experiment.watch();
  const summary = useMemo(newSummary, [experiment]);
  const paper = paperResult(name);
  const runs = experiment.runs.filter(({ job }) => job.architecture === name);
  const records = recordsOf(runs);
  const ids = records.map(({ id }) => id).join();
  if (records.length > 0) summary.ask(ids, { records });
  const found = records.length > 0 ? summary.value.value : undefined;
  const { trainError, testError, diverged, constantRounds, verdicts } = found ?? {};
  return (
    <tr>
      <th scope="row">{architectureTitle(name)}</th>
      <td>
        {records.length} of {runs.length}
        {diverged !== undefined && <span class="lost">{diverged} diverged</span>}
      </td>
      <td>{trainError && plusMinus(trainError.mean, trainError.sd)}</td>
      <td class="strong">
        {testError && plusMinus(testError.mean, testError.sd)}
        {found && constantRounds && (
          <span class="lost">{constantInWords(constantRounds, found.rounds - (diverged ?? 0))}</span>
        )}
      </td>
      <td>{testError && percentInterval(testError.ci95)}</td>
      {beside && <td>{paper && paperPlusMinus(paper.testError, paper.testSd)}</td>}
      {beside && <td>{verdicts !== undefined && verdictWords(verdicts)}</td>}
      <td>{found && count(found.parameters)}</td>
      <td>{found && duration(found.medianSeconds)}</td>
    </tr>
  );
}
