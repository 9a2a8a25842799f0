import { architectureTitle } from "../../../core/architectures/registry.js";
import type { Pairs } from "../../../core/index.js";
import { count, nounFor, percent } from "../../../core/text/format.js";
import { linkTo } from "../../state/address.js";
import { begin, isTraining, plan } from "../../state/experiment.js";
import type { Experiment } from "../../training/experiment.js";
import type { Run } from "../../training/run.js";
import { networkColour } from "../../ui/network-colour.js";
import { Term } from "../../ui/term.js";
import { SoFar } from "../train/controls.js";
import { ErrorAxis } from "../train/error-axis.js";
import { ErrorBar } from "../train/error-bar.js";
import { axisEnd, standingOf } from "../train/standing.js";
import { type AlwaysSame, alwaysSame } from "./always-same.js";
import { testedOn } from "./words.js";
import "../train/ladder.css";

interface Properties {
  /** What the address asks for; undefined until its pairs are counted. */
  readonly experiment: Experiment | undefined;
  /** The pairs that its first network is tested on, once they are drawn. */
  readonly test: Pairs | undefined;
}

/** Trains the networks in place: their test errors as bars, beside that of always the same answer. */
export function TrainThem({ experiment, test }: Properties) {
  experiment?.watch();
  const runs = experiment?.runs ?? [];
  const state = experiment?.state.value;
  const baseline = test && alwaysSame(test.targets);
  const isUnderWay = state === "running" || state === "paused";
  const start = () => {
    if (!experiment) return;
    begin(experiment);
    experiment.start();
  };
  return (
    <section class="train-them" aria-labelledby="train-them">
      <h2 id="train-them">Networks that learn it</h2>
      <div class="row">
        {isUnderWay ? (
          <button type="button" onClick={() => experiment?.stop()}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            class="main"
            disabled={state !== "ready" || runs.length === 0 || isTraining.value || plan.value === undefined}
            onClick={start}
          >
            Train
          </button>
        )}
        {experiment && runs.length > 0 && <SoFar experiment={experiment} />}
      </div>
      <div class="bars">{runs.length > 0 && <Bars runs={runs} baseline={baseline} />}</div>
      <p class="row onward">
        <a href={linkTo("train")}>More networks, rounds and settings</a>
        {runs.some(({ trained }) => trained && !trained.record.diverged) && (
          <a href={linkTo("inside")}>Look inside: their mistakes</a>
        )}
      </p>
    </section>
  );
}

interface BarsProperties {
  readonly runs: readonly Run[];
  readonly baseline: AlwaysSame | undefined;
}

function Bars({ runs, baseline }: BarsProperties) {
  const names = [...new Set(runs.map(({ job }) => job.architecture))];
  const rows = names.map((name) => {
    const own = runs.filter(({ job }) => job.architecture === name);
    return { name, own, standing: standingOf(own) };
  });
  const end = axisEnd(
    rows.map(({ standing }) => standing),
    baseline?.error,
  );
  const [
    {
      job: { config },
    },
  ] = runs as [Run];
  const { trainPairs, epochs } = config;
  return (
    <>
      <div class="ladder-frame">
        <ol class="ladder">
          {rows.map(({ name, own, standing }, i) => (
            <li key={name} class="rung chosen" style={{ "--colour": networkColour(name) }}>
              <span class="title">{architectureTitle(name)}</span>
              <p class="hint">{stateInWords(own)}</p>
              <ErrorBar
                standing={standing}
                mark={baseline && { error: baseline.error, label: i === 0 ? labelOf(baseline) : undefined }}
                end={end}
              />
              <span class={standing?.isFinal ? "error" : "error moving"}>
                <b>{standing && percent(standing.error)}</b>
              </span>
            </li>
          ))}
        </ol>
        <ErrorAxis end={end} />
      </div>
      <p class="beside-always">
        They learn from {count(trainPairs)} {nounFor(trainPairs, "pair")} in {epochs}{" "}
        <Term of="epoch">{nounFor(epochs, "epoch")}</Term>, {testedOn(config, baseline?.error)}
      </p>
      <div class="hidden" role="log" aria-label="Results so far">
        {rows.map(({ name, standing }) =>
          standing?.isFinal ? (
            <p key={name}>
              {architectureTitle(name)}: {percent(standing.error)} test error.
            </p>
          ) : null,
        )}
      </div>
    </>
  );
}

const labelOf = ({ answer, error }: AlwaysSame): string => `always ${answer} ${percent(error)}`;

/** How far a network is: "epoch 3 of 8". */
function stateInWords(runs: readonly Run[]): string {
  const failed = runs.find(({ failure }) => failure !== undefined);
  if (failed) return `It could not be trained: ${failed.failure}.`;
  if (runs.some(({ trained }) => trained?.record.diverged)) return "It diverged: it has no test error.";
  if (runs.length > 1) return `${runs.filter(({ trained }) => trained).length} of ${runs.length} rounds`;
  const [{ epoch, status, job }] = runs as [Run];
  const { epochs } = job.config;
  if (status === "finished") return `${epochs} ${nounFor(epochs, "epoch")}, done`;
  return status === "training" ? `epoch ${epoch} of ${epochs}` : `${epochs} ${nounFor(epochs, "epoch")}`;
}
