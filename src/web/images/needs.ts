import type { Job } from "../../core/index.js";
import { count } from "../../core/text/format.js";
import type { SiteFirst } from "../../site/site-manifest.js";

/** Why a run's pairs are not among the first, as the beginning of a sentence: "Seed 1 needs"; undefined if they are. */
export function whatNeeds({ seed, config }: Pick<Job, "seed" | "config">, first: SiteFirst): string | undefined {
  const { trainPairs, testPairs, evaluateOn, balance, split, reuse, dataSeed = seed } = config;
  if (seed !== first.seed || dataSeed !== first.seed) return `Seed ${seed !== first.seed ? seed : dataSeed} needs`;
  if (evaluateOn === "validation") return "Validation pairs need";
  if (split === "classes") return "Pairs split by classes need";
  if (reuse) return "Images in several pairs need";
  if (balance) return "Balanced pairs need";
  if (trainPairs > first.trainPairs) return `${count(trainPairs)} training pairs need`;
  return testPairs > first.testPairs ? `${count(testPairs)} test pairs need` : undefined;
}
