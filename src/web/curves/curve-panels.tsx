import { useMemo, useState } from "preact/hooks";
import type { Curves } from "../../core/experiments/shared/curves.js";
import { curvesOf } from "../../core/experiments/shared/curves.js";
import type { EpochResult } from "../../core/index.js";
import { download } from "../ui/download.js";
import { CurvePanel } from "./curve-panel.js";
import "./curves.css";
import type { Figures } from "./use-figures.js";

interface Properties {
  /** The name of the file to download, without its extension. */
  readonly name: string;
  readonly title: string;
  /** The epochs of each round so far: at least one. */
  readonly rounds: readonly (readonly EpochResult[])[];
  /** Equal for equal rounds and epochs. */
  readonly state: string;
  /** The last epoch that there will be, while rounds are in training. */
  readonly lastEpoch?: number;
  readonly figures: Figures;
}

/** Loss and accuracy over rounds, with the values at the pointed epoch. */
export function CurvePanels({ name, title, rounds, state, lastEpoch, figures }: Properties) {
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const curves = useMemo(() => curvesOf(rounds), [state]);
  const drawing = { curves, runs: rounds };
  const panels = useMemo(
    () =>
      [figures.lossPanel(curves), figures.accuracyPanel(curves)].map((panel) =>
        lastEpoch === undefined ? panel : { ...panel, lastEpoch },
      ),
    [curves, lastEpoch],
  );
  const { epoch } = curves;
  const shown = pointed !== undefined && epoch.includes(pointed) ? pointed : epoch.at(-1);
  return (
    <figure class="curve">
      <figcaption>
        <h3>{title}</h3>
        <button
          type="button"
          class="link"
          onClick={() => download(`${name}.svg`, figures.figureSvg(drawing, { document, title }), "image/svg+xml")}
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
          aria-valuetext={`epoch ${shown}`}
          onInput={({ currentTarget }) => setPointed(epoch[Number(currentTarget.value)])}
        />
        <span class="read">{shown !== undefined && valuesAt(curves, shown, rounds.length)}</span>
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
