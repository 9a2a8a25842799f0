import { createHash } from "node:crypto";
import { InvalidRequest } from "../../../core/errors.js";
import { encodeOnnx, type OnnxOptions } from "../../../core/formats/onnx/encode-onnx.js";
import { divergedInWords } from "../../../core/training/divergence.js";
import type { FinishedRun } from "../../../core/training/run.js";
import { writeWhole } from "../../files.js";
import { RunStore } from "../../runs/store.js";
import type { KeptThresholds } from "../../runs/thresholds.js";
import type { ImageArguments } from "../options.js";
import { remark } from "../terminal/output.js";
import { type FileOptions, requireRunName, runOfFile } from "./run-of-file.js";

type Format = "safetensors" | "onnx";
type Part = NonNullable<OnnxOptions["part"]>;

export interface ExportOptions extends ImageArguments {
  /** By default what `out` ends in says it. */
  readonly format?: Format | undefined;
  readonly part: Part;
  readonly out: string;
  readonly runs: string;
  readonly quiet?: true;
}

/** `pairlab export`: copies a run's weights out of the store, or writes a network as an ONNX file: a run's, or that of a file of weights. */
export async function exportNetwork(reference: string, options: ExportOptions, file?: FileOptions): Promise<void> {
  const { part, out, quiet } = options;
  const format = options.format ?? (out.toLowerCase().endsWith(".onnx") ? "onnx" : "safetensors");
  if (!file) requireRunName(reference);
  else if (format !== "onnx")
    throw new InvalidRequest(`${reference} has the weights already: add --format onnx for the network`);
  if (part !== "whole" && format !== "onnx")
    throw new InvalidRequest(`--part ${part} is of a network, and ${format} has weights alone: add --format onnx`);
  const { bytes, title } = file ? await ofFile(reference, options, file) : await ofRun(reference, format, options);
  await writeWhole(out, bytes);
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (!quiet) remark(`${out}: ${title}, SHA-256 ${digest}`);
}

/** What is written, and of what it is. */
interface Exported {
  readonly bytes: Uint8Array;
  readonly title: string;
}

async function ofFile(path: string, options: ExportOptions, asFile: FileOptions): Promise<Exported> {
  const { run, file } = await runOfFile(path, asFile, options);
  return {
    bytes: encodeOnnx(run, { part: options.part }),
    title: `${asFile.architecture}, weights of ${file.name}`,
  };
}

async function ofRun(reference: string, format: Format, { part, runs }: ExportOptions): Promise<Exported> {
  const store = new RunStore(runs);
  const run = await store.resolve(reference);
  const { record, weights } = run;
  const bytes = format === "onnx" ? onnxOf(run, await store.thresholds(record), part) : weights;
  if (record.diverged)
    remark(
      `run ${record.id} ${divergedInWords(record.diverged)}; these are its weights at that step, not those of a trained network`,
    );
  return { bytes, title: `${record.architecture}, seed ${record.seed}, run ${record.id}` };
}

function onnxOf(run: FinishedRun, kept: KeptThresholds | undefined, part: Part): Uint8Array {
  const thresholds = (kept?.chosen ?? []).flatMap(({ aim, threshold }) =>
    threshold === null ? [] : [[aim === "far" ? `far_${kept?.falseAcceptRate}` : aim, threshold]],
  );
  return encodeOnnx(run, { thresholds: Object.fromEntries(thresholds), part });
}
