import { anything, listOf, optional, partly, text } from "../../checks.js";
import { nounFor } from "../../text/format.js";
import { ROUNDS } from "../shared/context.js";
import { roundDifferences } from "./comparison.js";
import type { ComparisonDocument } from "./experiment.js";
import type { SealedPlan } from "./sealed-plan.js";
import { anytimeTests, FIRST_LOOK } from "./until.js";

/** What of a comparison's document is set against a plan. */
export type ReportedComparison = Pick<
  ComparisonDocument,
  "architectures" | "differences" | "rounds" | "seed" | "sealedPlan"
>;

const REPORTED = partly({
  ...ROUNDS,
  sealedPlan: optional(partly({ sha256: text })),
  architectures: listOf(partly({ name: text, runs: listOf(partly({ id: text, testError: anything })) })),
  differences: listOf(partly({ a: text, b: text })),
});

/**
 * In what a comparison is not as it was planned, a line each: another hash, runs that are not planned, planned ones of its rounds that are
 * missing, other differences, or a stop that the rule does not give.
 *
 * @param comparison  `compare.json`, or the result of `compare`
 * @throws InvalidRequest where the comparison is none
 */
export function deviationsFromPlan(comparison: ReportedComparison, plan: SealedPlan): string[] {
  REPORTED(comparison, "the comparison");
  const { sealedPlan, architectures, differences, rounds, seed } = comparison;
  if (sealedPlan?.sha256 !== plan.sha256)
    return [`the comparison is of plan ${sealedPlan?.sha256 ?? "none"}, not of ${plan.sha256}`];
  const [names, planned] = [architectures, plan.architectures].map((rows) => rows.map(({ name }) => name).join(", "));
  if (names !== planned) return [`${names} are compared, and planned were ${planned}`];
  const pairs = (of: readonly { readonly a: string; readonly b: string }[]) =>
    of.map(({ a, b }) => `${a} and ${b}`).join("; ") || "none";
  const found = [
    ...(seed === plan.seed ? [] : [`the first seed is ${seed}, and planned was ${plan.seed}`]),
    ...plan.architectures.flatMap((row, i) =>
      runDeviations(row.name, row.runs, rounds, architectures[i]?.runs.map(({ id }) => id) ?? []),
    ),
    ...(pairs(differences) === pairs(plan.comparisons)
      ? []
      : [`tested pairs are ${pairs(differences)}, and planned were ${pairs(plan.comparisons)}`]),
  ];
  return found.length > 0 ? found : stopDeviations(comparison, plan);
}

function runDeviations(
  name: string,
  planned: readonly string[],
  rounds: number,
  reported: readonly string[],
): string[] {
  const due = planned.slice(0, rounds);
  const strange = reported.filter((id) => !due.includes(id));
  const missing = due.filter((id) => !reported.includes(id));
  const twice = reported.length > new Set(reported).size;
  const runs = (ids: readonly string[]) => `${nounFor(ids.length, "run", "runs")} ${ids.join(", ")}`;
  return [
    ...(strange.length > 0 ? [`${name} has ${runs(strange)}, which the plan does not have in these rounds`] : []),
    ...(missing.length > 0 ? [`${name} lacks the planned ${runs(missing)}`] : []),
    ...(twice ? [`${name} has a run twice`] : []),
  ];
}

/** Whether it stopped where the rule does, by its own errors. */
function stopDeviations(comparison: ReportedComparison, { until, rounds, comparisons }: SealedPlan): string[] {
  const done = comparison.rounds;
  const said = `it has ${done} ${nounFor(done, "round")}`;
  if (done > rounds) return [`${said}, and at most ${rounds} were planned`];
  if (!until) return done === rounds ? [] : [`${said}, and ${rounds} were planned`];
  const sets = comparisons.map((pair) => roundDifferences(withNaN(comparison), pair));
  const isOpen = (after: number) =>
    anytimeTests(
      sets.map((values) => values.slice(0, after)),
      until,
    ).some(({ decision }) => decision === "open");
  if (done < rounds && (done < FIRST_LOOK || isOpen(done)))
    return [`${said}, and a difference is still open: by the plan it goes on up to ${rounds}`];
  if (done > FIRST_LOOK && !isOpen(done - 1))
    return [`${said}, and by the plan it stops before: no difference was open`];
  return [];
}

/** The errors of runs that diverged, which JSON has as null. */
const withNaN = ({ architectures }: ReportedComparison): Pick<ReportedComparison, "architectures"> => ({
  architectures: architectures.map((row) => ({
    ...row,
    runs: row.runs.map((run) => ({ ...run, testError: run.testError ?? Number.NaN })),
  })),
});
