import { useState } from "preact/hooks";
import { architectureTitle } from "../../../core/architectures/registry.js";
import { seedRanges } from "../../../core/runs/seeds.js";
import { settingWords } from "../../../core/settings/setting-words.js";
import { isSetting } from "../../../core/settings/table.js";
import { localTime, meanAndSpread, nounFor } from "../../../core/text/format.js";
import { formatAddress } from "../../address/address.js";
import { type KeptExperiment, type KeptResult, ownIdsOf } from "../../kept/kept-experiments.js";
import { experiment, forgetRuns, isTraining } from "../../state/experiment.js";
import { Swatch } from "../../ui/swatch.js";
import { Confirmed } from "./confirmed.js";
import "./kept.css";
import { KeptWords } from "./kept-words.js";
import { useTray } from "./use-tray.js";

/** The most that are shown at first, and added each time. */
const AT_ONCE = 12;

/** Every finished experiment of this browser: what it asked, and what it found. A click brings it back. */
export function Tray() {
  const [most, setMost] = useState(AT_ONCE);
  const all = useTray();
  const now = experiment.value;
  const shownIds = now?.runs
    .map(({ job }) => job.id)
    .toSorted()
    .join();
  return (
    <section aria-labelledby="tray" class="tray">
      <h2 id="tray">Experiments so far</h2>
      <KeptWords />
      {all.length > 0 && (
        <ol>
          {all.slice(0, most).map((each) => (
            <Item
              key={each.ids.join()}
              found={each}
              isShown={each.ids.toSorted().join() === shownIds}
              ownIds={ownIdsOf(
                each,
                all.filter((other) => other !== each),
              )}
            />
          ))}
        </ol>
      )}
      {all.length > most && (
        <button type="button" onClick={() => setMost(most + AT_ONCE)}>
          More of {all.length} experiments
        </button>
      )}
    </section>
  );
}

interface ItemProperties {
  readonly found: KeptExperiment;
  /** Whether the page's address asks for it. */
  readonly isShown: boolean;
  /** The runs that go with it. */
  readonly ownIds: readonly string[];
}

function Item({ found, isShown, ownIds }: ItemProperties) {
  const { networks, own, seed, rounds, settings, at, results } = found;
  const seeds = seedRanges(Array.from({ length: rounds }, (_, round) => seed + round));
  const changed = Object.entries(settings).flatMap(([name, value]) =>
    isSetting(name) && value !== undefined ? [settingWords(name, value)] : [],
  );
  const words = `${changed.length > 0 ? changed.join(", ") : "usual settings"}; ${nounFor(rounds, "seed")} ${seeds}`;
  const runs = `${ownIds.length} ${nounFor(ownIds.length, "run")}`;
  return (
    <li>
      <p>
        <a
          href={formatAddress({ view: "train", networks, own, seed, rounds, settings })}
          aria-current={isShown ? "true" : undefined}
        >
          {words.replace(/^./, (letter) => letter.toUpperCase())}
        </a>
      </p>
      <ul>
        {results.map((result) => (
          <Result key={result.name} {...result} />
        ))}
      </ul>
      <p class="faint">
        {rounds} {nounFor(rounds, "round")}, <time dateTime={new Date(at).toISOString()}>{localTime(at)}</time>
        {isShown && ", shown now"}
      </p>
      <Confirmed
        label={`Remove ${words}`}
        question={`Forget ${runs}?`}
        disabled={isTraining.value}
        onDo={() => void forgetRuns(ownIds)}
      >
        Remove
      </Confirmed>
    </li>
  );
}

/** Its mean test error, with the standard deviation over rounds. */
const Result = ({ name, mean, sd, diverged }: KeptResult) => (
  <li>
    <span>
      <Swatch network={name} />
      {architectureTitle(name)}
    </span>
    <b>{Number.isNaN(mean) ? "" : meanAndSpread({ mean, sd })}</b>
    {diverged > 0 && <span class="lost">{diverged} diverged</span>}
  </li>
);
