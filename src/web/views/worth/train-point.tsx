import { signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { count, percent } from "../../../core/text/format.js";
import { formatAddress } from "../../address/address.js";
import { runCommand } from "../../address/command.js";
import { address } from "../../state/address.js";
import { startBeside } from "../../state/experiment.js";
import { firstPairs, imageBytes, imagesAsked, imagesName, site } from "../../state/site.js";
import type { Experiment } from "../../training/experiment.js";
import type { Run } from "../../training/run.js";
import { RunsInTraining } from "../../ui/runs-in-training.js";
import { pointJob } from "./own-points.js";
import { networks, rounds, type Step, testPairs } from "./study.js";

/** The last experiment that was begun here. It goes on while other views are shown. */
const begun = signal<Experiment | undefined>(undefined);

/** The page trains the round that it has the images of. */
const SEED = 0;

const titleOf = ({ job }: Run): string =>
  networks.find(({ architecture }) => architecture === job.architecture)?.title ?? job.architecture;

interface Properties {
  readonly step: Step;
  readonly pairs: number;
}

/** Trains both networks of a step on the handle's number of pairs, and says what they reach. */
export function TrainPoint({ step, pairs }: Properties) {
  const experiment = begun.value;
  const now = site.value;
  const jobs = useMemo(() => {
    if (now.state !== "ready") return [];
    const both = [step.plain, step.hinted];
    return both.flatMap(({ architecture }) => pointJob(now.laboratory, { architecture, seed: SEED, pairs }) ?? []);
  }, [now, step, pairs]);
  const train = () => {
    if (now.state !== "ready" || jobs.length === 0) return;
    begun.value = startBeside(jobs, now.laboratory);
  };
  const isBusy = experiment !== undefined && experiment.state.value !== "done";
  return (
    <section class={experiment ? "train-point begun" : "train-point"} aria-label="A point of your own">
      {isBusy ? (
        <RunsInTraining
          experiment={experiment}
          labelOf={(run) => `${titleOf(run)}, ${count(run.job.config.trainPairs)} pairs`}
          onStopped={() => {
            begun.value = undefined;
          }}
        />
      ) : (
        <div class="row">
          <button type="button" class="main" disabled={jobs.length === 0} onClick={train}>
            Train this point here
          </button>
          <p class="faint">
            {now.state === "loading"
              ? "The first pairs are being loaded."
              : `Both networks, on ${count(pairs)} pairs, seed ${SEED}.${needOf(pairs)}`}
          </p>
        </div>
      )}
      <Results experiment={experiment} />
      <details>
        <summary>The same bits on the command line</summary>
        {jobs.map((job) => (
          <p key={job.id} class="command">
            <code>{runCommand(job, [], imagesAsked.value)}</code>
          </p>
        ))}
      </details>
    </section>
  );
}

/** What more pairs than the first take. */
function needOf(pairs: number): string {
  const [name, first] = [imagesName.value, firstPairs.value];
  if (!first || pairs <= first.trainPairs) return "";
  return ` More than ${count(first.trainPairs)} need all of ${name}: ${((imageBytes.value ?? 0) / 1e6).toFixed(1)} MB.`;
}

/** What the last experiment reached: it is read aloud when it ends. */
function Results({ experiment }: { readonly experiment: Experiment | undefined }) {
  experiment?.watch();
  const runs = experiment?.state.value === "done" ? experiment.runs : [];
  const failed = runs.find(({ failure }) => failure !== undefined);
  return (
    <>
      <p role="status" class="outcome">
        {resultsInWords(runs)}
      </p>
      {runs.some(({ trained }) => trained) && (
        <p class="row">
          {runs.flatMap((run) =>
            run.trained && !run.trained.record.diverged
              ? [
                  <a key={run.job.id} href={formatAddress({ ...address.value, view: "inside", run: run.job.id })}>
                    Look inside {titleOf(run)}
                  </a>,
                ]
              : [],
          )}
        </p>
      )}
      {experiment && failed && (
        <div class="problem" role="alert">
          <p>
            {titleOf(failed)} could not be trained: {failed.failure}.
          </p>
          <button type="button" onClick={() => experiment.retry()}>
            Try again
          </button>
        </div>
      )}
    </>
  );
}

function resultsInWords(runs: readonly Run[]): string {
  const done = runs.flatMap((run) => (run.trained ? [{ title: titleOf(run), record: run.trained.record }] : []));
  const [first] = done;
  if (!first) return "";
  const { trainPairs, testPairs: own } = first.record.config;
  const errors = done.map(
    ({ title, record }) => `${title} ${record.diverged ? "diverged" : percent(record.testError)}`,
  );
  return `Your runs on ${count(trainPairs)} pairs: ${errors.join(", ")}. They are one round, tested on ${count(own)} pairs; the study's are means of ${rounds} rounds, tested on ${count(testPairs)}.`;
}
