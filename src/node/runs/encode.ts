import { createHash } from "node:crypto";
import { stringifyJson } from "../../core/formats/json.js";
import type { RunRecord, RunSummary } from "../../core/training/run.js";
import type { EpochResult } from "../../core/training/train.js";
import type { EPOCHS, WEIGHTS } from "./layout.js";

/** What a file has to be. */
export interface FileSeal {
  readonly bytes: number;
  readonly sha256: string;
}

/** What `run.json` says: the record without its epochs, and what checks the other files. */
export interface RunDocument extends RunSummary {
  readonly files: { readonly [name in typeof EPOCHS | typeof WEIGHTS]: FileSeal };
}

export const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

export const sealOf = (data: Uint8Array): FileSeal => ({ bytes: data.byteLength, sha256: sha256(data) });

/** The two lines that close `run.json` and other files with a digest. The digest is the SHA-256 of all the bytes before them. */
export const closing = (digest: string): string => `  "digest": "${digest}"\n}\n`;

/** A JSON object's text with its digest. */
export function sealed(fields: object): string {
  const body = `${JSON.stringify(fields, null, 2).slice(0, -"\n}".length)},\n`;
  return body + closing(sha256(body));
}

/** `run.json`'s text. Every run that did not diverge is marked as finite: earlier versions, which continued training, did not do that. */
export const encodeDocument = ({ epochs: _, ...summary }: RunRecord, files: RunDocument["files"]): string =>
  sealed({ ...summary, ...(!summary.diverged && { finite: true }), files });

/** `epochs.jsonl`'s text: an evaluated epoch on each line. */
export const encodeEpochs = (epochs: readonly EpochResult[]): string =>
  epochs.map((epoch) => `${stringifyJson(epoch)}\n`).join("");
