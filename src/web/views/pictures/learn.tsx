import type { OwnAbout } from "../../images/given-pictures.js";
import { experiment, plan } from "../../state/experiment.js";
import { isChoosing } from "../../state/given-pictures.js";
import { pairsOf } from "../../state/site.js";
import { useLatest } from "../../ui/use-latest.js";
import { AnsweredPairs } from "../train/answered-pairs.js";
import { inFields } from "./fields.js";
import { Question } from "./question.js";
import { TrainThem } from "./train-them.js";
import { tooFew } from "./words.js";

/** Pairs that are shown, and the side of an image in pixels. */
const SHOWN = { count: 6, side: 64 };

/** What is asked of the pictures, pairs of them with the right answers, and networks that learn it. */
export function Learn({ about }: { readonly about: OwnAbout }) {
  const planned = isChoosing.value ? undefined : plan.value;
  const chosen = planned && experiment.value;
  const job = chosen?.runs[0]?.job;
  const { value, failure, pending } = useLatest(job?.id, async () =>
    job ? { job, pairs: await pairsOf(job) } : undefined,
  );
  const refused = [...(planned?.refused ?? [])];
  const whys = [...new Set(refused.map(([, why]) => inFields(why)))];
  // What is wrong with a network begins with its name; what is wrong with the number of pairs is the same for all.
  const isTooFew = refused.every(([name, why]) => !why.startsWith(`${name}: `));
  // The last pairs stay until others are drawn.
  const isLast = planned === undefined || pending;
  const drawn = value && (isLast || value.job.id === job?.id) ? value : undefined;
  return (
    <>
      <section class="asked" aria-labelledby="asked" aria-busy={pending || !planned}>
        <h2 id="asked">What is asked of two pictures?</h2>
        <Question about={about} />
        {refused.length > 0 && (
          <div class="problem" role="alert">
            {isTooFew ? <p>{tooFew(about)}</p> : whys.map((why) => <p key={why}>{why}.</p>)}
          </div>
        )}
        {failure && (
          <p class="problem" role="alert">
            {failure}.
          </p>
        )}
        <figure class={isLast ? "drawn busy" : "drawn"}>
          {drawn && <AnsweredPairs job={drawn.job} pairs={drawn.pairs.train} {...SHOWN} use="learn from" />}
        </figure>
      </section>
      <TrainThem experiment={chosen} test={isLast ? undefined : drawn?.pairs.test} />
    </>
  );
}
