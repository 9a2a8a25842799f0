import { count, percent } from "../../text/format.js";
import { ROUNDS_TO_CLAIM } from "../shared/claims.js";
import { divergedSentences } from "../shared/diverged.js";
import { noBetterSentences } from "../shared/one-answer.js";
import { factorInterval, factorNumber, measurableFactors } from "./factor-text.js";
import type { HintWorth, Worth } from "./worth.js";

const WITH_ARTICLE = new Set(["auxiliary loss", "comparison rule"]);
const named = (hint: string): string => (WITH_ARTICLE.has(hint) ? `the ${hint}` : hint);

/** What each hint is worth, a sentence each, and what so many rounds can show. */
export function worthSentences({ hints, sizes, rounds, curves, seed }: Worth): string[] {
  const named = curves.flatMap(({ title, points }) =>
    points.map(({ pairs, runs }) => ({ title: `"${title}" on ${count(pairs)} pairs`, runs })),
  );
  return [
    ...divergedSentences(named),
    ...noBetterSentences(named, seed),
    ...hints.map(
      (hint) =>
        `${worthOf(hint, sizes)} (n = ${rounds} ${rounds === 1 ? "round" : "rounds"}${leftOut(hint)}).${noGain(hint, sizes)}`,
    ),
    ...(rounds === 1 ? ["One round has no interval: these factors may be chance."] : []),
    ...(rounds > 1 && rounds < ROUNDS_TO_CLAIM
      ? [
          `${rounds} rounds are exploratory: the intervals show how uncertain the factors are. A claim needs ${ROUNDS_TO_CLAIM} (--rounds ${ROUNDS_TO_CLAIM}).`,
        ]
      : []),
  ];
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
