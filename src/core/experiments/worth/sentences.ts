import { count, nounFor, percent } from "../../text/format.js";
import { ROUNDS_TO_CLAIM } from "../shared/claims.js";
import { divergedSentences } from "../shared/diverged.js";
import { noBetterSentences } from "../shared/one-answer.js";
import type { DataFactor } from "./data-factor.js";
import { factorInterval, factorNumber, includesOne, measurableFactors } from "./factor-text.js";
import { inBits } from "./tables.js";
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
  const start = `With settings tuned at every number of pairs, ${named(hint.hint)}`;
  if (Number.isNaN(hint.factor)) return `With tuned settings nothing can be said about ${named(hint.hint)} ${n}.`;
  const measurable = measurableFactors(sizes, hint.at);
  const inPairs = inWords(hint, measurable, " the pairs");
  const { factor, ci95 } = hint.steps;
  const ends = ci95 ? ` [${ci95.map(factorNumber).join(", ")}]` : "";
  const inSteps = factor === null ? "" : ` and ${factorNumber(factor)}× the training steps${ends}`;
  const labels =
    hint.labelBits === 1
      ? ""
      : ` It brings ${factorNumber(hint.labelBits)}× the bits of labels a pair: per bit it ${inWords(...inBits(hint, measurable))}.`;
  return `${start} ${inPairs}${inSteps} at ${count(hint.at)} pairs ${n}.${noGain(hint, sizes)}${labels}`;
}

/**
 * "is worth 8.2× the data [7.1, 9.6]"; "is estimated to be worth more than 30× the data [25, > 30]", where the interval does not say that it
 * is.
 *
 * @param measurable  the least and the greatest factor that the sizes can tell
 */
function inWords(worth: DataFactor, measurable: readonly [number, number], data = ""): string {
  const { factor, bound, ci95 } = worth;
  const words = bound === "lower" ? "more than " : bound === "upper" ? "less than " : "";
  const inner = ci95?.[bound === "lower" ? 0 : 1];
  const isOnlyEstimated = bound && ci95 && (bound === "lower" ? (inner ?? 0) < factor : (inner ?? Infinity) > factor);
  const start = isOnlyEstimated ? "is estimated to be worth" : "is worth";
  return `${start} ${words}${factorNumber(factor)}×${data}${factorInterval(worth, measurable)}`;
}

/** What a part of the classes is worth, the least part that was measured. */
function labelPartSentences({ labelParts = [] }: TunedLadder, sizes: readonly number[]): string[] {
  const part = labelParts.find(({ labelFraction }) => labelFraction > 0);
  if (!part || part.labelFraction === 1 || Number.isNaN(part.factor)) return [];
  const { labelFraction, point } = part;
  const measurable = measurableFactors(sizes, point.pairs);
  return [
    `With the classes of ${Number((100 * labelFraction).toPrecision(3))}% of ${count(point.pairs)} pairs, the tuned auxiliary loss ${inWords(part, measurable, " the pairs")}. Per bit of labels it ${inWords(...inBits(part, measurable))}.`,
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
  const { at, bound, pairsWithout, testError } = hint;
  const start = `At ${count(at)} training pairs ${named(hint.hint)} ${inWords(hint, measurableFactors(sizes, at), " the data")}`;
  const error = percent(testError);
  if (Number.isNaN(hint.factor)) return `At ${count(at)} training pairs nothing can be said about ${named(hint.hint)}`;
  switch (bound) {
    case "lower":
      return `${start}: without it even ${count(pairsWithout)} pairs, the most measured, give a higher test error than ${error}`;
    case "upper":
      return `${start}: without it ${count(pairsWithout)} pairs, the fewest measured, already give a lower test error than ${error}`;
    default:
      return `${start}: without it the network needs about ${count(twoDigits(pairsWithout))} pairs for the same test error, ${error}`;
  }
}

const noGain = ({ ci95, at }: HintWorth, sizes: readonly number[]): string =>
  ci95 && includesOne(ci95, measurableFactors(sizes, at)) ? " The interval includes 1×, which is no gain." : "";

const twoDigits = (value: number): number => Number(value.toPrecision(2));
