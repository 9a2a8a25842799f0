import { claimed } from "../../../core/data/relations.js";
import { relationOf } from "../../../core/training/job.js";
import { putOnPads } from "../../state/drawing.js";
import { hardPairsOf } from "../../state/inspector.js";
import type { TrainedRun } from "../../training/run.js";
import { networkTitle } from "../../ui/network-title.js";
import { PixelImage } from "../../ui/pixel-image.js";
import { useLatest } from "../../ui/use-latest.js";
import { pairAt } from "../inside/pairs.js";
import { opponents } from "./opponents.js";
import { learnedRuns } from "./use-answers.js";

/** How many pairs are offered. */
const MOST = 4;

/** Of an image, in pixels. */
const SIDE = 42;

/** Pairs of test digits to put into the pads: what one network decides wrong and the rule right, or what a network is least sure of. */
export function TryThese() {
  const chosen = opponents(learnedRuns().usable);
  const { loser, rule } = chosen ?? {};
  const key = loser && `${loser.record.id} ${rule?.record.id}`;
  const { value, pending } = useLatest(key, async () => {
    if (!loser) return undefined;
    return { ...(await hardPairsOf(loser, rule, MOST)), loser, rule };
  });
  return (
    <section class="try" aria-labelledby="try" aria-busy={pending}>
      <h2 id="try">Try these</h2>
      {value && (
        <>
          <p class="faint">{reason(value)}</p>
          <ul>
            {value.pairs.map((pair) => {
              const { first, second, truth, ...shape } = pairAt(value, pair);
              const [one = "first", other = "second"] = truth?.classes ?? [];
              const right = claimed(relationOf(value.loser.record.config), one, other, truth?.holds ?? false);
              return (
                <li key={pair}>
                  <button type="button" onClick={() => putOnPads([first, second])}>
                    <PixelImage pixels={first} {...shape} side={SIDE} label={`a ${one}`} />
                    <PixelImage pixels={second} {...shape} side={SIDE} label={`a ${other}`} />
                    <span>{right}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}

interface Found {
  readonly kind: "wrong" | "unsure";
  readonly loser: TrainedRun;
  readonly rule: TrainedRun | undefined;
}

function reason({ kind, loser, rule }: Found): string {
  const [first, second] = [loser, rule].map((run) => run && networkTitle(run.record));
  if (kind === "wrong") return `Test digits: ${first} decides these pairs wrong, ${second} right.`;
  const why = rule ? `${second} is right about none that ${first} gets wrong` : "No second network is there to compare";
  return `Test digits of which ${first} is least sure. ${why}.`;
}
