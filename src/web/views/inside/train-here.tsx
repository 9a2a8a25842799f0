import { signal } from "@preact/signals";
import { architectureTitle } from "../../../core/architectures/registry.js";
import type { Job } from "../../../core/index.js";
import { runCommand } from "../../address/command.js";
import { address } from "../../state/address.js";
import { startBeside } from "../../state/experiment.js";
import { dataInWords, imagesAsked, site } from "../../state/site.js";
import type { Experiment } from "../../training/experiment.js";
import { ConfigFile } from "../../ui/config-file.js";
import { FailedRun } from "../../ui/failed-run.js";
import { RunsInTraining } from "../../ui/runs-in-training.js";

/** The experiments by run. They go on while other views are shown. */
const begun = signal<ReadonlyMap<string, Experiment>>(new Map());

/** Trains the run that a link names. The link's settings give the same bits again. */
export function TrainHere({ job }: { readonly job: Job }) {
  const experiment = begun.value.get(job.id);
  if (experiment) return <Training experiment={experiment} />;
  const own = address.value.own.filter(({ name }) => name === job.architecture);
  const train = () => {
    if (site.value.state !== "ready") return;
    begun.value = new Map([...begun.value, [job.id, startBeside([job], site.value.laboratory)]]);
  };
  return (
    <div class="row">
      <button type="button" class="main" onClick={train}>
        Train it here
      </button>
      <p class="faint">
        The link's settings give this run{dataInWords}: <code>{runCommand(job, own, imagesAsked.value)}</code>
        <ConfigFile own={own} />
      </p>
    </div>
  );
}

function Training({ experiment }: { readonly experiment: Experiment }) {
  experiment.watch();
  const [run] = experiment.runs;
  if (!run) return null;
  if (run.failure !== undefined) return <FailedRun experiment={experiment} />;
  return (
    <RunsInTraining
      experiment={experiment}
      labelOf={({ job: { architecture, seed } }) => `${architectureTitle(architecture)}, seed ${seed}`}
      onStopped={() => {
        begun.value = new Map([...begun.value].filter(([id]) => id !== run.job.id));
      }}
    />
  );
}
