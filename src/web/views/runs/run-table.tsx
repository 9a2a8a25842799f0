import { useId } from "preact/hooks";
import { constantAnswerOf } from "../../../core/experiments/shared/constant-answer.js";
import { errorText } from "../../../core/experiments/shared/diverged.js";
import type { StoredGroup, StoredRun } from "../../../core/runs/store-document.js";
import { duration } from "../../../core/text/format.js";
import { divergedInWords } from "../../../core/training/divergence.js";
import { CurveKey } from "../../curves/curve-key.js";
import { networkTitle } from "../../ui/network-title.js";
import { openRuns, toggle } from "./choices.js";
import { LookInside } from "./look-inside.js";
import { RunCurves } from "./run-curves.js";

/** The runs of a group, with the learning curves of those that are opened. */
export function RunTable({ group }: { readonly group: StoredGroup }) {
  const { differs, runs, config } = group;
  const title = networkTitle(group);
  const curves = runs.filter(({ id }) => openRuns.value.has(id));
  return (
    <>
      <div class="scroll">
        <table>
          <caption>
            <span class="still">Runs of {[title, ...differs].join(", ")}</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Seed</th>
              <th scope="col">Test error</th>
              <th scope="col">Train error</th>
              <th scope="col">Time</th>
              <th scope="col" class="left">
                Look
              </th>
              <th scope="col" class="left">
                Weights' SHA-256
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <Row key={run.id} run={run} config={config} />
            ))}
          </tbody>
        </table>
      </div>
      {curves.length > 0 && (
        <div>
          <CurveKey>
            {config.evaluateOn === "validation" &&
              "The test pairs here are validation pairs, drawn from the training images."}
          </CurveKey>
          <div class="curves">
            {curves.map(({ id, seed }) => (
              <RunCurves key={id} id={id} title={`${title}, seed ${seed}`} />
            ))}
          </div>
        </div>
      )}
    </>
  );
}

function Row({ run, config }: { readonly run: StoredRun; readonly config: StoredGroup["config"] }) {
  const { id, seed, testError, trainError, diverged, seconds, weightsSha256 } = run;
  const { constantAnswer } = constantAnswerOf({ ...run, config });
  const label = useId();
  return (
    <tr>
      <th scope="row" id={label}>
        <code>{id}</code>
      </th>
      <td>{seed}</td>
      <td title={diverged && divergedInWords(diverged)}>
        {errorText(run, testError)}
        {constantAnswer && <span class="lost">says {constantAnswer} to every pair</span>}
      </td>
      <td>{errorText(run, trainError)}</td>
      <td>{duration(seconds)}</td>
      <td class="left">
        <button
          type="button"
          class="link"
          aria-expanded={openRuns.value.has(id)}
          aria-describedby={label}
          onClick={() => toggle(openRuns, id)}
        >
          curves
        </button>{" "}
        {!diverged && <LookInside id={id} describedBy={label} />}
      </td>
      <td class="left">
        <code class="hash">{weightsSha256}</code>
      </td>
    </tr>
  );
}
