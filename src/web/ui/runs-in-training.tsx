import type { Experiment } from "../training/experiment.js";
import type { Run } from "../training/run.js";
import { Progress } from "./progress.js";

interface Properties {
  readonly experiment: Experiment;
  readonly labelOf: (run: Run) => string;
  /** After somebody has stopped it. */
  readonly onStopped: () => void;
}

/** A bar for each run of a small experiment, and a button to stop it. */
export function RunsInTraining({ experiment, labelOf, onStopped }: Properties) {
  experiment.watch();
  const stop = () => {
    experiment.stop();
    onStopped();
  };
  return (
    <div class="row">
      {experiment.runs.map((run) => (
        <Progress key={run.job.id} label={labelOf(run)} value={run.epoch} most={run.job.config.epochs} />
      ))}
      <button type="button" onClick={stop}>
        Stop
      </button>
    </div>
  );
}
