import { experimentsOf, type KeptExperiment } from "../../kept/kept-experiments.js";
import { isTraining, planApart } from "../../state/experiment.js";
import { ownOfPage } from "../../state/kept.js";
import { type Laboratory, site } from "../../state/site.js";
import type { AskedRuns } from "../../training/plan.js";
import { useLatest } from "../../ui/use-latest.js";

/** The ids of runs that somebody may ask for. Planning takes a while, and ids stay. */
const known = new Map<string, Promise<readonly string[]>>();
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
    const found = await experimentsOf(runs, (asked) => idsOf(asked, laboratory));
    last = found;
    return found;
  });
  return value;
}

const resting = "resting";
/** What is shown while it rests. */
let last: readonly KeptExperiment[] = [];

function idsOf(asked: AskedRuns, laboratory: Laboratory): Promise<readonly string[]> {
  const key = JSON.stringify(asked);
  const ids = known.get(key) ?? plannedIds(asked, laboratory);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, ids);
  return ids;
}

async function plannedIds(asked: AskedRuns, laboratory: Laboratory): Promise<readonly string[]> {
  const { jobs } = await planApart(asked, laboratory);
  return jobs.map(({ id }) => id);
}
