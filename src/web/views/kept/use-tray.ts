import { asAsked, experimentsOf, type KeptExperiment } from "../../kept/kept-experiments.js";
import { isTraining, planFor } from "../../state/experiment.js";
import { ownOfPage } from "../../state/kept.js";
import { type Laboratory, site } from "../../state/site.js";
import { useLatest } from "../../ui/use-latest.js";

/** Planning takes a while, and experiments stay: each is planned once. */
const known = new Map<string, Promise<KeptExperiment | undefined>>();
const MOST_KNOWN = 2000;

/** The finished experiments of this browser with the page's engine and images, the last one first. While runs are in training, it rests. */
export function useTray(): readonly KeptExperiment[] {
  const now = site.value;
  const runs = ownOfPage.value;
  const laboratory = now.state === "ready" ? now.laboratory : undefined;
  const isResting = isTraining.value || !laboratory;
  const key = isResting ? resting : runs.map(({ record }) => record.id).join();
  const { value = [] } = useLatest(key, async () => {
    if (!laboratory || isResting) return last;
    const found: KeptExperiment[] = [];
    for (const each of experimentsOf(runs)) {
      const asked = await planned(each, laboratory);
      if (asked) found.push(asked);
      // Planning is work of this thread: frames come between.
      await new Promise((resolve) => setTimeout(resolve));
    }
    last = found;
    return found;
  });
  return value;
}

const resting = "resting";
/** What is shown while it rests. */
let last: readonly KeptExperiment[] = [];

function planned(each: KeptExperiment, laboratory: Laboratory): Promise<KeptExperiment | undefined> {
  const key = JSON.stringify([each.ids, each.own]);
  const made = known.get(key) ?? asAsked(each, (asked) => planFor(asked, laboratory));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, made);
  return made;
}
