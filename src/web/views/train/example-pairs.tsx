import type { Job } from "../../../core/index.js";
import { whatNeeds } from "../../images/needs.js";
import { firstPairs, pairsOf } from "../../state/site.js";
import type { Experiment } from "../../training/experiment.js";
import { useLatest } from "../../ui/use-latest.js";
import { AnsweredPairs } from "./answered-pairs.js";

const COUNT = 3;

/** Of an image, in pixels. */
const SIDE = 52;

/** The first test pairs of the experiment's first round, with what is true of them. */
export function ExamplePairs({ experiment }: { readonly experiment: Experiment | undefined }) {
  experiment?.watch();
  const first = experiment?.runs[0];
  const isAsked = first && (first.status === "training" || isThere(first.job));
  const { value } = useLatest(isAsked ? first.job.id : undefined, async () =>
    first ? { job: first.job, pairs: (await pairsOf(first.job)).test } : undefined,
  );
  return (
    <figure class="examples">
      {value && <AnsweredPairs {...value} count={COUNT} side={SIDE} use="are tested on" />}
    </figure>
  );
}

/** Whether the pairs can be drawn of what the page has, or of what it fetches at its start. */
function isThere(job: Job): boolean {
  const first = firstPairs.value;
  return !first || whatNeeds(job, first) === undefined;
}
