import { useState } from "preact/hooks";
import { architectureTitle } from "../../../core/architectures/registry.js";
import { stringifyJson } from "../../../core/formats/json.js";
import { SETTINGS } from "../../../core/settings/table.js";
import { divergedInWords } from "../../../core/training/divergence.js";
import { formatAddress } from "../../address/address.js";
import { runCommand } from "../../address/command.js";
import { address } from "../../state/address.js";
import { underWay } from "../../state/experiment.js";
import { imagesAsked } from "../../state/site.js";
import type { Experiment } from "../../training/experiment.js";
import type { Run } from "../../training/run.js";
import { ConfigFile } from "../../ui/config-file.js";
import { download } from "../../ui/download.js";
import { Scroll } from "../../ui/scroll.js";
import { Command } from "./command.js";
import { networksOf, recordsOf } from "./records.js";

/** The most diverged runs that are named here. The table and the list below have all. */
const NAMED = 3;

/** Every run: its progress, the hash of its weights, the command that gives the same bits, and its files. */
export function RunList({ experiment }: { readonly experiment: Experiment }) {
  experiment.watch();
  const [isOpen, setOpen] = useState(false);
  const { runs } = experiment;
  const { own } = underWay.value ?? address.value;
  const failed = runs.filter(({ status }) => status === "failed");
  const records = recordsOf(runs);
  const diverged = records.filter((record) => record.diverged);
  return (
    <section aria-labelledby="runs">
      <h2 id="runs">Runs</h2>
      <Command />
      {failed.map(({ job, failure }) => (
        <p key={job.id} class="problem" role="alert">
          {architectureTitle(job.architecture)}, seed {job.seed}: {failure}.{runs.length > 1 && " The others go on."}
        </p>
      ))}
      {diverged.slice(0, NAMED).map(({ id, architecture, seed, diverged: where }) => (
        <p key={id} class="problem" role="status">
          {architectureTitle(architecture)}, seed {seed} {where && divergedInWords(where)}: it has no errors.
        </p>
      ))}
      {diverged.length > NAMED && <p>And {diverged.length - NAMED} more diverged.</p>}
      <button
        type="button"
        disabled={records.length === 0}
        onClick={() => download("pairlab-records.json", `${stringifyJson(records)}\n`, "application/json")}
      >
        Download the records
      </button>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{runs.length === 1 ? "The run, with its hash" : `All ${runs.length} runs, with their hashes`}</summary>
        {isOpen && own.length > 0 && (
          <p>
            <ConfigFile own={own} />
          </p>
        )}
        {isOpen && <RunTable experiment={experiment} />}
      </details>
    </section>
  );
}

function RunTable({ experiment }: { readonly experiment: Experiment }) {
  experiment.watch();
  return (
    <Scroll labelledBy="runs">
      <table>
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">Seed</th>
            <th scope="col">State</th>
            <th scope="col">Weights' SHA-256</th>
            <th scope="col">Files</th>
            <th scope="col">The same bits on the command line</th>
          </tr>
        </thead>
        <tbody>
          {experiment.runs.map((run) => (
            <Row key={run.job.id} {...run} alone={isAlone(run, experiment)} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Whether a command for a run's seed alone counts as many test pairs as all of the experiment's seeds have. */
function isAlone({ job }: Run, { runs }: Experiment): boolean {
  if (job.config.testPairs === SETTINGS.testPairs.usual || networksOf({ runs }).length === 1) return true;
  return runs.every((run) => run.job.seed === job.seed);
}

type RowProperties = Pick<Run, "job" | "status" | "epoch" | "trained"> & { readonly alone: boolean };

function Row({ job, status, epoch, trained, alone }: RowProperties) {
  const { architecture, seed, config, id } = job;
  const hash = trained?.record.weightsSha256;
  const diverged = trained?.record.diverged;
  const { own } = underWay.value ?? address.value;
  return (
    <tr>
      <th scope="row" title={architecture}>
        {architectureTitle(architecture)}
      </th>
      <td>{seed}</td>
      <td title={diverged && divergedInWords(diverged)}>
        {diverged ? "diverged" : status === "training" ? `epoch ${epoch} of ${config.epochs}` : status}
      </td>
      <td>{hash && <code title={hash}>{hash.slice(0, 16)}…</code>}</td>
      <td>
        {trained && (
          <>
            <button
              type="button"
              class="link"
              onClick={() => download(`${architecture}-${seed}.safetensors`, trained.weights)}
            >
              weights
            </button>{" "}
            {!diverged && <a href={formatAddress({ ...address.value, view: "inside", run: id })}>look inside</a>}
          </>
        )}
      </td>
      <td class="left">
        {alone ? (
          <code>{runCommand(job, own, imagesAsked.value)}</code>
        ) : (
          <span class="faint">by the command above</span>
        )}
      </td>
    </tr>
  );
}
