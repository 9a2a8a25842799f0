import { join } from "node:path";
import { InvalidRequest } from "../../../core/errors.js";
import { deviationsFromPlan } from "../../../core/experiments/compare/plan-deviations.js";
import { readPlan } from "../../../core/experiments/compare/sealed-plan.js";
import { count, nounFor } from "../../../core/text/format.js";
import { readTextWithin } from "../../read.js";

/** What a report is beside the plan that it says it is of. */
export interface PlannedReport {
  /** The plan's hash, as the report has it. */
  readonly sha256: string;
  /** In what the report is not as planned, a line each. */
  readonly deviations: readonly string[];
  /** The same in words, where there are none. */
  readonly words: string;
}

/** A report's comparison, as far as it is looked at before it is checked. */
interface Reported {
  readonly rounds: number;
  readonly architectures: readonly unknown[];
  readonly sealedPlan: { readonly sha256: string };
}

/** Sets a folder's comparison against its plan; undefined where it has no comparison, or one that was not planned. */
export async function plannedReport(folder: string, mostBytes: number): Promise<PlannedReport | undefined> {
  const textOf = (name: string) => readTextWithin(join(folder, name), mostBytes).catch(() => undefined);
  const reported = planned(await textOf("compare.json"));
  if (!reported) return undefined;
  const { sha256 } = reported.sealedPlan;
  const plan = await textOf("compare-plan.json");
  const deviations =
    plan === undefined ? ["its plan, compare-plan.json, is missing"] : refused(() => deviationsFrom(reported, plan));
  const runs = reported.rounds * reported.architectures.length;
  const rounds = `${count(reported.rounds)} ${nounFor(reported.rounds, "round")}`;
  return {
    sha256,
    deviations,
    words: `planned: the ${count(runs)} runs of ${rounds} are those of the plan of SHA-256 ${sha256}, none is missing, and it stopped where the plan says`,
  };
}

function planned(text: string | undefined): Reported | undefined {
  try {
    const document = JSON.parse(text ?? "null");
    return typeof document?.sealedPlan?.sha256 === "string" ? document : undefined;
  } catch {
    return undefined;
  }
}

const deviationsFrom = (reported: Reported, plan: string): string[] =>
  deviationsFromPlan(reported as unknown as Parameters<typeof deviationsFromPlan>[0], readPlan(plan));

/** What is refused is a deviation too. */
function refused(look: () => string[]): string[] {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return [error.message];
  }
}
