import type { DataFactor } from "./data-factor.js";
import { factorInterval, factorText, measurableFactors } from "./factor-text.js";
import { count, percent, plusMinus } from "./format.js";
import type { Spread } from "./spread.js";
import type { Table } from "./tables.js";
import type { LadderPoint, Worth } from "./worth.js";

/** Each hint's factor at each number of training pairs. */
export function worthFactorTable({ hints, sizes, rounds }: Worth): Table {
  return {
    title: "What each hint is worth, in training pairs",
    caption: `How many times the training pairs the network without the hint needs for the same test error${rounds > 1 ? ", and the 95% interval" : ""}. 1× is worth nothing; > and < are bounds, where the other network's curve ends.`,
    columns: ["Training pairs", ...hints.map(({ hint }) => hint)],
    rows: sizes.map((pairs, i) => [
      count(pairs),
      ...hints.map(({ bySize }) => {
        const worth = bySize[i] as DataFactor;
        return factorText(worth) + factorInterval(worth, measurableFactors(sizes, pairs));
      }),
    ]),
  };
}

/** Each network's errors at each number of training pairs. */
export function worthErrorTable({ curves, sizes, rounds }: Worth, which: "trainError" | "testError"): Table {
  const over = rounds === 1 ? "One round." : `Mean ± standard deviation over ${rounds} rounds.`;
  const cell = ({ mean, sd }: Spread) => (sd === null ? percent(mean) : plusMinus(mean, sd));
  return {
    title: which === "testError" ? "Test errors" : "Training errors",
    caption: `${over} Each network has the hints of those before it.`,
    columns: ["Training pairs", ...curves.map(({ title }) => title)],
    rows: sizes.map((pairs, i) => [
      count(pairs),
      ...curves.map(({ points }) => cell((points[i] as LadderPoint)[which])),
    ]),
  };
}
