import { duration, nounFor } from "../../../core/text/format.js";
import { begin, LANES, plan, underWay } from "../../state/experiment.js";
import { site } from "../../state/site.js";
import type { Experiment } from "../../training/experiment.js";
import { progressOf } from "../../training/progress.js";
import { Loading } from "../../ui/loading.js";
import { Progress } from "../../ui/progress.js";

/** One line: the buttons to start, pause, step and stop, and the progress. */
export function Controls({ experiment }: { readonly experiment: Experiment | undefined }) {
  // An experiment under way can go on, even if the address now asks for something that is refused.
  const refused = underWay.value === undefined && plan.value !== undefined && plan.value.refused.size > 0;
  return (
    <section aria-label="Training" class="controls">
      <Buttons experiment={experiment} refused={refused} />
      {experiment ? <SoFar experiment={experiment} /> : site.value.state === "loading" && <Loading />}
    </section>
  );
}

interface ButtonsProperties {
  /** Undefined until the images are there. */
  readonly experiment: Experiment | undefined;
  readonly refused: boolean;
}

function Buttons({ experiment, refused }: ButtonsProperties) {
  experiment?.watch();
  const state = experiment?.state.value;
  const runs = experiment?.runs ?? [];
  const failed = runs.filter(({ status }) => status === "failed").length;
  const cannot = runs.length === 0 || refused;
  const go = (action: (chosen: Experiment) => void) => () => {
    if (!experiment) return;
    begin(experiment);
    action(experiment);
  };
  const isUnderWay = state === "running" || state === "paused";
  return (
    <div class="buttons">
      {state === "running" ? (
        <button type="button" class="main" onClick={() => experiment?.pause()}>
          Pause
        </button>
      ) : (
        <button
          type="button"
          class="main"
          disabled={state === "done" || cannot}
          onClick={go((chosen) => chosen.start())}
        >
          {state === "paused" ? "Continue" : "Start"}
        </button>
      )}
      <button
        type="button"
        disabled={(state !== "ready" && state !== "paused") || cannot}
        onClick={go((chosen) => chosen.step())}
      >
        One epoch
      </button>
      <button type="button" disabled={!isUnderWay} onClick={() => experiment?.stop()}>
        Stop
      </button>
      {failed > 0 && state !== "paused" && (
        <button type="button" onClick={go((chosen) => chosen.retry())}>
          Train failed runs again
        </button>
      )}
    </div>
  );
}

/** How far it is. Only that it ends or pauses is read aloud: the time left changes each second. */
export function SoFar({ experiment }: { readonly experiment: Experiment }) {
  experiment.watch();
  const state = experiment.state.value;
  const { finished, total, part, secondsLeft } = progressOf(experiment.runs, LANES);
  const isUnderWay = state === "running" || state === "paused";
  return (
    <div class="so-far">
      <Progress label={`${finished} of ${total} ${nounFor(total, "run")}`} value={part} most={1} />
      <span class="time-left">{isUnderWay && secondsLeft !== undefined && `about ${duration(secondsLeft)} left`}</span>
      <span role="status">{state === "done" && total > 0 ? "Done." : state === "paused" ? "Paused." : ""}</span>
    </div>
  );
}
