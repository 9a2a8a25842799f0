import * as Plot from "@observablehq/plot";

/** A row of a figure, with every round, the mean and its interval. */
export interface RoundsRow {
  /** Its place on the vertical axis. */
  readonly row: string;
  /** A value for each round; NaN if the round diverged. */
  readonly values: readonly number[];
  /** "× 2 of 10 diverged"; empty where none did. */
  readonly lost: string;
  readonly mean: number;
  /** The ends of the interval. Without an interval, both are the mean. */
  readonly low: number;
  readonly high: number;
}

/** The row of numbers and their interval, in another unit: 100 for percent. */
export function roundsRow(
  row: string,
  values: readonly number[],
  { mean, ci95 }: { readonly mean: number; readonly ci95: readonly [number, number] | null },
  unit: number,
): RoundsRow {
  const [low, high] = ci95 ?? [mean, mean];
  const diverged = values.filter(Number.isNaN).length;
  return {
    row,
    values: values.map((value) => unit * value),
    lost: diverged > 0 ? `× ${diverged} of ${values.length} diverged` : "",
    mean: unit * mean,
    low: unit * low,
    high: unit * high,
  };
}

/** Every number that rows show. */
export const numbersOf = (rows: readonly RoundsRow[]): number[] =>
  rows.flatMap(({ values, low, high }) => [...values, low, high]).filter(Number.isFinite);

/** The end of an axis of errors: past the largest, with room for the words about rounds that diverged. */
export const farEnd = (rows: readonly RoundsRow[], others: readonly number[] = []): number =>
  (rows.some(({ lost }) => lost) ? 1.3 : 1) * Math.max(0, ...numbersOf(rows), ...others) || 1;

/** "18.7%", or the words that there is no mean. */
export const meanInWords = (mean: number): string =>
  Number.isNaN(mean) ? "every round diverged" : `${mean.toFixed(1)}%`;

export interface RoundsStyle {
  readonly color: string;
  /** A class of `STYLE`, for dark paper: "train". */
  readonly colorClass: string;
  /** The pixels below the middle of a row. */
  readonly dy?: number;
  /** Rows whose mean is drawn as a ring. */
  readonly hollow?: (row: RoundsRow) => boolean;
}

/** Marks for every round, the mean with its interval over them, and at the right edge the number of rounds that diverged. */
export function roundsMarks(
  rows: readonly RoundsRow[],
  { color, colorClass, dy = 0, hollow = () => false }: RoundsStyle,
): Plot.Markish[] {
  const dots = rows.flatMap(({ row, values }) => values.map((value) => ({ row, value })));
  const diverged = rows.filter(({ lost }) => lost);
  const mean = { x: "mean", y: "row", dy, r: 5 } as const;
  const rings = rows.filter(hollow);
  return [
    Plot.dot(dots, { x: "value", y: "row", dy, r: 3, fill: color, fillOpacity: 0.3, className: `${colorClass} area` }),
    Plot.ruleY(rows, {
      x1: "low",
      x2: "high",
      y: "row",
      dy,
      stroke: color,
      strokeWidth: 3,
      className: `${colorClass} line`,
    }),
    Plot.dot(
      rows.filter((row) => !hollow(row)),
      { ...mean, fill: color, className: `${colorClass} area` },
    ),
    ...(rings.length > 0
      ? [
          Plot.dot(rings, {
            ...mean,
            fill: "none",
            stroke: color,
            strokeWidth: 2,
            className: `${colorClass} line ring`,
          }),
        ]
      : []),
    ...(diverged.length > 0 ? [divergedText(diverged, dy)] : []),
  ];
}

/** Marks at the right end of rows, with the words about rounds that diverged. */
export const divergedText = (
  rows: readonly { readonly row: string | number; readonly lost: string }[],
  dy = 0,
): Plot.Text =>
  Plot.text(rows, { y: "row", dy, dx: -4, text: "lost", frameAnchor: "right", textAnchor: "end", fontStyle: "italic" });
