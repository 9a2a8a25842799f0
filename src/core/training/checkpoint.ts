import { utf8ToBytes } from "@noble/hashes/utils.js";
import { sha256Of } from "../digest.js";
import { InvalidRequest } from "../errors.js";
import { decodeSafetensors, encodeSafetensors } from "../formats/index.js";
import { parseNumber, parseWhole } from "../formats/numbers.js";
import { parseJson } from "../formats/parse-json.js";
import { inShort } from "../given.js";
import type { Job, RunConfig } from "./job.js";
import type { RunTimes } from "./run-times.js";
import type { TrainingState } from "./state.js";
import type { EpochResult } from "./train.js";

/** The progress of a run after an epoch, with the times so far, without interruptions. */
export interface RunProgress extends RunTimes {
  readonly state: TrainingState;
  /** The evaluated epochs so far. */
  readonly results: readonly EpochResult[];
}

/** Only the first is in every checkpoint. */
const TIMES = ["seconds", "processorSeconds", "yardstickSeconds"] as const satisfies readonly (keyof RunTimes)[];

/** The digest comes first in the header, so that its place is known. It is computed with zeros in that place. */
const DIGEST_START = 8 + '{"__metadata__":{"sha256":"'.length;
const DIGEST_LENGTH = 64;
const ZERO = 0x30;

/** Encodes a run's progress as a safetensors file: the state as tensors, the rest as metadata. */
export function encodeCheckpoint({ id }: Job, { state, results, ...times }: RunProgress): Uint8Array<ArrayBuffer> {
  const file = encodeSafetensors(state.tensors, {
    sha256: "0".repeat(DIGEST_LENGTH),
    run: id,
    epoch: String(state.epoch),
    ...Object.fromEntries(TIMES.flatMap((name) => (times[name] === undefined ? [] : [[name, String(times[name])]]))),
    results: JSON.stringify(results, writeNumber),
  });
  file.set(utf8ToBytes(sha256Of(file)), DIGEST_START);
  return file;
}

/** @throws InvalidRequest where the bytes are damaged, or not a checkpoint of that job */
export function decodeCheckpoint(bytes: Uint8Array, { id, config }: Job): RunProgress {
  const { tensors, metadata } = decodeSafetensors({ name: "checkpoint", bytes });
  const blank = Uint8Array.from(bytes).fill(ZERO, DIGEST_START, DIGEST_START + DIGEST_LENGTH);
  if (metadata.sha256 !== sha256Of(blank))
    throw new InvalidRequest(
      "checkpoint: damaged, or not a checkpoint: its bytes do not have the SHA-256 in its metadata",
    );
  if (metadata.run !== id)
    throw new InvalidRequest(`checkpoint: of run ${inShort(metadata.run ?? "none")}, not of run ${id}`);
  const epoch = parseWhole(metadata.epoch ?? "");
  if (epoch === undefined || epoch < 0)
    throw new InvalidRequest(`checkpoint: epoch is ${inShort(metadata.epoch ?? "missing")}, not a whole number ≥ 0`);
  const seconds = readSeconds("seconds", metadata.seconds);
  const others = TIMES.flatMap((name) =>
    metadata[name] === undefined ? [] : [[name, readSeconds(name, metadata[name])]],
  );
  const results = readResults(metadata.results ?? "", epoch, config);
  return { state: { epoch, tensors }, results, seconds, ...Object.fromEntries(others) };
}

function readSeconds(name: string, written = "missing"): number {
  const seconds = parseNumber(written);
  if (seconds === undefined || seconds < 0)
    throw new InvalidRequest(`checkpoint: ${name} is ${inShort(written)}, not a number ≥ 0`);
  return seconds;
}

/** An array and its objects. */
const RESULT_LEVELS = 2;

function readResults(text: string, epoch: number, { epochs, evaluate }: RunConfig): EpochResult[] {
  const every = evaluate === "epoch";
  const due = every ? epoch : Number(epoch === epochs);
  try {
    const found = parseJson(text, RESULT_LEVELS);
    const results = Array.isArray(found) ? found.map(withNumbers) : [];
    if (results.length === due && results.every(isResult)) return results;
  } catch {
    // Text that is not JSON has no results.
  }
  throw new InvalidRequest(`checkpoint: its results are not ${due} of ${epoch} epochs`);

  function isResult(value: Partial<EpochResult>, index: number): value is EpochResult {
    const { trainLoss, testLoss, trainAccuracy, testAccuracy, testYes = 0 } = value;
    const numbers = [trainLoss, testLoss, trainAccuracy, testAccuracy, testYes];
    return value.epoch === (every ? index + 1 : epoch) && numbers.every((number) => typeof number === "number");
  }
}

/** JSON has no NaN, infinities or −0: they are written as strings. */
function writeNumber(_: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}

const SPELT: readonly unknown[] = ["NaN", "Infinity", "-Infinity", "-0"];

/** An object with the numbers that `writeNumber` wrote as strings. */
const withNumbers = (data: object): Partial<EpochResult> =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, SPELT.includes(value) ? Number(value) : value]),
  );
