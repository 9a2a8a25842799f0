import { architectureTitle } from "../../../core/architectures/registry.js";
import { fewestRounds } from "../../../core/statistics/rounds-needed.js";
import { count, nounFor } from "../../../core/text/format.js";
import { MOST_ROUNDS } from "../../address/address.js";
import { experimentCommand } from "../../address/command.js";
import { configFile } from "../../address/networks.js";
import { address, linkTo } from "../../state/address.js";
import { LANES, plan, trainRounds, underWay } from "../../state/experiment.js";
import { imagesAsked, seen } from "../../state/site.js";
import { TourLink } from "../../tour/tour.js";
import type { Experiment } from "../../training/experiment.js";
import { resultInWords } from "./ladder.js";
import { numberWord } from "./number-word.js";
import { networksOf } from "./records.js";
import { standingOf } from "./standing.js";

/** Below the ladder: what the page does, what is in its way, and where it goes on. It keeps its height. */
export function Note({ experiment }: { readonly experiment: Experiment | undefined }) {
  const asked = underWay.value ?? address.value;
  const isOther =
    experimentCommand(address.value, imagesAsked.value) !== experimentCommand(asked, imagesAsked.value) ||
    configFile(address.value.own) !== configFile(asked.own);
  return (
    <div class="note">
      {[...(plan.value?.refused ?? [])].map(([name, why]) => (
        <p key={name} class="problem" role="alert">
          {why}
        </p>
      ))}
      {isOther && (
        <p class="problem" role="status">
          The address now asks for something else: that can be trained when this is done or stopped.
        </p>
      )}
      {experiment && <Doing experiment={experiment} />}
      {experiment && <Onward experiment={experiment} />}
      {experiment && <Results experiment={experiment} />}
    </div>
  );
}

function Doing({ experiment }: { readonly experiment: Experiment }) {
  experiment.watch();
  const { runs } = experiment;
  const networks = networksOf(experiment);
  if (networks.length === 0) return address.value.networks.length === 0 ? <p>Choose a network.</p> : null;
  switch (experiment.state.value) {
    case "ready":
      return (
        <p>
          Up to {LANES} {nounFor(LANES, "run")} are trained at the same time.
        </p>
      );
    case "done":
      return <Next experiment={experiment} />;
    case "paused":
      return <p>Continue goes on where it was paused. Stop ends it.</p>;
    default:
      return (
        <p>{`${trainingInWords(networks.length, runs.length / networks.length, runs[0]?.job.config.trainPairs ?? 0)} Stop ends it.`}</p>
      );
  }
}

/** "Training five networks on 1,000 pairs each, in this browser." */
function trainingInWords(networks: number, rounds: number, pairs: number): string {
  const what = `${numberWord(networks)} ${nounFor(networks, "network")}`;
  const times = rounds > 1 ? ` ${numberWord(rounds)} times` : "";
  const each = networks * rounds > 1 ? " each" : "";
  return `Training ${what}${times} on ${count(pairs)} pairs${each}, in this browser.`;
}

/** When all is trained: what so many rounds show. */
function Next({ experiment }: { readonly experiment: Experiment }) {
  const networks = networksOf(experiment);
  const rounds = experiment.runs.length / networks.length;
  const fewest = networks.length > 1 ? fewestRounds((networks.length * (networks.length - 1)) / 2) : 0;
  const more = Math.min(fewest, MOST_ROUNDS) - rounds;
  if (more <= 0) return null;
  return (
    <p class="row">
      <span>
        {rounds === 1 ? "One round is one sample" : `${capital(numberWord(rounds))} rounds are few`};{" "}
        {numberWord(fewest)} show which differences hold.
      </span>
      <button type="button" onClick={() => trainRounds(rounds + more)}>
        {more} more {nounFor(more, "round")}
      </button>
    </p>
  );
}

/** Where to go from here: what can be done with the networks when all is trained, and the tour. */
function Onward({ experiment }: { readonly experiment: Experiment }) {
  experiment.watch();
  const isDone = experiment.state.value === "done";
  const hasNetwork = isDone && experiment.runs.some(({ trained }) => trained && !trained.record.diverged);
  return (
    <p class="row onward">
      {hasNetwork && seen.value.isDigits && <a href={linkTo("draw")}>Draw two digits for them</a>}
      {hasNetwork && <a href={linkTo("inside")}>See their mistakes</a>}
      <TourLink />
    </p>
  );
}

const capital = (word: string): string => word.replace(/^./, (letter) => letter.toUpperCase());

/** Each network's result when its rounds are done, for who cannot see the bars. */
function Results({ experiment }: { readonly experiment: Experiment }) {
  experiment.watch();
  const done = networksOf(experiment).flatMap((name) => {
    const standing = standingOf(experiment.runs.filter(({ job }) => job.architecture === name));
    return standing?.isFinal ? [{ name, words: resultInWords(architectureTitle(name), standing) }] : [];
  });
  return (
    <div class="hidden" role="log" aria-label="Results so far">
      {done.map(({ name, words }) => (
        <p key={name}>{words}</p>
      ))}
    </div>
  );
}
