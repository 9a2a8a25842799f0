import type { MeasuredRun } from "../shared/all-test-pairs.js";
import type { ExperimentContext } from "../shared/context.js";
import { type RoundsSummary, summarizeRounds } from "../shared/rounds.js";
import { type DataFactor, dataFactor, type LearningCurve, leastError } from "./data-factor.js";
import type { Rung } from "./ladder.js";

/** One network trained on one number of pairs, in every round. */
export interface LadderPoint extends RoundsSummary {
  readonly pairs: number;
  readonly rounds: number;
}

/** A network's errors at each number of training pairs. */
export interface LadderCurve {
  readonly architecture: string;
  readonly title: string;
  /** By ascending pairs. */
  readonly points: readonly LadderPoint[];
}

/** What a hint is worth at each number of pairs; on top, at the number that the headline is about. */
export interface HintWorth extends DataFactor {
  readonly hint: string;
  /** Names of the architectures. */
  readonly with: string;
  readonly without: string;
  /** Training pairs that `factor` is for. */
  readonly at: number;
  /** The mean test error with the hint there. */
  readonly testError: number;
  readonly bySize: readonly (DataFactor & { readonly pairs: number })[];
}

/** The settings that a ladder was trained with. */
export interface WorthSettings extends ExperimentContext {
  /** Training pairs, ascending. */
  readonly sizes: readonly number[];
  readonly epochs: number;
  /** Of a round. */
  readonly testPairs: number;
}

/** Learning curves of a ladder of networks, and what each of its hints is worth in training pairs. */
export interface Worth extends WorthSettings {
  readonly curves: readonly LadderCurve[];
  readonly hints: readonly HintWorth[];
}

/** The paper's number of training pairs, which the headline is about. */
const PAPER_PAIRS = 1000;

/**
 * Draws the conclusions from the runs of a ladder at every size, the same seeds throughout.
 *
 * @param resamples  of each factor's bootstrap; default 10,000
 */
export function summarizeWorth(
  ladder: readonly Rung[],
  records: readonly MeasuredRun[],
  settings: WorthSettings,
  resamples?: number,
): Worth {
  const { sizes, seed, rounds, testPairs } = settings;
  const curves = ladder.map(({ architecture, title }): LadderCurve => {
    const own = records.filter((record) => record.architecture === architecture);
    return { architecture, title, points: sizes.map((pairs) => pointOf(own, pairs)) };
  });
  const at = nearestSize(sizes, PAPER_PAIRS);
  const options = { seed, least: leastError(rounds, testPairs), ...(resamples === undefined ? {} : { resamples }) };
  const hints = ladder.flatMap(({ hint }, rung): HintWorth[] => {
    const [hinted, plain] = [curves[rung], curves[rung - 1]];
    if (hint === undefined || !hinted || !plain) return [];
    const [withHint, withoutHint] = [learningCurve(hinted), learningCurve(plain)];
    const bySize = sizes.map((pairs) => ({ pairs, ...dataFactor(withHint, withoutHint, pairs, options) }));
    const { pairs, ...headline } = bySize[sizes.indexOf(at)] as (typeof bySize)[number];
    const testError = (hinted.points[sizes.indexOf(at)] as LadderPoint).testError.mean;
    return [
      { hint, with: hinted.architecture, without: plain.architecture, at: pairs, testError, ...headline, bySize },
    ];
  });
  return { ...settings, curves, hints };
}

function pointOf(records: readonly MeasuredRun[], pairs: number): LadderPoint {
  const runs = records.filter(({ config }) => config.trainPairs === pairs).toSorted((a, b) => a.seed - b.seed);
  return { pairs, rounds: runs.length, ...summarizeRounds(runs) };
}

const learningCurve = ({ points }: LadderCurve): LearningCurve => ({
  pairs: points.map(({ pairs }) => pairs),
  errors: points.map(({ runs }) => runs.map(({ testError }) => testError)),
});

/** By the ratio of the two. */
function nearestSize(sizes: readonly number[], wanted: number): number {
  const ratio = (size: number) => Math.max(size / wanted, wanted / size);
  return sizes.reduce((best, size) => (ratio(size) < ratio(best) ? size : best));
}
