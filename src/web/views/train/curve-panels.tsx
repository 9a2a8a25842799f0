import { useMemo, useState } from "preact/hooks";
import { type Curves, curvesOf } from "../../../core/index.js";
import type { Experiment } from "../../training/experiment.js";
import { download } from "../../ui/download.js";
import { usePulse } from "../../ui/use-pulse.js";
import { CurvePanel } from "./curve-panel.js";

type Figures = typeof import("./figures.js");

interface Properties {
  readonly name: string;
  readonly title: string;
  readonly experiment: Experiment;
  readonly figures: Figures;
}

/** One network's loss and accuracy, and the values at the epoch that is pointed at. */
export function CurvePanels({ name, title, experiment, figures }: Properties) {
  usePulse(experiment);
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const runs = experiment.runs.filter(({ job }) => job.architecture === name);
  const begun = runs.filter(({ results }) => results.length > 0);
  const state = begun.map(({ job, results }) => `${job.id} ${results.length}`).join();
  const curves = useMemo(() => curvesOf(begun.map(({ results }) => results)), [state]);
  const lastEpoch = runs[0]?.job.config.epochs ?? 1;
  const drawing = { curves, runs: begun };
  const panels = useMemo(
    () => [figures.lossPanel(curves), figures.accuracyPanel(curves)].map((panel) => ({ ...panel, lastEpoch })),
    [curves, lastEpoch],
  );
  if (begun.length === 0) return null;
  const { epoch } = curves;
  const shown = pointed !== undefined && epoch.includes(pointed) ? pointed : epoch.at(-1);
  return (
    <figure class="curve">
      <figcaption>
        <h3>{title}</h3>
        <button
          type="button"
          class="link"
          onClick={() =>
            download(`pairlab-${name}.svg`, figures.figureSvg(drawing, { document, title }), "image/svg+xml")
          }
        >
          download
          <span class="hidden"> the figure of {title}</span>
        </button>
      </figcaption>
      <div class="panels">
        {panels.map((panel) => (
          <CurvePanel
            key={panel.label}
            panel={panel}
            figures={figures}
            pointed={shown}
            onPoint={setPointed}
            epochs={epoch}
          />
        ))}
      </div>
      <label class="values">
        <span class="hidden">Epoch whose values are read</span>
        <input
          type="range"
          min={0}
          max={epoch.length - 1}
          value={epoch.indexOf(shown ?? 0)}
          onInput={({ currentTarget }) => setPointed(epoch[Number(currentTarget.value)])}
        />
        <output>{shown !== undefined && valuesAt(curves, shown, begun.length)}</output>
      </label>
    </figure>
  );
}

function valuesAt(curves: Curves, epoch: number, rounds: number): string {
  const at = curves.epoch.indexOf(epoch);
  const value = (key: Exclude<keyof Curves, "epoch">, unit: number, digits: number) => {
    const mean = curves[key].mean[at];
    return mean === undefined || !Number.isFinite(mean) ? "no number" : (unit * mean).toFixed(digits);
  };
  return [
    `Epoch ${epoch}, ${rounds} ${rounds === 1 ? "round" : "rounds"}:`,
    `loss ${value("trainLoss", 1, 3)} training, ${value("testLoss", 1, 3)} test;`,
    `accuracy ${value("trainAccuracy", 100, 1)}% training, ${value("testAccuracy", 100, 1)}% test.`,
  ].join(" ");
}
