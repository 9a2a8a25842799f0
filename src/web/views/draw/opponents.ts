import type { RunRecord } from "../../../core/index.js";

type Record = Pick<RunRecord, "testError"> & { readonly config: Pick<RunRecord["config"], "network" | "evaluateOn"> };

/** Layers that are a rule: they have no weights, and compare what the trunk names. */
const RULES = new Set(["softmax", "ordinal"]);

/** Whether a network names both digits and compares the names. */
export const isRule = ({ config: { network } }: { readonly config: Pick<RunRecord["config"], "network"> }): boolean =>
  (network.auxiliaryWeight ?? 0) > 0 && network.head.every(({ kind }) => RULES.has(kind));

/** A run whose mistakes are worth a look, and one that names digits and is likely right about them. */
export interface Opponents<Run> {
  readonly loser: Run;
  readonly rule?: Run;
}

/**
 * The run of the largest test error, and of those that name digits and compare them the one of the least. Only runs that were tested on test
 * images count: only their pairs are such. Undefined where there is none.
 */
export function opponents<Run extends { readonly record: Record }>(runs: readonly Run[]): Opponents<Run> | undefined {
  const tested = runs
    .filter(({ record }) => record.config.evaluateOn === "test")
    .toSorted((a, b) => a.record.testError - b.record.testError);
  const rule = tested.find(({ record }) => isRule(record));
  const loser = tested.findLast((run) => !isRule(run.record)) ?? tested.at(-1);
  if (!loser) return undefined;
  return { loser, ...(rule && rule !== loser && { rule }) };
}
