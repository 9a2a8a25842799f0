import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Check, counting, finite, listOf, oneOf, optional, partly, refuse, text } from "../../core/checks.js";
import { stringifyJson } from "../../core/formats/json.js";
import { type RunRecordJson, recordFromJson } from "../../core/index.js";
import { checkJob } from "../../core/training/job.js";
import type { TrainedRun } from "../training/run.js";

/** A run as the browser's database has it. */
export interface WrittenRun {
  readonly id: string;
  /** As JSON. */
  readonly record: string;
  /** A safetensors file. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

export async function writtenRun({ record, weights }: TrainedRun): Promise<WrittenRun> {
  return { id: record.id, record: stringifyJson(record), weights: new Uint8Array(await weights.arrayBuffer()) };
}

const bytes: Check = (value, what) => {
  if (!(value instanceof Uint8Array)) refuse(what, "bytes", value);
};

const fraction: Check = (value, what) => {
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) refuse(what, "a number from 0 to 1", value);
};

/** A run that diverged has no errors. */
const fractionOrNull: Check = (value, what) => {
  if (value !== null) fraction(value, what);
};

const loss: Check = (value, what) => {
  if (value !== null && value !== "Infinity" && value !== "-Infinity") finite(value, what);
};

const WRITTEN = partly({ id: text, record: text, weights: bytes });
const RECORD = partly({
  parameters: counting,
  trainError: fractionOrNull,
  testError: fractionOrNull,
  testYes: optional(finite),
  diverged: optional(partly({ epoch: counting, what: oneOf(["loss", "weights"]) })),
  epochs: listOf(
    partly({ epoch: counting, trainLoss: loss, testLoss: loss, trainAccuracy: fraction, testAccuracy: fraction }),
  ),
  seconds: finite,
  weightsSha256: text,
});

/**
 * A run from the browser's database, if it is whole: its id is that of its settings, and its weights are those of its record.
 *
 * @throws Error with one line where it is damaged, or somebody else's
 */
export async function checkedRun(id: string, written: unknown): Promise<TrainedRun> {
  WRITTEN(written, "a kept run");
  const { record: json, weights } = written as WrittenRun;
  const parsed: RunRecordJson = JSON.parse(json);
  RECORD(parsed, "record");
  checkJob(parsed);
  const record = recordFromJson(parsed);
  if (record.id !== id) throw new Error(`run ${record.id} is kept as run ${id}`);
  if ((await sha256Of(weights)) !== record.weightsSha256)
    throw new Error(`the weights of run ${id} are damaged: their SHA-256 is not the record's`);
  return { record, weights: new Blob([weights]) };
}

/** By the browser, which does it beside the page, where it trusts the page's address. */
async function sha256Of(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const { subtle } = globalThis.crypto;
  return bytesToHex(subtle ? new Uint8Array(await subtle.digest("SHA-256", content)) : sha256(content));
}
