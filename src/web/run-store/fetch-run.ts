import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type RunRecord, recordFromJson } from "../../core/index.js";
import type { TrainedRun } from "../training/run.js";
import { ask } from "./ask.js";

/**
 * A finished run's record.
 *
 * @param store  the address of the store's document
 * @throws Error with one line
 */
export async function fetchStoredRecord(store: URL, id: string): Promise<RunRecord> {
  const response = await ask(new URL(`${store}/${encodeURIComponent(id)}`));
  const record = recordFromJson(await response.json());
  if (record.id !== id) throw new Error(`${store.host} has sent run ${record.id} for run ${id}`);
  return record;
}

/**
 * A finished run with its weights. Their SHA-256 is checked against the record's.
 *
 * @param store  the address of the store's document
 * @throws Error with one line
 */
export async function fetchStoredRun(store: URL, id: string): Promise<TrainedRun> {
  const record = await fetchStoredRecord(store, id);
  const response = await ask(new URL(`${store}/${encodeURIComponent(id)}/weights`));
  const weights = new Uint8Array(await response.arrayBuffer());
  if (bytesToHex(sha256(weights)) !== record.weightsSha256)
    throw new Error(`the weights of run ${id} came damaged: their SHA-256 is not the record's; try again`);
  return { record, weights: new Blob([weights]) };
}
