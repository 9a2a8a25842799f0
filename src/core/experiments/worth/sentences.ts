import { count, nounFor, percent } from "../../text/format.js";
import { ROUNDS_TO_CLAIM } from "../shared/claims.js";
import { divergedSentences } from "../shared/diverged.js";
import { noBetterSentences } from "../shared/one-answer.js";
import {
  factorInterval,
  factorNumber,
  intervalPerBit,
  measurableFactors,
  perBit,
  type WithLabelBits,
} from "./factor-text.js";
import type { HintWorth, TunedLadder, Worth } from "./worth.js";

const WITH_ARTICLE = new Set(["auxiliary loss", "comparison rule"]);
const named = (hint: string): string => (WITH_ARTICLE.has(hint) ? `the ${hint}` : hint);

/** What each hint is worth, a sentence each, and what so many rounds can show. */
export function worthSentences(worth: Worth): string[] {
  const { hints, sizes, rounds, curves, seed, tuned } = worth;
  const networks = curves.flatMap(({ title, points }) =>
    points.map(({ pairs, runs }) => ({ title: `"${title}" on ${count(pairs)} pairs`, runs })),
  );
  return [
    ...divergedSentences(networks),
    ...noBetterSentences(networks, seed),
    ...hints.map(
      (hint) =>
        `${worthOf(hint, sizes)} (${tuned ? "own settings, " : ""}n = ${rounds} ${nounFor(rounds, "round")}${leftOut(hint)}).${noGain(hint, sizes)}`,
    ),
    ...(tuned?.hints.map((hint) => tunedSentence(hint, worth, tuned)) ?? []),
    ...(tuned ? labelPartSentences(tuned, sizes) : []),
    ...howFar(rounds, tuned),
  ];
}

/** What a hint is worth where networks are tuned: in pairs, in steps and in bits of labels. */
function tunedSentence(hint: HintWorth, { sizes }: Worth, { tunings, rounds }: TunedLadder): string {
  const n = `(n = ${tunings} ${nounFor(tunings, "tuning")} of ${rounds} ${nounFor(rounds, "round")}${leftOut(hint)})`;
  const start = `With settings tuned at every number of pairs, ${named(hint.hint)} is worth`;
  if (Number.isNaN(hint.factor)) return `With tuned settings nothing can be said about ${named(hint.hint)} ${n}.`;
  const measurable = measurableFactors(sizes, hint.at);
  const inPairs = `${boundWords(hint)}${factorNumber(hint.factor)}× the pairs${factorInterval(hint, measurable)}`;
  const { factor, ci95 } = hint.steps;
  const ends = ci95 ? ` [${ci95.map(factorNumber).join(", ")}]` : "";
  const inSteps = factor === null ? "" : ` and ${factorNumber(factor)}× the training steps${ends}`;
  const labels =
    hint.labelBits === 1
      ? ""
      : ` It brings ${factorNumber(hint.labelBits)}× the bits of labels a pair: per bit it is worth ${inBits(hint, measurable)}.`;
  return `${start} ${inPairs}${inSteps} at ${count(hint.at)} pairs ${n}.${noGain(hint, sizes)}${labels}`;
}

const boundWords = ({ bound }: Pick<HintWorth, "bound">): string =>
  bound === "lower" ? "more than " : bound === "upper" ? "less than " : "";

/** A factor of pairs as one of bits of labels, in words. */
const inBits = (worth: WithLabelBits, measurable: readonly [number, number]): string =>
  `${boundWords(worth)}${factorNumber(perBit(worth).factor)}×${intervalPerBit(worth, measurable)}`;

/** What a part of the classes is worth, the least part that was measured. */
function labelPartSentences({ labelParts = [] }: TunedLadder, sizes: readonly number[]): string[] {
  const part = labelParts.find(({ labelFraction }) => labelFraction > 0);
  if (!part || part.labelFraction === 1 || Number.isNaN(part.factor)) return [];
  const { labelFraction, point, factor } = part;
  const measurable = measurableFactors(sizes, point.pairs);
  return [
    `With the classes of ${Number((100 * labelFraction).toPrecision(3))}% of ${count(point.pairs)} pairs, the tuned auxiliary loss is worth ${boundWords(part)}${factorNumber(factor)}× the pairs${factorInterval(part, measurable)}, and per bit of labels ${inBits(part, measurable)}.`,
  ];
}

/** How much so many rounds, or tunings, can show. */
function howFar(rounds: number, tuned: TunedLadder | undefined): string[] {
  if (tuned)
    return tuned.tunings < ROUNDS_TO_CLAIM
      ? [
          `${tuned.tunings} ${nounFor(tuned.tunings, "tuning")} of ${tuned.candidates} ${nounFor(tuned.candidates, "candidate")} are exploratory: the intervals show how uncertain the factors are. With more candidates all networks may get better.`,
        ]
      : [];
  if (rounds === 1) return ["One round has no interval: these factors may be chance."];
  return rounds < ROUNDS_TO_CLAIM
    ? [
        `${rounds} rounds are exploratory: the intervals show how uncertain the factors are. A claim needs ${ROUNDS_TO_CLAIM} (--rounds ${ROUNDS_TO_CLAIM}).`,
      ]
    : [];
}

/** How many rounds a factor leaves out, and that it has no interval. */
const leftOut = ({ diverged }: HintWorth): string =>
  diverged ? `, without the ${diverged} in which a run that it rests on diverged; there is no interval` : "";

function worthOf(hint: HintWorth, sizes: readonly number[]): string {
  const { at, factor, bound, pairsWithout, testError } = hint;
  const interval = factorInterval(hint, measurableFactors(sizes, at));
  const start = `At ${count(at)} training pairs ${named(hint.hint)} is worth`;
  const error = percent(testError);
  if (Number.isNaN(hint.factor)) return `At ${count(at)} training pairs nothing can be said about ${named(hint.hint)}`;
  switch (bound) {
    case "lower":
      return `${start} more than ${factorNumber(factor)}× the data${interval}: without it even ${count(pairsWithout)} pairs, the most measured, give a higher test error than ${error}`;
    case "upper":
      return `${start} less than ${factorNumber(factor)}× the data${interval}: without it ${count(pairsWithout)} pairs, the fewest measured, already give a lower test error than ${error}`;
    default:
      return `${start} ${factorNumber(factor)}× the data${interval}: without it the network needs about ${count(twoDigits(pairsWithout))} pairs for the same test error, ${error}`;
  }
}

/** An open end at a factor lies above it, or below it, but not at it. */
function noGain({ ci95, at }: HintWorth, sizes: readonly number[]): string {
  if (!ci95) return "";
  const [low, high] = ci95;
  const [least, greatest] = measurableFactors(sizes, at);
  const above = low !== null && (low > 1 || (high === null && low >= greatest && greatest >= 1));
  const below = high !== null && (high < 1 || (low === null && high <= least && least <= 1));
  return above || below ? "" : " The interval includes 1×, which is no gain.";
}

const twoDigits = (value: number): number => Number(value.toPrecision(2));
