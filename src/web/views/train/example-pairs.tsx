import { claimed } from "../../../core/data/relations.js";
import type { Job } from "../../../core/index.js";
import { relationOf } from "../../../core/training/job.js";
import { whatNeeds } from "../../images/needs.js";
import { classNamer } from "../../images/seen.js";
import { firstPairs, pairsOf } from "../../state/site.js";
import type { Experiment } from "../../training/experiment.js";
import { PixelImage } from "../../ui/pixel-image.js";
import { useLatest } from "../../ui/use-latest.js";
import { pairAt } from "../inside/pairs.js";

const COUNT = 3;

/** Of an image, in pixels. */
const SIDE = 52;

/** The first test pairs of the experiment's first round, with what is true of them. */
export function ExamplePairs({ experiment }: { readonly experiment: Experiment | undefined }) {
  experiment?.watch();
  const first = experiment?.runs[0];
  const isAsked = first && (first.status === "training" || isThere(first.job));
  const { value } = useLatest(isAsked ? first.job.id : undefined, async () =>
    first ? { job: first.job, pairs: await pairsOf(first.job) } : undefined,
  );
  return <figure class="examples">{value && <Pairs {...value} />}</figure>;
}

/** Whether the pairs can be drawn of what the page has, or of what it fetches at its start. */
function isThere(job: Job): boolean {
  const first = firstPairs.value;
  return !first || whatNeeds(job, first) === undefined;
}

function Pairs({ job, pairs }: { readonly job: Job; readonly pairs: Awaited<ReturnType<typeof pairsOf>> }) {
  const { config } = job;
  const named = classNamer(config.dataset);
  const count = Math.min(COUNT, pairs.test.count);
  return (
    <>
      <ul>
        {Array.from({ length: count }, (_, i) => {
          const { first, second, truth, ...shape } = pairAt(pairs, i);
          const [one, other] = (truth?.classes ?? []).map(named);
          return (
            <li key={i}>
              <div class="pair">
                <PixelImage pixels={first} {...shape} side={SIDE} label={one ?? "first image"} />
                <PixelImage pixels={second} {...shape} side={SIDE} label={other ?? "second image"} />
              </div>
              {claimed(relationOf(config), one ?? "first", other ?? "second", truth?.holds ?? false)}
            </li>
          );
        })}
      </ul>
      <figcaption>
        {count === 1 ? "A pair" : `${count} of the pairs`} that the networks are tested on, and the right answers.
      </figcaption>
    </>
  );
}
