import { factorNumber, includesOne, measurableFactors } from "../../../core/experiments/worth/factor-text.js";
import { count, percent } from "../../../core/text/format.js";
import { FEWEST, MOST, sizes, type Worth } from "./study.js";

const WITH_ARTICLE: readonly string[] = ["auxiliary loss", "comparison rule"];

export const named = (hint: string): string => (WITH_ARTICLE.includes(hint) ? `the ${hint}` : hint);

const twoDigits = (value: number): number => Number(value.toPrecision(2));

/** What a hint is worth at a number of pairs. */
export interface WorthSentences {
  readonly withHint: string;
  readonly withoutHint: string;
  /** What the interval says; empty where there is none. */
  readonly interval: string;
}

export const sentencesOf = (worth: Worth): WorthSentences => ({
  withHint: `With ${named(worth.hint)}, ${count(worth.pairs)} pairs reach ${worth.isMeasured ? "" : "about "}${percent(worth.error)} test error.`,
  withoutHint: withoutHint(worth),
  interval: intervalOf(worth),
});

export function worthInWords(worth: Worth): string {
  const { withHint, withoutHint, interval } = sentencesOf(worth);
  return [withHint, withoutHint, interval].filter((part) => part !== "").join(" ");
}

function withoutHint(worth: Worth): string {
  const { bound, factor, ci95, pairsWithout } = worth;
  if (Number.isNaN(factor)) return "Nothing can be said of it: runs diverged in every round.";
  const needed = count(twoDigits(pairsWithout));
  const times = `${factorNumber(factor)} times as many`;
  switch (bound) {
    case "lower": {
      const estimate = ci95 && (ci95[0] ?? 0) < factor ? " by this estimate" : "";
      return `Without it you need more than ${count(MOST)}${estimate}: the study ends there.`;
    }
    case "upper": {
      const estimate = ci95 && (ci95[1] ?? Number.POSITIVE_INFINITY) > factor ? " by this estimate" : "";
      return `Without it fewer than ${count(FEWEST)} are enough${estimate}: the study begins there.`;
    }
    default:
      if (isOpen(worth)) return `Without it you need about ${needed}: no gain is shown.`;
      return factor < 1
        ? `Without it about ${needed} are enough: ${times}.`
        : `Without it you need about ${needed}: ${times}.`;
  }
}

/** Whether the interval leaves open that the hint is worth nothing. */
const isOpen = ({ ci95, pairs }: Worth): boolean => ci95 !== null && includesOne(ci95, measurableFactors(sizes, pairs));

/** "95% interval: 5.4 to more than 7.5 times." It says so where that includes 1. */
function intervalOf(worth: Worth): string {
  const { ci95, pairs, bound } = worth;
  if (!ci95) return "";
  const one = isOpen(worth) ? ` It includes 1${bound ? ": no gain is shown" : ""}.` : "";
  return `95% interval: ${endsOf(ci95, measurableFactors(sizes, pairs))} times.${one}`;
}

function endsOf(
  [low, high]: readonly [number | null, number | null],
  [least, greatest]: readonly [number, number],
): string {
  const below = `less than ${factorNumber(least)}`;
  const above = `more than ${factorNumber(greatest)}`;
  if (low === null && high !== null && high <= least) return below;
  if (high === null && low !== null && low >= greatest) return above;
  return `${low === null ? below : factorNumber(low)} to ${high === null ? above : factorNumber(high)}`;
}
