import { useState } from "preact/hooks";
import { architectureTitle } from "../../../core/architectures/registry.js";
import { divergedOf } from "../../../core/experiments/shared/diverged.js";
import { CurveKey } from "../../curves/curve-key.js";
import { CurvePanels } from "../../curves/curve-panels.js";
import { ErrorCurves } from "../../curves/error-curves.js";
import { type Figures, useFigures } from "../../curves/use-figures.js";
import type { Experiment } from "../../training/experiment.js";
import type { Run } from "../../training/run.js";
import { networksOf } from "./records.js";

/** Test error of all networks after each epoch, while they train; loss and accuracy of each if they are asked for. */
export function Curves({ experiment }: { readonly experiment: Experiment }) {
  experiment.watch();
  const [isOpen, setOpen] = useState(false);
  const names = networksOf(experiment);
  const begun = experiment.runs.filter(isBegun);
  if (names.length === 0) return null;
  return (
    <section aria-labelledby="curves">
      <h2 id="curves">Learning curves</h2>
      <ErrorCurves
        curves={names.map((name) => ({
          name,
          title: architectureTitle(name),
          rounds: begun.filter(({ job }) => job.architecture === name).map(({ results }) => results),
        }))}
        state={stateOf(begun)}
        lastEpoch={Math.max(...experiment.runs.map(({ job }) => job.config.epochs))}
      />
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Loss and accuracy of each network, on training and on test pairs</summary>
        {isOpen && <Panels experiment={experiment} />}
      </details>
    </section>
  );
}

/** Curves that end where a round diverged would bend the mean. */
const isBegun = ({ results, trained }: Run): boolean => results.length > 0 && !trained?.record.diverged;

const stateOf = (runs: readonly Run[]): string => runs.map(({ job, results }) => `${job.id} ${results.length}`).join();

function Panels({ experiment }: { readonly experiment: Experiment }) {
  const figures = useFigures(true);
  if (!figures) return null;
  return (
    <>
      <CurveKey>
        Line: mean over the rounds so far; band: ± standard deviation. Point at an epoch for its values.
      </CurveKey>
      <div class="curves">
        {networksOf(experiment).map((name) => (
          <OfNetwork key={name} name={name} experiment={experiment} figures={figures} />
        ))}
      </div>
    </>
  );
}

interface Properties {
  readonly name: string;
  readonly experiment: Experiment;
  readonly figures: Figures;
}

/** One network's curves over the rounds that have begun. */
function OfNetwork({ name, experiment, figures }: Properties) {
  experiment.watch();
  const runs = experiment.runs.filter(({ job }) => job.architecture === name);
  const begun = runs.filter(isBegun);
  const title = architectureTitle(name);
  const lost = divergedOf(runs.map(({ trained }) => trained?.record ?? {}));
  if (begun.length === 0) return lost ? <p>{`${title}: ${lost} rounds diverged.`}</p> : null;
  return (
    <CurvePanels
      name={`pairlab-${name}`}
      title={lost ? `${title} (${lost} rounds diverged)` : title}
      rounds={begun.map(({ results }) => results)}
      state={stateOf(begun)}
      lastEpoch={runs[0]?.job.config.epochs ?? 1}
      figures={figures}
    />
  );
}
