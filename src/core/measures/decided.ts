import { checkBits, checkProbabilities, checkSameCount } from "./check-answers.js";

/** How pairs were decided, beside what is true of them: numbers of pairs. */
export interface Confusion {
  /** Decided yes where the relation holds. */
  readonly trueYes: number;
  /** Decided yes where it does not. */
  readonly falseYes: number;
  readonly trueNo: number;
  readonly falseNo: number;
}

/** How often decisions are wrong, beside who always says one thing. */
export interface DecisionErrors {
  /** Fraction of all pairs. */
  readonly error: number;
  /** The error of who always says yes: the share of pairs of which the relation does not hold. */
  readonly alwaysYes: number;
  /** The error of who always says no: the share of pairs of which it holds. */
  readonly alwaysNo: number;
}

/**
 * How pairs were decided.
 *
 * @param decisions  1 for yes, 0 for no
 * @param targets  1 where the relation holds
 * @throws InvalidRequest where these are not zeros and ones of the same pairs
 */
export function confusionOf(decisions: ArrayLike<number>, targets: ArrayLike<number>): Confusion {
  checkBits(decisions, "decisions");
  checkBits(targets, "targets");
  checkSameCount("decisions", decisions, "targets", targets);
  const counts = [0, 0, 0, 0];
  for (let pair = 0; pair < decisions.length; pair++) {
    const cell = 2 * (targets[pair] as number) + (decisions[pair] as number);
    counts[cell] = (counts[cell] as number) + 1;
  }
  const [trueNo, falseYes, falseNo, trueYes] = counts as [number, number, number, number];
  return { trueYes, falseYes, trueNo, falseNo };
}

/**
 * The fraction of wrong decisions, beside the errors of who says yes to every pair or no to every pair: the smaller of those two, the share
 * of the rarer answer, is what an answer without looking has.
 *
 * @throws InvalidRequest as `confusionOf`
 */
export function decisionErrors(decisions: ArrayLike<number>, targets: ArrayLike<number>): DecisionErrors {
  const { trueYes, falseYes, trueNo, falseNo } = confusionOf(decisions, targets);
  const pairs = decisions.length;
  return {
    error: (falseYes + falseNo) / pairs,
    alwaysYes: (trueNo + falseYes) / pairs,
    alwaysNo: (trueYes + falseNo) / pairs,
  };
}

/**
 * The answer that every pair got, where all got the same: such a network does not look at the images. Undefined where both occur.
 *
 * @throws InvalidRequest where the decisions are not zeros and ones, of one pair at least
 */
export function constantAnswer(decisions: ArrayLike<number>): "yes" | "no" | undefined {
  checkBits(decisions, "decisions");
  const first = decisions[0];
  for (let pair = 1; pair < decisions.length; pair++) if (decisions[pair] !== first) return undefined;
  return first === 1 ? "yes" : "no";
}

/**
 * The answer that all pairs may have got, by the number of wrong ones alone: where it is that of who always gives this answer. Then
 * `constantAnswer` of the decisions says whether they did. Undefined where some pairs certainly got the other.
 *
 * @param error  the fraction of wrong decisions
 * @param targets  1 where the relation holds
 * @throws InvalidRequest where the targets are not zeros and ones
 */
export function perhapsConstantAnswer(error: number, targets: ArrayLike<number>): "yes" | "no" | undefined {
  checkBits(targets, "targets");
  let yes = 0;
  for (let pair = 0; pair < targets.length; pair++) yes += targets[pair] as number;
  const wrong = Math.round(error * targets.length);
  if (wrong === yes) return "no";
  return wrong === targets.length - yes ? "yes" : undefined;
}

/** Probabilities whose standard deviation is smaller are nearly the same for every pair. */
export const NEAR_CONSTANT = 0.01;

/**
 * How far probabilities lie apart: their standard deviation √(Σ(p − mean)²/n). Below `NEAR_CONSTANT` a network gives nearly the same to
 * every pair.
 *
 * @throws InvalidRequest where these are not numbers from 0 to 1, of one pair at least
 */
export function probabilitySpread(probabilities: ArrayLike<number>): number {
  checkProbabilities(probabilities);
  const n = probabilities.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += probabilities[i] as number;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += ((probabilities[i] as number) - sum / n) ** 2;
  return Math.sqrt(squares / n);
}

/** What the two images' places do to the answers. */
export interface SwapEffect {
  /** The share of pairs that are decided otherwise. */
  readonly changed: number;
  /** The mean of |p − p′|, p and p′ a pair's probabilities both ways round. */
  readonly meanChange: number;
}

/** What a network says of pairs. */
export interface Answers {
  /** That the relation holds. */
  readonly probabilities: ArrayLike<number>;
  /** 1 where the network decides that it holds. */
  readonly holds: ArrayLike<number>;
}

/**
 * What swapping the two images of each pair changes. Of a relation that asks the same both ways round, such as "of one class", every
 * change is a mistake one way round.
 *
 * @param swapped  of the same pairs in the same order, the second image first
 * @throws InvalidRequest where these are not answers about the same number of pairs
 */
export function swapEffect(answers: Answers, swapped: Answers): SwapEffect {
  for (const [what, { probabilities, holds }] of [
    ["answers", answers],
    ["swapped", swapped],
  ] as const) {
    checkProbabilities(probabilities, `${what}.probabilities`);
    checkBits(holds, `${what}.holds`);
    checkSameCount(`${what}.probabilities`, probabilities, `${what}.holds`, holds);
  }
  checkSameCount("answers", answers.holds, "swapped", swapped.holds);
  const n = answers.holds.length;
  let [changed, sum] = [0, 0];
  for (let pair = 0; pair < n; pair++) {
    if (answers.holds[pair] !== swapped.holds[pair]) changed++;
    sum += Math.abs((answers.probabilities[pair] as number) - (swapped.probabilities[pair] as number));
  }
  return { changed: changed / n, meanChange: sum / n };
}
