import { join } from "node:path";
import { InvalidRequest } from "../../../core/errors.js";
import { deviationsFromPlan, type ReportedComparison } from "../../../core/experiments/compare/plan-deviations.js";
import { readPlan } from "../../../core/experiments/compare/sealed-plan.js";
import { count, nounFor } from "../../../core/text/format.js";
import { readTextWithin } from "../../read.js";

/** What a report is beside the plan that it says it is of. */
export interface PlannedReport {
  /** The plan's hash, as the report has it. */
  readonly sha256: string;
  /** In what the report is not as planned, a line each. */
  readonly deviations: readonly string[];
  /** That there are none, in words; absent where there are. */
  readonly words?: string;
}

/** A comparison with a plan's hash; nothing else of it is checked yet. */
type Reported = ReportedComparison & Required<Pick<ReportedComparison, "sealedPlan">>;

/** Sets a folder's comparison against its plan; undefined where it has no comparison, or one that was not planned. */
export async function plannedReport(folder: string, mostBytes: number): Promise<PlannedReport | undefined> {
  const textOf = (name: string) => readTextWithin(join(folder, name), mostBytes).catch(() => undefined);
  const reported = planned(await textOf("compare.json"));
  if (!reported) return undefined;
  const { sha256 } = reported.sealedPlan;
  const plan = await textOf("compare-plan.json");
  const deviations =
    plan === undefined
      ? ["its plan, compare-plan.json, is missing"]
      : refused(() => deviationsFromPlan(reported, readPlan(plan)));
  return { sha256, deviations, ...(deviations.length === 0 && { words: inWords(reported) }) };
}

function inWords({ sealedPlan: { sha256 }, rounds, architectures }: Reported): string {
  const runs = `${count(rounds * architectures.length)} runs of ${count(rounds)} ${nounFor(rounds, "round")}`;
  return `planned: the ${runs} are those of the plan of SHA-256 ${sha256}, none is missing, and it stopped where the plan says`;
}

function planned(text: string | undefined): Reported | undefined {
  try {
    const document = JSON.parse(text ?? "null");
    return typeof document?.sealedPlan?.sha256 === "string" ? document : undefined;
  } catch {
    return undefined;
  }
}

/** What is refused is a deviation too. */
function refused(look: () => string[]): string[] {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return [error.message];
  }
}
