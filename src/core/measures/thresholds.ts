import { fields, refuse, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { checkAnswers } from "./check-answers.js";
import { ranksOf, type Tally, tallyOf, thresholdBelow } from "./tally.js";

/** A place on the ROC curve: what comes of saying yes from a probability on. */
export interface RocPoint {
  /** Pairs of this probability or a larger one get a yes; Infinity where none does. */
  readonly threshold: number;
  /** The share of yes among pairs of which the relation does not hold. */
  readonly falseAcceptRate: number;
  /** The share of yes among pairs of which it holds: 1 less the false-reject rate. */
  readonly trueAcceptRate: number;
}

/** What a threshold comes to. */
export interface ThresholdRates {
  readonly threshold: number;
  /** The share of yes among pairs of which the relation does not hold; NaN where there are none. */
  readonly falseAcceptRate: number;
  /** The share of no among pairs of which it holds; NaN where there are none. */
  readonly falseRejectRate: number;
  /** The share of wrong decisions among all pairs. */
  readonly error: number;
}

/** Where false accepts and false rejects are equally frequent. */
export interface EqualErrorRate {
  readonly rate: number;
  readonly threshold: number;
}

/** What a threshold is chosen for: the least error, equal error rates, or so many false accepts at most. */
export type ThresholdAim = "error" | "eer" | { readonly falseAcceptRate: number };

const tallied = (probabilities: ArrayLike<number>, targets: ArrayLike<number>): Tally => {
  checkAnswers(probabilities, targets);
  return tallyOf(ranksOf(probabilities), targets);
};

/**
 * The area under the ROC curve: the probability that of two pairs, one of which the relation holds and one of which it does not, the
 * first has the larger probability, ties counted half. It is the Mann–Whitney statistic U / (yes · no) (Hanley and McNeil 1982, "The
 * meaning and use of the area under a receiver operating characteristic (ROC) curve"). ½ is chance. Exact but for one division, while
 * 2 · yes · no is below 2⁵³; in O(n log n). NaN where all pairs are of one kind.
 *
 * @param probabilities  that the relation holds
 * @param targets  1 where it holds
 * @throws InvalidRequest where these are not probabilities and targets of the same pairs
 */
export const auc = (probabilities: ArrayLike<number>, targets: ArrayLike<number>): number =>
  aucOf(tallied(probabilities, targets));

export function aucOf({ yes, no, allYes, allNo }: Tally): number {
  let [above, twice] = [0, 0];
  for (let i = 0; i < yes.length; i++) {
    twice += (no[i] as number) * (2 * above + (yes[i] as number));
    above += yes[i] as number;
  }
  return twice / (2 * allYes * allNo);
}

/**
 * The ROC curve's points, from (0, 0), where no pair gets a yes, to (1, 1): one for each probability that occurs, the largest first (Fawcett
 * 2006, "An introduction to ROC analysis"). Between two of them the curve is straight: `auc` is its area. A rate is NaN where no pair
 * is of its kind.
 *
 * @throws InvalidRequest as `auc`
 */
export function rocPoints(probabilities: ArrayLike<number>, targets: ArrayLike<number>): RocPoint[] {
  const { values, yes, no, allYes, allNo } = tallied(probabilities, targets);
  let [accepted, wrongly] = [0, 0];
  const point = (threshold: number): RocPoint => ({
    threshold,
    falseAcceptRate: wrongly / allNo,
    trueAcceptRate: accepted / allYes,
  });
  const points = [point(Number.POSITIVE_INFINITY)];
  values.forEach((value, i) => {
    accepted += yes[i] as number;
    wrongly += no[i] as number;
    points.push(point(value));
  });
  return points;
}

/** The points of a ROC curve that are left when those within its level and its upright parts are taken out: the same curve. */
export const rocCorners = (points: readonly RocPoint[]): RocPoint[] =>
  points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (!before || !after) return true;
    return !(["falseAcceptRate", "trueAcceptRate"] as const).some(
      (rate) => before[rate] === point[rate] && point[rate] === after[rate],
    );
  });

/**
 * The equal error rate: where the ROC curve, its points joined by straight lines, has as large a false-accept rate as false-reject rate
 * (Martin et al. 1997, "The DET curve in assessment of detection task performance"). Lines, not steps: who says yes at random between two
 * thresholds is on the line between them (Fawcett 2006), and ties count as in `auc`. Always one answer has ½.
 *
 * No single threshold need have both rates equal. The one that is given is that at which they differ least; of two, that with
 * the smaller sum of both; of two again, that which says yes less often. It lies in the middle between two probabilities.
 * Both are NaN where all pairs are of one kind.
 *
 * @throws InvalidRequest as `auc`
 */
export const equalErrorRate = (probabilities: ArrayLike<number>, targets: ArrayLike<number>): EqualErrorRate =>
  equalErrorRateOf(tallied(probabilities, targets));

