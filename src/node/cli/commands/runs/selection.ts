import { findArchitecture } from "../../../../core/architectures/index.js";
import { parseCondition, runsWhere } from "../../../../core/runs/conditions.js";
import type { RunSummary } from "../../../../core/training/run.js";
import { annotationsIn } from "../../../runs/annotations.js";

/** Which runs are meant, as options say it. */
export interface Selection {
  readonly architecture?: readonly string[] | undefined;
  readonly where?: readonly string[] | undefined;
  readonly tag?: readonly string[] | undefined;
}

/** Whether options say which runs are meant. */
export const selects = ({ architecture, where, tag }: Selection): boolean =>
  architecture !== undefined || where !== undefined || tag !== undefined;

/**
 * The runs that are meant: of one of the architectures, with all tags, and as all conditions say.
 *
 * @param store  the folder that they are in
 * @throws InvalidRequest for a malformed condition, a key that no run has, or an architecture that neither a run nor
 *   this version has
 */
export function selectRuns<Run extends RunSummary>(runs: readonly Run[], selection: Selection, store: string): Run[] {
  const conditions = (selection.where ?? []).map(parseCondition);
  const names = selection.architecture;
  const stored = new Set(runs.map(({ architecture }) => architecture));
  for (const name of names ?? []) if (!stored.has(name)) findArchitecture(name);
  const selected = runsWhere(runs, conditions).filter(({ architecture }) => names?.includes(architecture) ?? true);
  const { tag } = selection;
  if (!tag) return selected;
  const { byId } = annotationsIn(
    store,
    selected.map(({ id }) => id),
  );
  return selected.filter(({ id }) => tag.every((each) => byId.get(id)?.tags.includes(each)));
}

/** The selection as a command line has it: " with --where epochs=3". */
export function inWords({ architecture = [], where = [], tag = [] }: Selection): string {
  const options = [
    ...architecture.map((name) => `--architecture ${name}`),
    ...where.map((text) => `--where ${text}`),
    ...tag.map((name) => `--tag ${name}`),
  ];
  return options.length > 0 ? ` with ${options.join(" ")}` : "";
}
