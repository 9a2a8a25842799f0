import { useEffect, useState } from "preact/hooks";
import { findArchitecture } from "../../../core/index.js";
import type { Experiment } from "../../training/experiment.js";
import { usePulse } from "../../ui/use-pulse.js";
import { whenFree } from "../../ui/when-free.js";
import { CurvePanels } from "./curve-panels.js";
import { networksOf } from "./records.js";

type Figures = typeof import("./figures.js");

const BLANK = { label: "", domain: [0, 1], format: String, train: [], test: [] } as const;

/** Loss and accuracy of each network after each epoch, as they come in. */
export function Curves({ experiment }: { readonly experiment: Experiment }) {
  usePulse(experiment);
  const [figures, setFigures] = useState<Figures | undefined>(undefined);
  const hasCurves = experiment.runs.some(({ results }) => results.length > 0);
  useEffect(() => {
    // Charts are the larger part of the page's script, and nothing has a curve at first.
    if (hasCurves) import("./figures.js").then((loaded) => setTimeout(() => warmUp(loaded, setFigures)));
  }, [hasCurves]);
  if (!figures || !hasCurves) return null;
  return (
    <section aria-labelledby="curves">
      <h2 id="curves">Learning curves</h2>
      <p class="key">
        <span class="line train" /> training pairs <span class="line test" /> test pairs
        <span class="faint">
          Line: mean over the rounds so far; band: ± standard deviation. Point at an epoch for its values.
        </span>
      </p>
      <div class="curves">
        {networksOf(experiment).map((name) => (
          <CurvePanels
            key={name}
            name={name}
            title={findArchitecture(name).title}
            experiment={experiment}
            figures={figures}
          />
        ))}
      </div>
    </section>
  );
}

/** Most of what the first chart takes is compiling: it is done in a task of its own, apart from layout and paint. */
function warmUp(figures: Figures, then: (figures: Figures) => void): void {
  figures.panelPlot(BLANK, { width: 100, height: 100 }, document);
  whenFree(() => then(figures));
}