export function equalErrorRateOf({ values, yes, no, allYes, allNo }: Tally): EqualErrorRate {
  if (!(allYes > 0 && allNo > 0)) return { rate: Number.NaN, threshold: Number.NaN };
  // Of the two rates' difference, times both numbers of pairs: whole, and growing from −1 to 1.
  const differenceAt = (wrongly: number, accepted: number) => wrongly * allYes - (allYes - accepted) * allNo;
  let [wrongly, accepted, before] = [0, 0, -allYes * allNo];
  for (let i = 0; i < values.length; i++) {
    const [moreNo, moreYes] = [no[i] as number, yes[i] as number];
    const after = differenceAt(wrongly + moreNo, accepted + moreYes);
    if (after < 0) {
      [wrongly, accepted, before] = [wrongly + moreNo, accepted + moreYes, after];
      continue;
    }
    const rate = (wrongly + moreNo * (-before / (after - before))) / allNo;
    // A step's rates add up to less where it accepts more that is right.
    const isBetter = after < -before || (after === -before && moreYes * allNo > moreNo * allYes);
    return { rate, threshold: thresholdBelow(values, isBetter ? i + 1 : i) };
  }
  throw new Error("the last threshold accepts every pair");
}

/**
 * How often a threshold is wrong: the answer is yes where the probability is the threshold or larger.
 *
 * @param threshold  a probability, or Infinity for no pair
 * @throws InvalidRequest where the threshold is none, or as `auc`
 */
export function ratesAt(
  probabilities: ArrayLike<number>,
  targets: ArrayLike<number>,
  threshold: number,
): ThresholdRates {
  checkAnswers(probabilities, targets);
  if (!(threshold >= 0 && (threshold <= 1 || threshold === Number.POSITIVE_INFINITY)))
    refuse("threshold", "a number from 0 to 1, or Infinity", threshold);
  let [yes, no, accepts, rejects] = [0, 0, 0, 0];
  for (let pair = 0; pair < targets.length; pair++) {
    const isYes = (probabilities[pair] as number) >= threshold;
    if (targets[pair] === 1) {
      yes++;
      if (!isYes) rejects++;
    } else {
      no++;
      if (isYes) accepts++;
    }
  }
  return {
    threshold,
    falseAcceptRate: accepts / no,
    falseRejectRate: rejects / yes,
    error: (accepts + rejects) / targets.length,
  };
}

const AIM = fields({ falseAcceptRate: within({ least: 0, most: 1 }) }, "aim");

/**
 * A threshold for probabilities, chosen on pairs that are not those that it is reported on: validation pairs. It lies in the
 * middle between two probabilities that occur, 0 and 1 being two of them; it is Infinity where no pair may get a yes and one has
 * probability 1.
 *
 * - `"error"`: the least share of wrong decisions; of equal ones the nearest to ½, and of two of these the larger.
 * - `"eer"`: that of `equalErrorRate`.
 * - `{ falseAcceptRate }`: the lowest at which no larger share of the pairs of which the relation does not hold gets a yes.
 *
 * @throws InvalidRequest where the aim is none of these, there are no pairs of the kind that it needs, or as `auc`
 */
export function chooseThreshold(
  probabilities: ArrayLike<number>,
  targets: ArrayLike<number>,
  aim: ThresholdAim,
): number {
  if (aim !== "error" && aim !== "eer") {
    if (typeof aim !== "object") refuse("aim", '"error", "eer" or { falseAcceptRate }', aim);
    AIM(aim, "aim");
  }
  const tally = tallied(probabilities, targets);
  const { values, allYes, allNo } = tally;
  if (aim === "error") return leastError(tally);
  if (allNo === 0 || (aim === "eer" && allYes === 0))
    throw new InvalidRequest(
      `a threshold for ${aim === "eer" ? "equal error rates needs pairs of both answers" : "a false-accept rate needs pairs of which the relation does not hold"}: there are ${allYes} of which it holds and ${allNo} of which it does not`,
    );
  if (aim === "eer") return equalErrorRateOf(tally).threshold;
  let [accepted, wrongly] = [0, 0];
  for (; accepted < values.length; accepted++) {
    wrongly += tally.no[accepted] as number;
    if (wrongly / allNo > aim.falseAcceptRate) break;
  }
  return thresholdBelow(values, accepted);
}

function leastError({ values, yes, no, allYes }: Tally): number {
  let errors = allYes;
  let [least, chosen] = [errors, thresholdBelow(values, 0)];
  for (let i = 0; i < values.length; i++) {
    errors += (no[i] as number) - (yes[i] as number);
    if (errors > least) continue;
    const threshold = thresholdBelow(values, i + 1);
    if (errors < least || Math.abs(threshold - 0.5) < Math.abs(chosen - 0.5)) chosen = threshold;
    least = errors;
  }
  return chosen;
}
