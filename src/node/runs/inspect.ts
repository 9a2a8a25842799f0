import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import type { EpochResult, FinishedRun, RunRecord } from "../../core/index.js";
import { divergedIn, lostEpoch } from "../../core/training/record-json.js";
import { codeOf } from "../errors.js";
import { cannot } from "../files.js";
import { readWithin, Unreadable } from "../read.js";
import { decodeDocument, decodeEpochs, Invalid, type KnownConfigs } from "./decode.js";
import { type RunDocument, sha256 } from "./encode.js";
import { CHECKPOINT, EPOCHS, MOST_BYTES, RECORD, WEIGHTS } from "./layout.js";

/** One line that says why a run is not whole. */
export interface DamagedRun {
  readonly damage: string;
}

/** What a run's folder holds. */
export type Found = "nothing" | "unfinished" | DamagedRun | RunDocument;

const READABLE = "make it readable, or name another run store";
const ALL_THERE_IS = { throwIfNoEntry: false } as const;
const NOTHING = new Set(["ENOENT", "ENOTDIR"]);
/** Folders, pipes, sockets and links in circles. */
const NO_FILE = new Set(["EISDIR", "ESPIPE", "EAGAIN", "ENXIO", "ELOOP"]);
/** More than any record has. */
const buffer = Buffer.alloc(2 ** 20);

/**
 * What a run's folder holds: `run.json` checked by its digest, the other files only by their sizes. System calls are
 * synchronous: thousands of runs are read three times as fast.
 *
 * @throws if a file may not be read
 */
export function inspectRun(folder: string, id: string, known: KnownConfigs = new Map()): Found {
  const path = join(folder, RECORD);
  try {
    const bytes = readRecord(path);
    if (!bytes) return withoutRecord(folder);
    const { document, isMarked } = decodeDocument(bytes, id, known);
    for (const name of [EPOCHS, WEIGHTS] as const) {
      const file = statSync(join(folder, name), ALL_THERE_IS);
      if (!file) return { damage: `${join(folder, name)} is missing` };
      if (!file.isFile()) return { damage: `${join(folder, name)} is not a file` };
      const { bytes } = document.files[name];
      if (file.size !== bytes)
        return { damage: `${join(folder, name)} has ${file.size} bytes, not the ${bytes} that ${RECORD} names` };
    }
    return isMarked ? document : asDiverged(folder, document);
  } catch (error) {
    if (error instanceof Invalid) return { damage: `${path} ${error.message}` };
    throw cannot(`read ${folder}`, error, READABLE);
  }
}

/** Losses that are not numbers, and those of eight digits and more. */
const SUSPICIOUS = /Loss":(?:[^\d-]|\d{8}|[\d.]+e\+)/;

/** The document of a run of an earlier version, which may have diverged without a mark. */
function asDiverged(folder: string, document: RunDocument): RunDocument {
  const text = readFileSync(join(folder, EPOCHS), "latin1");
  // Epochs that are not the run's say nothing about it.
  if (!SUSPICIOUS.test(text) || sha256(Buffer.from(text, "latin1")) !== document.files[EPOCHS].sha256) return document;
  try {
    const lost = lostEpoch(decodeEpochs(text, 1));
    return lost ? { ...document, ...divergedIn(lost) } : document;
  } catch (error) {
    // An error in them is reported when they are used.
    if (error instanceof Invalid) return document;
    throw error;
  }
}

function readRecord(path: string): Buffer | undefined {
  let file: number;
  try {
    // A named pipe in the way is not waited for.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (NOTHING.has(codeOf(error))) return undefined;
    throw NO_FILE.has(codeOf(error)) ? new Invalid("is not a file") : error;
  }
  try {
    if (!fstatSync(file).isFile()) throw new Invalid("is not a file");
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
  } catch (error) {
    throw NO_FILE.has(codeOf(error)) ? new Invalid("is not a file") : error;
  } finally {
    closeSync(file);
  }
}

function withoutRecord(folder: string): Found {
  const there = statSync(folder, ALL_THERE_IS);
  if (!there) return lstatSync(folder, ALL_THERE_IS) ? { damage: `${folder} is a link that leads nowhere` } : "nothing";
  if (!there.isDirectory()) return { damage: `${folder} is not a folder` };
  const names = readdirSync(folder);
  if (names.includes(CHECKPOINT)) return "unfinished";
  const left = [EPOCHS, WEIGHTS].find((name) => names.includes(name));
  return left ? { damage: `${folder} has ${left} but no ${RECORD}` } : "nothing";
}

/** A run's evaluated epochs, as far as it did not diverge, or what is wrong with them. */
export async function readEpochs(folder: string, document: RunDocument): Promise<readonly EpochResult[] | DamagedRun> {
  const path = join(folder, EPOCHS);
  const bytes = await readSealed(folder, EPOCHS, document);
  if ("damage" in bytes) return bytes;
  try {
    const epochs = decodeEpochs(new TextDecoder().decode(bytes), document.diverged ? 0 : 1);
    const lost = lostEpoch(epochs);
    return lost ? epochs.slice(0, epochs.indexOf(lost)) : epochs;
  } catch (error) {
    if (error instanceof Invalid) return { damage: `${path} ${error.message}` };
    throw error;
  }
}

/** The whole record of a run with its epochs, each byte checked, or what is wrong with it. Its weights are not read. */
export async function readFinished(folder: string, document: RunDocument): Promise<RunRecord | DamagedRun> {
  const epochs = await readEpochs(folder, document);
  if ("damage" in epochs) return epochs;
  const { files: _, seconds, weightsSha256, ...before } = document;
  return { ...before, epochs, seconds, weightsSha256 };
}

/** The run that a record stands for, each byte checked, or what is wrong with it. */
export async function readRun(folder: string, document: RunDocument): Promise<FinishedRun | DamagedRun> {
  const record = await readFinished(folder, document);
  if ("damage" in record) return record;
  const weights = await readSealed(folder, WEIGHTS, document);
  return "damage" in weights ? weights : { record, weights };
}

/** A file with the digest that the record names. */
async function readSealed(
  folder: string,
  name: typeof EPOCHS | typeof WEIGHTS,
  { files }: RunDocument,
): Promise<Uint8Array<ArrayBuffer> | DamagedRun> {
  const path = join(folder, name);
  const bytes = await readWithin(path, MOST_BYTES[name]).catch((error) => {
    if (NOTHING.has(codeOf(error))) return { damage: `${path} is missing` };
    if (error instanceof Unreadable) return { damage: `${path} ${error.message}` };
    throw cannot(`read ${path}`, error, READABLE);
  });
  if ("damage" in bytes) return bytes;
  if (sha256(bytes) !== files[name].sha256) return { damage: `${path} does not have the SHA-256 that ${RECORD} names` };
  return new Uint8Array(bytes);
}
