import { createHash } from "node:crypto";
import { InvalidRequest } from "../../../core/errors.js";
import { encodeOnnx } from "../../../core/formats/onnx/encode-onnx.js";
import { divergedInWords } from "../../../core/training/divergence.js";
import type { FinishedRun } from "../../../core/training/run.js";
import { writeWhole } from "../../files.js";
import { RunStore } from "../../runs/store.js";
import type { KeptThresholds } from "../../runs/thresholds.js";
import { remark } from "../terminal/output.js";

export interface ExportOptions {
  readonly format: "safetensors" | "onnx";
  readonly part?: "trunk";
  readonly out: string;
  readonly runs: string;
  readonly quiet?: true;
}

/** `pairlab export`: copies a run's weights out of the store, or writes its network as an ONNX file. */
export async function exportRun(reference: string, options: ExportOptions): Promise<void> {
  const { format, part, out, runs, quiet } = options;
  if (part && format !== "onnx")
    throw new InvalidRequest(`--part ${part} is of a network, and ${format} has weights alone: add --format onnx`);
  const store = new RunStore(runs);
  const run = await store.resolve(reference);
  const { record, weights } = run;
  const bytes = format === "onnx" ? onnxOf(run, await store.thresholds(record), part) : weights;
  await writeWhole(out, bytes);
  if (record.diverged)
    remark(
      `run ${record.id} ${divergedInWords(record.diverged)}; these are its weights at that step, not those of a trained network`,
    );
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (!quiet) remark(`${out}: ${record.architecture}, seed ${record.seed}, run ${record.id}, SHA-256 ${digest}`);
}

function onnxOf(run: FinishedRun, kept: KeptThresholds | undefined, part: ExportOptions["part"]): Uint8Array {
  const thresholds = (kept?.chosen ?? []).flatMap(({ aim, threshold }) =>
    threshold === null ? [] : [[aim === "far" ? `far_${kept?.falseAcceptRate}` : aim, threshold]],
  );
  return encodeOnnx(run, { thresholds: Object.fromEntries(thresholds), ...(part && { part }) });
}
