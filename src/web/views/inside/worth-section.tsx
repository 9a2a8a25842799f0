import { useCallback, useState } from "preact/hooks";
import { stringifyJson } from "../../../core/formats/json.js";
import type { PairMeasures } from "../../../core/index.js";
import {
  classPairsTable,
  measureSentences,
  measuresTable,
  sameAnswer,
  thresholdsTable,
} from "../../../core/inspection/measure-words.js";
import { DrawnPlot } from "../../curves/drawn-plot.js";
import type * as Drawing from "../../curves/figures.js";
import { type Figures, useFigures } from "../../curves/use-figures.js";
import { measuresOf } from "../../state/measures.js";
import { neededImages } from "../../state/needed-images.js";
import { firstPairs, imageBytes, imagesName, site } from "../../state/site.js";
import type { TrainedRun } from "../../training/run.js";
import { download } from "../../ui/download.js";
import { Explained } from "../../ui/term.js";
import { TextTable } from "../../ui/text-table.js";
import { useLatest } from "../../ui/use-latest.js";

/** What a network's answers are worth: the numbers of `pairlab evaluate`, in its words. */
export function WorthSection({ run }: { readonly run: TrainedRun }) {
  const [isAsked, setAsked] = useState(false);
  // Whoever looks at a pair need not fetch what only this section needs.
  const isFetched = isAsked || !firstPairs.value || neededImages.value !== undefined;
  const { value, failure: failed, pending } = useLatest(isFetched ? run.record.id : undefined, () => measuresOf(run));
  // The numbers of the run that was shown before are not those of this one.
  const [measures, failure] = pending ? [] : [value, failed];
  const figures = useFigures(measures !== undefined);
  return (
    <section aria-labelledby="worth">
      <h2 id="worth">What its answers are worth</h2>
      {failure ? (
        <p class="problem" role="alert">
          {failure}
        </p>
      ) : measures ? (
        <Measured measures={measures} figures={figures} run={run} />
      ) : isFetched ? (
        <p class="faint" role="status">
          Measuring on all test pairs…
        </p>
      ) : (
        <div class="row">
          <button type="button" onClick={() => setAsked(true)}>
            Measure on all test pairs
          </button>
          <p class="faint">
            That needs all of {imagesName.value}: {((imageBytes.value ?? 0) / 1e6).toFixed(1)} MB.
          </p>
        </div>
      )}
    </section>
  );
}

interface Properties {
  readonly measures: PairMeasures;
  readonly figures: Figures | undefined;
  readonly run: TrainedRun;
}

function Measured({ measures, figures, run }: Properties) {
  const { id, config } = run.record;
  const now = site.value;
  const tables = [
    measuresTable(measures),
    thresholdsTable(measures),
    classPairsTable(measures, config.dataset.classes),
  ].filter((table) => table !== undefined);
  const dataset = now.state === "ready" ? now.laboratory.counted.identity : undefined;
  const same = sameAnswer(measures);
  return (
    <>
      {same.length > 0 && (
        <p class="problem" role="status">
          {same.join(" ")}
        </p>
      )}
      <ul class="worth">
        {measureSentences(measures)
          .filter((sentence) => !same.includes(sentence))
          .map((sentence) => (
            <li key={sentence}>
              <Explained text={sentence} />
            </li>
          ))}
      </ul>
      {figures && (
        <div class="worth-plots">
          <Plot draw={figures.rocPlot} lines={figures.rocLines(measures)} measures={measures} />
          <Plot draw={figures.reliabilityPlot} lines={figures.reliabilityLines(measures)} measures={measures} />
        </div>
      )}
      <details class="worth-numbers">
        <summary>Every number</summary>
        {tables.map((table, i) => (
          <section key={table.title} aria-labelledby={`worth-${i}`}>
            <h3 id={`worth-${i}`}>{table.title}</h3>
            <TextTable table={table} labelledBy={`worth-${i}`} />
          </section>
        ))}
      </details>
      <div class="row">
        <button
          type="button"
          onClick={() =>
            download(
              `pairlab-${id}-measures.json`,
              `${stringifyJson({ run: id, dataset, ...measures })}\n`,
              "application/json",
            )
          }
        >
          Download the numbers
        </button>
        {figures && (
          <button
            type="button"
            onClick={() =>
              download(`pairlab-${id}-measures.svg`, figures.answersSvg(measures, document), "image/svg+xml")
            }
          >
            Download the figure
          </button>
        )}
      </div>
    </>
  );
}

const SIZE = { width: 380, height: 376 };

interface PlotProperties {
  readonly draw: typeof Drawing.rocPlot;
  readonly lines: readonly string[];
  readonly measures: PairMeasures;
}

function Plot({ draw, lines, measures }: PlotProperties) {
  const drawing = useCallback(() => draw(measures, SIZE, document), [draw, measures]);
  return (
    <figure class="worth-plot">
      <div class="panel">
        <DrawnPlot draw={drawing} />
      </div>
      <figcaption class="faint">{lines.join(" ")}</figcaption>
    </figure>
  );
}
