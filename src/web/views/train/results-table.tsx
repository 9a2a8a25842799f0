import { useMemo } from "preact/hooks";
import { architectureTitle, paperResult } from "../../../core/architectures/registry.js";
import { verdictWords } from "../../../core/experiments/reproduce/verdict.js";
import { constantInWords } from "../../../core/experiments/shared/constant-answer.js";
import { SETTINGS } from "../../../core/settings/table.js";
import { count, duration, meanAndSpread, paperPlusMinus, percentInterval } from "../../../core/text/format.js";
import { newSummary } from "../../state/summaries.js";
import type { Experiment } from "../../training/experiment.js";
import { Scroll } from "../../ui/scroll.js";
import { Swatch } from "../../ui/swatch.js";
import { whyNotBeside } from "./beside-paper.js";
import { networksOf, recordsOf } from "./records.js";

/** Every network's errors over the finished rounds, with the paper's where they are about the same. */
export function ResultsTable({ experiment }: { readonly experiment: Experiment }) {
  const testPairs = experiment.runs[0]?.job.config.testPairs ?? SETTINGS.testPairs.usual;
  const { beside, why } = useMemo(() => {
    const why = whyNotBeside(experiment);
    return { beside: why === undefined, why };
  }, [experiment]);
  const networks = networksOf(experiment);
  // One round has no spread, so that nothing can be said of it beside the paper's mean.
  const judged = beside && experiment.runs.length > networks.length;
  return (
    <section aria-labelledby="results">
      <h2 id="results">Results</h2>
      <Scroll labelledBy="results">
        <table aria-labelledby="results" class="results">
          <thead>
            <tr>
              <th scope="col">Network</th>
              <th scope="col" class="spread">
                Test error
              </th>
              <th scope="col" class="interval">
                95% interval
              </th>
              {beside && (
                <th scope="col" class="spread">
                  Paper's test error
                </th>
              )}
              {judged && (
                <th scope="col" class="verdict">
                  Verdict
                </th>
              )}
              <th scope="col" class="spread">
                Train error
              </th>
              <th scope="col">Rounds</th>
              <th scope="col" class="parameters">
                Parameters
              </th>
              <th scope="col">Run time</th>
            </tr>
          </thead>
          <tbody>
            {networks.map((name) => (
              <Row key={name} name={name} experiment={experiment} beside={beside} judged={judged} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="faint">
        Mean ± standard deviation over the rounds that are done, each measured on {count(testPairs)} test pairs; the 95%
        interval of the mean is Student's, of three rounds or more. A round that diverged has no errors: it is counted
        beside the others. {why ?? "The paper does not say over how many rounds its numbers are."}
      </p>
    </section>
  );
}

interface RowProperties {
  readonly name: string;
  readonly experiment: Experiment;
  /** Whether the paper's numbers stand beside ours. */
  readonly beside: boolean;
  /** Whether a verdict stands there when all rounds are done. */
  readonly judged: boolean;
}

function Row({ name, experiment, beside, judged }: RowProperties) {
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
      <th scope="row">
        <Swatch network={name} />
        {architectureTitle(name)}
      </th>
      <td class="strong">
        {testError && meanAndSpread(testError)}
        {found && constantRounds && (
          <span class="lost">{constantInWords(constantRounds, found.rounds - (diverged ?? 0))}</span>
        )}
      </td>
      <td>{testError && percentInterval(testError.ci95)}</td>
      {beside && <td>{paper && paperPlusMinus(paper.testError, paper.testSd)}</td>}
      {judged && <td>{verdicts !== undefined && records.length === runs.length && verdictWords(verdicts)}</td>}
      <td>{trainError && meanAndSpread(trainError)}</td>
      <td>
        {records.length} of {runs.length}
        {diverged !== undefined && <span class="lost">{diverged} diverged</span>}
      </td>
      <td>{found && count(found.parameters)}</td>
      <td>{found && duration(found.medianSeconds)}</td>
    </tr>
  );
}
