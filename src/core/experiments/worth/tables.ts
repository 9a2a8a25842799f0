import { count, meanAndSpread } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import { constantInTable } from "../shared/constant-answer.js";
import { captioned, divergedOf } from "../shared/diverged.js";
import type { DataFactor } from "./data-factor.js";
import { factorInterval, factorText, measurableFactors } from "./factor-text.js";
import type { LadderPoint, Worth } from "./worth.js";

/** Each hint's factor at each number of training pairs. */
export function worthFactorTable({ hints, sizes, rounds }: Worth): Table {
  const lost = hints.some(({ bySize }) => bySize.some(({ diverged }) => diverged));
  return {
    title: "What each hint is worth, in training pairs",
    caption: `How many times as many training pairs the network needs without the hint for the same test error${rounds > 1 ? ", and the 95% interval, which is about these test images" : ""}. At 1× the hint is worth nothing; > and < are bounds, where the other network's curve ends.${lost ? " A factor that rests on a run that diverged is computed over the rounds in which none did; their number stands beside it, and it has no interval." : ""}`,
    columns: ["Training pairs", ...hints.map(({ hint }) => hint)],
    rows: sizes.map((pairs, i) => [
      count(pairs),
      ...hints.map(({ bySize }) => {
        const worth = bySize[i] as DataFactor;
        const of = worth.diverged ? ` (${rounds - worth.diverged} of ${rounds} rounds)` : "";
        return factorText(worth) + factorInterval(worth, measurableFactors(sizes, pairs)) + of;
      }),
    ]),
  };
}

/** Each network's errors at each number of training pairs. */
export function worthErrorTable({ curves, sizes, rounds }: Worth, which: "trainError" | "testError"): Table {
  const over = rounds === 1 ? "One round." : `Mean ± standard deviation over ${rounds} rounds.`;
  const points = curves.flatMap((curve) => curve.points);
  const isConstant = which === "testError" && points.some(({ constantRounds }) => constantRounds);
  const cell = (point: LadderPoint) => {
    const remarks = [
      ...(point.diverged ? [`${divergedOf(point.runs)} diverged`] : []),
      ...(which === "testError" && point.constantRounds ? [constantInTable(point.runs)] : []),
    ];
    return meanAndSpread(point[which]) + (remarks.length > 0 ? ` (${remarks.join(", ")})` : "");
  };
  return {
    title: which === "testError" ? "Test errors" : "Training errors",
    caption: captioned(
      `${over} Each network has the hints of those before it.${isConstant ? ` In brackets: where a network says the same to every pair.` : ""}`,
      points,
    ),
    columns: ["Training pairs", ...curves.map(({ title }) => title)],
    rows: sizes.map((pairs, i) => [count(pairs), ...curves.map(({ points }) => cell(points[i] as LadderPoint))]),
  };
}
