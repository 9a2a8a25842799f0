import { isDeepStrictEqual } from "node:util";
import type { Worker } from "node:worker_threads";
import type { FinishedRun, KernelModule, RunEvaluation, RunRecord } from "../../core/index.js";
import type { Dataset } from "../data/dataset.js";
import type { DamagedRun } from "../runs/inspect.js";
import { serveAll } from "./serve.js";
import { carryOut, measure } from "./threads.js";

/** A run that was trained again. */
export interface VerifiedRun {
  readonly record: RunRecord;
  /** The fields of its record that a second training gives otherwise: none where all bits are the same. */
  readonly differs: readonly string[];
}

/** A run as it is kept. */
export interface KeptRun {
  readonly run: FinishedRun;
  /** Its error on all test pairs, where it was measured. */
  readonly allTestPairs: RunEvaluation | undefined;
}

/** Options of `verifyRuns`. */
export interface VerifyOptions {
  /** Reads a run, or says what is wrong with it. */
  readonly read: (id: string) => Promise<KeptRun | DamagedRun>;
  /** The runs' images. */
  readonly dataset: Dataset;
  /** The build of the kernels that a run names. */
  readonly kernelsOf: (run: FinishedRun) => KernelModule;
  readonly threads: readonly Worker[];
  readonly signal: AbortSignal;
  /** Called after each run. */
  readonly onVerified: (verified: VerifiedRun) => void;
  readonly onDamaged: (id: string, damage: string) => void;
}

/**
 * Trains runs again, from their settings alone, and compares what comes of it with what was kept, field by field. Nothing is written.
 *
 * @returns the runs that are whole, in their order
 * @throws the signal's reason when it is aborted; InvalidRequest where a run cannot be trained
 */
export async function verifyRuns(
  ids: readonly string[],
  { read, dataset, kernelsOf, threads, signal: aborted, onVerified, onDamaged }: VerifyOptions,
): Promise<VerifiedRun[]> {
  const verified = new Map<string, VerifiedRun>();
  const waiting = [...ids];
  await serveAll(threads, aborted, (signal) => async (thread) => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const kept = await read(id);
      if ("damage" in kept) {
        onDamaged(id, kept.damage);
        continue;
      }
      const { record } = kept.run;
      const { architecture, seed, config } = record;
      const given = { images: dataset, kernels: kernelsOf(kept.run) };
      const task = { job: { id, architecture, seed, config }, ...given, checkpointSeconds: Number.MAX_SAFE_INTEGER };
      const again = await carryOut(thread, task, signal, () => {});
      if ("refused" in again) throw new Error(again.refused);
      const measured = kept.allTestPairs && (await measure(thread, { run: again, ...given }, signal));
      const found = {
        record,
        differs: [
          ...differences(timeless(record), timeless(again.record)),
          ...(differences(kept.allTestPairs, measured).length > 0 ? ["allTestPairs"] : []),
        ],
      };
      verified.set(id, found);
      onVerified(found);
    }
  });
  return ids.flatMap((id) => verified.get(id) ?? []);
}

/** The fields that are kept, and come out otherwise. What an earlier version did not keep is not compared. */
function differences(kept: object | undefined, again: object | undefined): string[] {
  const other = (again ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(kept ?? {}).flatMap(([name, value]) => (isSame(value, other[name]) ? [] : [name]));
}

/** Whether all that a value holds is in another one. Unknown steps and numbers of earlier versions are null. */
function isSame(kept: unknown, again: unknown): boolean {
  if (Array.isArray(kept))
    return Array.isArray(again) && kept.length === again.length && kept.every((each, i) => isSame(each, again[i]));
  if (typeof kept !== "object" || kept === null) return kept === null || isDeepStrictEqual(kept, again);
  return typeof again === "object" && again !== null && differences(kept, again).length === 0;
}

/** A record without what depends on the machine and its load. */
const timeless = ({ seconds: _, processorSeconds: __, yardstickSeconds: ___, ...record }: RunRecord) => record;
