import type { Experiment } from "../training/experiment.js";

/** The reason why an experiment's only run failed, and a button to try again. */
export function FailedRun({ experiment }: { readonly experiment: Experiment }) {
  const [run] = experiment.runs;
  if (run?.failure === undefined) return null;
  return (
    <div class="problem" role="alert">
      <p>
        {run.job.architecture} could not be trained: {run.failure}.
      </p>
      <button type="button" onClick={() => experiment.retry()}>
        Try again
      </button>
    </div>
  );
}
