import type { NestedVariance } from "../../statistics/index.js";
import { ABSENT } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import type { TunedRounds } from "./tunings.js";

/** Something that several tunings measured. */
interface TunedRow {
  readonly title: string;
  /** Absent where a round diverged. */
  readonly variance?: NestedVariance | undefined;
}

/**
 * How much of a variance is tuning: one table, or none where not several tunings of several rounds say it.
 *
 * @param what  each row is: "effect"
 */
export function tuningTables(rows: readonly TunedRow[], { rounds, tunings = 1 }: TunedRounds, what: string): Table[] {
  if (!rows.some(({ variance }) => variance)) return [];
  return [
    {
      title: "What tuning adds",
      caption: `Standard deviations of a round's ${what} in percentage points: between ${tunings} tunings, each with settings of its own, and between the ${rounds / tunings} rounds of one tuning. Tuning's share: the part of the variance of a round's ${what} that is between tunings, with its 95% interval. 0: tunings differ no more than their rounds explain.`,
      columns: ["", "Between tunings", "Within one", "Tuning's share", "95% interval"],
      rows: rows.map(({ title, variance }) => [
        title,
        ...(variance ? cellsOf(variance) : [ABSENT, ABSENT, ABSENT, ABSENT]),
      ]),
    },
  ];
}

const cellsOf = ({ between, within, share, share95 }: NestedVariance): string[] => [
  deviation(between),
  deviation(within),
  wholePercent(share),
  share95.map(wholePercent).join(" to "),
];

/** In points. */
const deviation = (variance: number): string => (100 * Math.sqrt(variance)).toFixed(2);
const wholePercent = (share: number): string => `${Math.round(100 * share)}%`;
