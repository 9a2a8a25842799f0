import { architectures, findArchitecture } from "../../architectures/index.js";
import { ABSENT, count, duration, paperPlusMinus, percentInterval, plusMinus } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import { captioned, divergedOf } from "../shared/diverged.js";
import type { ReproducedArchitecture, Reproduction, Verdict } from "./reproduction.js";

/** How a verdict reads beside a number of ours. */
const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  agrees: "agrees",
  lower: "ours is lower",
  higher: "ours is higher",
};

/** Those of the paper's Table VII; its others are in Table VIII. */
const TABLE_VII: readonly string[] = ["mlp", "one-by-one"];

const TABLES = [
  { title: "Table VII: no hint, and the rule itself as the hint", seventh: true },
  { title: "Table VIII: what weight sharing and the auxiliary loss are worth", seventh: false },
];

/** The same, also for an architecture that has none, because it diverged. */
export const verdictWords = (verdict: Verdict | null): string =>
  verdict ? VERDICT_WORDS[verdict] : "none: it diverged";

/** A quantity of the tables, its text for an architecture, and whether it is shown only if something diverged. */
const ROWS: readonly (readonly [string, (result: ReproducedArchitecture) => string, "where diverged"?])[] = [
  ["Parameters", ({ parameters }) => count(parameters)],
  ["Train error, ours", ({ trainError }) => plusMinus(trainError.mean, trainError.sd)],
  ["Train error, paper", ({ paper }) => paperPlusMinus(paper.trainError, paper.trainSd)],
  ["Test error, ours", ({ testError }) => plusMinus(testError.mean, testError.sd)],
  ["Rounds that diverged", ({ runs }) => divergedOf(runs) || ABSENT, "where diverged"],
  ["95% interval, ours", ({ testError }) => percentInterval(testError.ci95)],
  ["Test error, paper", ({ paper }) => paperPlusMinus(paper.testError, paper.testSd)],
  ["Verdict on test error", ({ verdict }) => verdictWords(verdict)],
  ["Median time of a run", ({ secondsPerRun }) => duration(secondsPerRun.median)],
];

/**
 * The paper's two tables of results, ours beside the paper's: one column for each architecture, as the paper sets them
 * side by side. Architectures that were not run are left out.
 */
export function paperTables(reproduction: Reproduction): Table[] {
  const { rounds } = reproduction;
  const caption =
    rounds === 1
      ? "Ours: one round, which has no spread. The paper's: mean ± standard deviation; the paper does not say over how many rounds."
      : `Ours: mean ± standard deviation over ${rounds} rounds; the paper does not say how many.`;
  return TABLES.flatMap(({ title, seventh }) => {
    const names = architectures.map(({ name }) => name).filter((name) => TABLE_VII.includes(name) === seventh);
    const shown = names.flatMap((name) => reproduction.architectures.find((result) => result.name === name) ?? []);
    if (shown.length === 0) return [];
    const columns = ["", ...shown.map(({ name }) => findArchitecture(name).title)];
    const rows = ROWS.filter(([, , where]) => !where || shown.some(({ diverged }) => diverged));
    return {
      title,
      caption: captioned(caption, shown),
      columns,
      rows: rows.map(([label, cell]) => [label, ...shown.map(cell)]),
    };
  });
}
