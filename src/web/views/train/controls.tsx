import { duration, nounFor } from "../../../core/text/format.js";
import { experimentCommand } from "../../address/command.js";
import { configFile } from "../../address/networks.js";
import { address } from "../../state/address.js";
import { begin, LANES, plan, underWay } from "../../state/experiment.js";
import { dataInWords, imagesAsked } from "../../state/site.js";
import type { Experiment } from "../../training/experiment.js";
import { progressOf } from "../../training/progress.js";
import { ConfigFile } from "../../ui/config-file.js";
import { Progress } from "../../ui/progress.js";

/** The buttons to start, pause, step and stop, the progress, and the command that does the same. */
export function Controls({ experiment }: { readonly experiment: Experiment | undefined }) {
  const asked = underWay.value ?? address.value;
  // An experiment under way can go on, even if the address now asks for something that is refused.
  const refused = underWay.value === undefined && plan.value !== undefined && plan.value.refused.size > 0;
  const command = experimentCommand(asked, imagesAsked.value);
  const isOther =
    experimentCommand(address.value, imagesAsked.value) !== command ||
    configFile(address.value.own) !== configFile(asked.own);
  return (
    <>
      <section aria-labelledby="training" class="controls">
        <h2 id="training">Training</h2>
        {experiment ? (
          <Buttons experiment={experiment} refused={refused} />
        ) : (
          <p class="faint">Training can start when the images are here.</p>
        )}
      </section>
      {command && (
        <p class="command">
          <span class="faint">The same bits on the command line{dataInWords}: </span>
          <code>{command}</code>
          <ConfigFile own={asked.own} />
        </p>
      )}
      {isOther && (
        <p class="problem" role="status">
          The address now asks for something else: that can be trained when this is done or stopped.
        </p>
      )}
    </>
  );
}

function Buttons({ experiment, refused }: { readonly experiment: Experiment; readonly refused: boolean }) {
  experiment.watch();
  const state = experiment.state.value;
  const { finished, failed, total, part, secondsLeft } = progressOf(experiment.runs, LANES);
  const idle = state === "ready" || state === "paused";
  const go = (action: () => void) => () => {
    begin(experiment);
    action();
  };
  return (
    <>
      <div class="row">
        {state === "running" ? (
          <button type="button" class="main" onClick={() => experiment.pause()}>
            Pause
          </button>
        ) : (
          <button
            type="button"
            class="main"
            disabled={state === "done" || total === 0 || refused}
            onClick={go(() => experiment.start())}
          >
            {state === "paused" ? "Continue" : "Start"}
          </button>
        )}
        <button type="button" disabled={!idle || total === 0 || refused} onClick={go(() => experiment.step())}>
          One epoch
        </button>
        <button type="button" disabled={state !== "running" && state !== "paused"} onClick={() => experiment.stop()}>
          Stop
        </button>
        {failed > 0 && state !== "paused" && (
          <button type="button" onClick={go(() => experiment.retry())}>
            Train failed runs again
          </button>
        )}
      </div>
      <div class="row">
        <Progress label={`${finished} of ${total} ${nounFor(total, "run")}`} value={part} most={1} />
        <span role="status">{describe(state, total, secondsLeft)}</span>
      </div>
    </>
  );
}

function describe(state: string, total: number, secondsLeft: number | undefined): string {
  if (total === 0) return "Choose a network.";
  if (state === "done") return "Done.";
  if (state === "ready") return `Up to ${LANES} runs are trained at the same time.`;
  const left = secondsLeft === undefined ? "" : `about ${duration(secondsLeft)} left`;
  return state === "paused" ? `Paused${left && `, ${left}`}.` : left;
}
