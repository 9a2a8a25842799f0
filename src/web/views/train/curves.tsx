import { architectureTitle } from "../../../core/architectures/registry.js";
import { divergedOf } from "../../../core/experiments/shared/diverged.js";
import { CurveKey } from "../../curves/curve-key.js";
import { CurvePanels } from "../../curves/curve-panels.js";
import { type Figures, useFigures } from "../../curves/use-figures.js";
import type { Experiment } from "../../training/experiment.js";
import { networksOf } from "./records.js";

/** Loss and accuracy of each network after each epoch, while it trains. */
export function Curves({ experiment }: { readonly experiment: Experiment }) {
  experiment.watch();
  const hasCurves = experiment.runs.some(({ results }) => results.length > 0);
  const figures = useFigures(hasCurves);
  if (!figures || !hasCurves) return null;
  return (
    <section aria-labelledby="curves">
      <h2 id="curves">Learning curves</h2>
      <CurveKey>
        Line: mean over the rounds so far; band: ± standard deviation. Point at an epoch for its values.
      </CurveKey>
      <div class="curves">
        {networksOf(experiment).map((name) => (
          <OfNetwork key={name} name={name} experiment={experiment} figures={figures} />
        ))}
      </div>
    </section>
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
  // Curves that end where a round diverged would bend the mean.
  const begun = runs.filter(({ results, trained }) => results.length > 0 && !trained?.record.diverged);
  const title = architectureTitle(name);
  const lost = divergedOf(runs.map(({ trained }) => trained?.record ?? {}));
  if (begun.length === 0) return lost ? <p>{`${title}: ${lost} rounds diverged.`}</p> : null;
  return (
    <CurvePanels
      name={`pairlab-${name}`}
      title={lost ? `${title} (${lost} rounds diverged)` : title}
      rounds={begun.map(({ results }) => results)}
      state={begun.map(({ job, results }) => `${job.id} ${results.length}`).join()}
      lastEpoch={runs[0]?.job.config.epochs ?? 1}
      figures={figures}
    />
  );
}
