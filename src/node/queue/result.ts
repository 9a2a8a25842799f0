import { decodeSafetensors, encodeSafetensors } from "../../core/formats/index.js";
import type { FinishedRun, Job } from "../../core/index.js";
import { checkRun } from "../runs/check-run.js";
import { decodeDocument, decodeEpochs, Invalid, type KnownConfigs } from "../runs/decode.js";
import { encodeDocument, encodeEpochs, sealOf } from "../runs/encode.js";
import { EPOCHS, WEIGHTS } from "../runs/layout.js";
import { MOST_NAME } from "./protocol.js";

/** The parts of a result's metadata that are not its weights' own. */
const OWN = ["pairlab_record", "pairlab_epochs", "pairlab_host"] as const;

/** A run as a queue carries it: the safetensors file of its weights, with its record as the store writes it. */
export function encodeResult({ record, weights }: FinishedRun, host: string): Buffer<ArrayBuffer> {
  const epochs = encodeEpochs(record.epochs);
  const seals = {
    [EPOCHS]: sealOf(new TextEncoder().encode(epochs)),
    [WEIGHTS]: { bytes: weights.length, sha256: record.weightsSha256 },
  };
  return withMetadata(weights, {
    pairlab_record: encodeDocument(record, seals),
    pairlab_epochs: epochs,
    pairlab_host: host,
  });
}

/** Bytes of the header's length, and what the header's own length is a multiple of. */
const LENGTH_BYTES = 8;

/** A file as `encodeSafetensors` writes it with more metadata. The tensors' bytes are not looked at. */
function withMetadata(file: Uint8Array, more: Readonly<Record<string, string>>): Buffer<ArrayBuffer> {
  const before = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const data = LENGTH_BYTES + Number(before.readBigUInt64LE());
  const { __metadata__: own, ...tensors } = JSON.parse(before.toString("utf8", LENGTH_BYTES, data));
  const header = JSON.stringify({ __metadata__: { ...own, ...more }, ...tensors });
  const length = Math.ceil(Buffer.byteLength(header) / LENGTH_BYTES) * LENGTH_BYTES;
  const whole = Buffer.alloc(LENGTH_BYTES + length + before.length - data, " ");
  whole.writeBigUInt64LE(BigInt(length));
  whole.write(header, LENGTH_BYTES);
  before.copy(whole, LENGTH_BYTES + length, data);
  return whole;
}

/** A run, and the machine that trained it. */
export interface Result {
  readonly run: FinishedRun;
  readonly host: string;
}

/**
 * The run that a worker gave for a job.
 *
 * @param known  configurations of other results, which need not be checked again
 * @throws Error with one line where it is not that job's, or its weights are not those that its record names
 */
export function decodeResult(bytes: Uint8Array, job: Job, known: KnownConfigs = new Map()): Result {
  const { tensors, metadata } = decodeSafetensors({ name: "the result", bytes });
  const { pairlab_record: text = "", pairlab_epochs: lines = "", pairlab_host: host = "" } = metadata;
  if (host.length > MOST_NAME) throw new Invalid(`has a host of ${host.length} characters`);
  const own = Object.fromEntries(Object.entries(metadata).filter(([name]) => !OWN.some((each) => each === name)));
  const weights = encodeSafetensors(tensors, own);
  const { document } = decodeDocument(Buffer.from(text), job.id, known);
  const { files, seconds, weightsSha256, ...before } = document;
  const epochs = decodeEpochs(lines, document.diverged ? 0 : 1);
  if (sealOf(new TextEncoder().encode(lines)).sha256 !== files[EPOCHS].sha256)
    throw new Invalid("has epochs that are not its record's");
  const run = { record: { ...before, epochs, seconds, weightsSha256 }, weights };
  // The id is that of its configuration, and the digest that of its weights.
  checkRun(run);
  // What has no part in an id is as the submitter has it, such as the images' name.
  return { run: { ...run, record: { ...run.record, config: job.config } }, host };
}
