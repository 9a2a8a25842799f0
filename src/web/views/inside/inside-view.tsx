import { useSignalEffect } from "@preact/signals";
import { isPapers } from "../../../core/experiments/shared/question.js";
import { divergedInWords } from "../../../core/training/divergence.js";
import { relationOf } from "../../../core/training/job.js";
import { address, changeAddress } from "../../state/address.js";
import { trainFirstNetwork } from "../../state/first-network.js";
import { site } from "../../state/site.js";
import { trained, trainedOnThese } from "../../state/trained.js";
import type { TrainedRun } from "../../training/run.js";
import { networkTitle } from "../../ui/network-title.js";
import { FirstNetwork } from "../draw/first-network.js";
import { MissingRun } from "./missing-run.js";
import { RunInside } from "./run-inside.js";
import "./inside.css";

/** A trained network: what it says of a pair, its mistakes, its layers, what its answers are worth, and what its head has learned. */
export function InsideView() {
  useSignalEffect(() => {
    // A run that a link names is fetched, or trained with the link's settings.
    if (address.value.run === undefined) trainFirstNetwork();
  });
  const runs = [...trained.value.values()];
  const { run: id } = address.value;
  // A run from the run store may be there before the images are.
  const isReady = site.value.state === "ready";
  const ofThese = trainedOnThese.value;
  const run = runs.find(({ record }) => record.id === id) ?? (id === undefined ? latest(ofThese) : undefined);
  const diverged = run?.record.diverged;
  return (
    <div class="inside">
      <section>
        <h1>Look inside a network</h1>
        {id === undefined && <FirstNetwork />}
        {runs.length > 0 && <NetworkChoice runs={runs} chosen={run} />}
        {id !== undefined && !run && <MissingRun key={id} id={id} />}
      </section>
      {run && diverged && (
        <p class="problem" role="status">
          {networkTitle(run.record)}, seed {run.record.seed} {divergedInWords(diverged)}: its network answers nothing.
        </p>
      )}
      {run && !diverged && isReady && !ofThese.includes(run) && (
        <p class="problem" role="status">
          This run was trained on other images, {run.record.config.dataset.name}: its pairs are not here. Serve the page
          with them to look inside.
        </p>
      )}
      {run && !diverged && isReady && ofThese.includes(run) && <RunInside key={run.record.id} run={run} />}
    </div>
  );
}

/** The last run that did not diverge, if there is one. */
const latest = (runs: readonly TrainedRun[]): TrainedRun | undefined =>
  runs.findLast(({ record }) => !record.diverged) ?? runs.at(-1);

interface Choice {
  readonly runs: readonly TrainedRun[];
  readonly chosen: TrainedRun | undefined;
}

function NetworkChoice({ runs, chosen }: Choice) {
  return (
    <label class="field choice">
      <span>Network</span>
      <select
        value={chosen?.record.id ?? ""}
        onChange={({ currentTarget: { value } }) => changeAddress({ run: value })}
      >
        {!chosen && <option value="">choose one</option>}
        {runs.map(({ record: { id, architecture, seed, config, diverged } }) => (
          <option key={id} value={id}>
            {networkTitle({ architecture, config })}, seed {seed}, {config.epochs}{" "}
            {config.epochs === 1 ? "epoch" : "epochs"}
            {!isPapers(config.relation) && `, ${relationOf(config).question}`}
            {diverged && ", diverged"}
          </option>
        ))}
      </select>
    </label>
  );
}
