import { findArchitecture } from "../../../../core/architectures/index.js";
import { parseCondition, runsWhere } from "../../../../core/runs/conditions.js";
import type { RunSummary } from "../../../../core/training/run.js";

/** Which runs are meant, as options say it. */
export interface Selection {
  readonly architecture?: readonly string[] | undefined;
  readonly where?: readonly string[] | undefined;
}

/** Whether options say which runs are meant. */
export const selects = ({ architecture, where }: Selection): boolean =>
  architecture !== undefined || where !== undefined;

/**
 * The runs that are meant.
 *
 * @throws InvalidRequest for a malformed condition, a key that no run has, or an architecture that neither a run nor
 *   this version has
 */
export function selectRuns<Run extends RunSummary>(runs: readonly Run[], selection: Selection): Run[] {
  const conditions = (selection.where ?? []).map(parseCondition);
  const names = selection.architecture;
  const stored = new Set(runs.map(({ architecture }) => architecture));
  for (const name of names ?? []) if (!stored.has(name)) findArchitecture(name);
  return runsWhere(runs, conditions).filter(({ architecture }) => names?.includes(architecture) ?? true);
}

/** The selection as a command line has it: " with --where epochs=3". */
export function inWords({ architecture = [], where = [] }: Selection): string {
  const options = [...architecture.map((name) => `--architecture ${name}`), ...where.map((text) => `--where ${text}`)];
  return options.length > 0 ? ` with ${options.join(" ")}` : "";
}
