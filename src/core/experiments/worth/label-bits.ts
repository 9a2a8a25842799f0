import { classCounts, shareOfYes } from "../../data/drawing.js";
import { ln } from "../../statistics/logarithm.js";
import { pairRulesOf, type RunConfig } from "../../training/job.js";
import type { Apparatus } from "../shared/apparatus.js";

/** What the labels of a pair say, in bits: with its answer alone, and with the classes of both images, from which the answer follows. */
export interface LabelBits {
  readonly answer: number;
  readonly classes: number;
}

/**
 * The entropy (Shannon 1948) of a pair's labels: of the answer, and of both images' classes, which are drawn apart from one another.
 *
 * @param config  of a run, for its question and how pairs are drawn
 */
export function labelBits({ dataset }: Pick<Apparatus, "dataset">, config: RunConfig): LabelBits {
  const { relation, balance } = pairRulesOf(config);
  const counts = classCounts(dataset.train);
  const yes = balance ? 0.5 : shareOfYes(counts, relation);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return {
    answer: entropy([yes, 1 - yes]),
    classes: 2 * entropy(Array.from(counts, (count) => count / all)),
  };
}

const entropy = (shares: readonly number[]): number =>
  shares.reduce((sum, share) => (share > 0 ? sum - (share * ln(share)) / ln(2) : sum), 0);
