import { factorInterval, factorText, measurableFactors } from "../../../core/experiments/worth/factor-text.js";
import { count, percentWithInterval } from "../../../core/text/format.js";
import type { Table } from "../../../core/text/table.js";
import { networks, rounds, sizes, steps, worthAt } from "./study.js";

export const errorsTable = (): Table => ({
  title: "Test errors",
  caption: `Means of ${rounds} rounds, with their 95% intervals. Each network has the hints of those before it.`,
  columns: ["Training pairs", ...networks.map(({ title }) => title)],
  rows: sizes.map((pairs, i) => [
    count(pairs),
    ...networks.map(({ means }) => percentWithInterval(means[i]?.mean ?? Number.NaN, means[i]?.ci95 ?? null)),
  ]),
});

export const factorsTable = (): Table => ({
  title: "Factors",
  caption: "With their 95% intervals. More and less (>, <) than a number: the study ends there.",
  columns: ["Training pairs", ...steps.map(({ hint }) => hint)],
  rows: sizes.map((pairs) => [
    count(pairs),
    ...steps.map((step) => {
      const worth = worthAt(step, pairs);
      return `${factorText(worth)}${factorInterval(worth, measurableFactors(sizes, pairs))}`;
    }),
  ]),
});
