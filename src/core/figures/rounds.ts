import * as Plot from "@observablehq/plot";

/** A row of a figure that shows every round, with the mean and its interval. */
export interface RoundsRow {
  /** Its place on the vertical axis. */
  readonly row: string;
  /** One of each round. */
  readonly values: readonly number[];
  readonly mean: number;
  /** Ends of the interval; both are the mean where there is none. */
  readonly low: number;
  readonly high: number;
}

/** Numbers and their interval as a row, in another unit: 100 for percent. */
export function roundsRow(
  row: string,
  values: readonly number[],
  { mean, ci95 }: { readonly mean: number; readonly ci95: readonly [number, number] | null },
  unit: number,
): RoundsRow {
  const [low, high] = ci95 ?? [mean, mean];
  return { row, values: values.map((value) => unit * value), mean: unit * mean, low: unit * low, high: unit * high };
}

export interface RoundsStyle {
  readonly color: string;
  /** Of `STYLE`, for dark paper: "train". */
  readonly colorClass: string;
  /** Pixels below the middle of a row. */
  readonly dy?: number;
  /** Rows whose mean is drawn as a ring. */
  readonly hollow?: (row: RoundsRow) => boolean;
}

/** Every round as a dot, and over them the mean with its interval. */
export function roundsMarks(
  rows: readonly RoundsRow[],
  { color, colorClass, dy = 0, hollow = () => false }: RoundsStyle,
): Plot.Markish[] {
  const dots = rows.flatMap(({ row, values }) => values.map((value) => ({ row, value })));
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
  ];
}

/** Pixels left of the rows for their names, at 12 pixels a letter's height. */
export const roomForNames = (names: readonly string[]): number =>
  Math.max(210, ...names.map((name) => Math.round(6.3 * name.length) + 14));
