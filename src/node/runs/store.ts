import { lstatSync } from "node:fs";
import { access, constants, lstat, readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { name, refuse } from "../../core/checks.js";
import { InvalidRequest } from "../../core/errors.js";
import type { RunEvaluation } from "../../core/inspection/evaluate-run.js";
import { type Annotations, checkAnnotations } from "../../core/runs/annotations.js";
import type { RunInTraining } from "../../core/runs/store-document.js";
import type { FinishedRun, RunRecord } from "../../core/training/run.js";
import type { EpochResult } from "../../core/training/train.js";
import { codeOf } from "../errors.js";
import { cannot, checkWritable, flushFolder, makeFolder, type NewFile, writeInOrder, writeWhole } from "../files.js";
import { readWithin, Unreadable } from "../read.js";
import { isTemporary, removeAbandoned, timeIn } from "../temporary.js";
import { encodeAllTestPairs, readAllTestPairs } from "./all-test-pairs.js";
import { encodeAnnotations, readAnnotations } from "./annotations.js";
import { setAside } from "./aside.js";
import type { StoredRuns } from "./catalogue.js";
import { checkRun } from "./check-run.js";
import { type Claim, type ClaimedRun, Claims, type Holder, nameOf } from "./claims.js";
import { encodeDocument, encodeEpochs, sealOf } from "./encode.js";
import { checkFormat, writeFormat } from "./format.js";
import type { DamagedRun, Found } from "./inspect.js";
import {
  ALL_TEST_PAIRS,
  ANNOTATIONS,
  CHECKPOINT,
  CLAIMS,
  EPOCHS,
  isRunId,
  MOST_BYTES,
  RECORD,
  THRESHOLDS,
  TRAINED_IMAGES,
  WEIGHTS,
} from "./layout.js";
import type { UsedRuns } from "./records.js";
import { resolveReference } from "./references.js";
import { removeRun } from "./remove.js";
import { encodeThresholds, type KeptThresholds, readThresholds } from "./thresholds.js";
import { encodeTrainedImages, readTrainedImages } from "./trained-images.js";

/** File times may be this coarse, or come from a clock that is this far off. */
const COARSE_MS = 1000;

/** Error codes of a change in a read-only store, or of a file of another user. */
const FORBIDDEN = new Set(["EROFS", "EACCES", "EPERM"]);

/** @throws InvalidRequest for anything that is not a run's id: it might lead out of the store */
function checkId(id: string): void {
  if (!isRunId(id)) refuse("a run's id", "16 digits of 0 to 9 and a to f", id);
}

/** Whether there is anything. A call that waits would make an error for what is not there, at the cost of ten such. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** A folder of runs. docs/files.md says what is in it and what holds when processes are killed or share it. */
export class RunStore {
  readonly #claims: Claims;
  #hasFormat = false;
  /** Milliseconds by which the file system's clock is ahead of this machine's. */
  #ahead: Promise<number> | undefined;

  /** @throws InvalidRequest if that is not a folder's name */
  constructor(readonly folder: string) {
    name(folder, "the run store's folder");
    this.#claims = new Claims(join(folder, CLAIMS));
  }

  /** @throws InvalidRequest if runs cannot be kept here; a store of a newer format is not touched. */
  async checkWritable(): Promise<void> {
    await this.#checkFormat();
    await checkWritable(this.folder);
    await this.#claims.removeDead();
  }

  /** Removes what killed processes left beside the runs, if that is permitted. */
  async clean(): Promise<void> {
    await this.#checkFormat();
    await removeAbandoned(this.folder);
    await this.#claims.removeDead();
  }

  /**
   * The finished run of that id, every byte checked; undefined if there is none, and what is wrong with it if it is
   * damaged.
   */
  async find(id: string): Promise<FinishedRun | DamagedRun | undefined> {
    const found = await this.#inspect(id);
    if (typeof found === "string") return undefined;
    if ("damage" in found) return found;
    return (await import("./inspect.js")).readRun(this.#of(id), found);
  }

  /**
   * The record of the finished run of that id, at the cost of two small files: its own digest and that of its epochs are checked,
   * and that its weights are as large as they were. Undefined if there is none, and what is wrong with it if it is damaged.
   */
  async record(id: string): Promise<RunRecord | DamagedRun | undefined> {
    const found = await this.#inspect(id);
    if (typeof found === "string") return undefined;
    if ("damage" in found) return found;
    return (await import("./inspect.js")).readFinished(this.#of(id), found);
  }

  /**
   * The right to train a run, or its holder. Release it when the run is saved or given up.
   *
   * @param run  how the claim describes it to others
   * @throws InvalidRequest if something is in the way
   */
  async claim(id: string, run?: ClaimedRun): Promise<Claim | Holder> {
    checkId(id);
    await this.#checkFormat();
    return this.#claims.take(id, run);
  }

  /** The runs that processes train or trained, by id: one look at a folder. */
  async claimed(): Promise<ReadonlySet<string>> {
    return new Set(await this.#claims.ids());
  }

  /** What living processes train in this store, by id. */
  async training(): Promise<RunInTraining[]> {
    await this.#checkFormat();
    return this.#claims.all();
  }

  /**
   * Moves what is in a run's place into `damaged/ID-N`. No other process may be training the run.
   *
   * @returns that folder
   */
  async setAside(id: string): Promise<string> {
    checkId(id);
    await this.#checkFormat();
    return setAside(this.folder, id);
  }

  /**
   * Makes sure that a run can be kept. Its folder may be there already, and another user's.
   *
   * @throws InvalidRequest if it cannot
   */
  async checkRunWritable(id: string): Promise<void> {
    if (await stat(this.#of(id)).catch(() => undefined)) await checkWritable(this.#of(id));
  }

  /** The saved state of an unfinished run. Anything that is not a file, or is too large, counts as empty, and no job accepts that. */
  async checkpoint(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const path = join(this.#of(id), CHECKPOINT);
    if (!(await stat(path).catch(() => undefined))) return undefined;
    try {
      return new Uint8Array(await readWithin(path, MOST_BYTES[CHECKPOINT]));
    } catch (error) {
      if (error instanceof Unreadable) return new Uint8Array();
      throw cannot(`read ${path}`, error, "make it readable, or name another run store");
    }
  }

  /** Keeps the state of an unfinished run. */
  async saveCheckpoint(id: string, checkpoint: Uint8Array): Promise<void> {
    await this.#begin(id);
    await writeWhole(join(this.#of(id), CHECKPOINT), checkpoint);
  }

  /**
   * Keeps a finished run, unless the store has it whole already.
   *
   * @returns the record that the store has now
   * @throws Error or InvalidRequest when it cannot be kept, though the folder could be written before; InvalidRequest for what is
   *   not a run as `runJob` gives it
   */
  async save(run: FinishedRun): Promise<RunRecord> {
    checkRun(run);
    const { record, weights } = run;
    const { id } = record;
    const there = await this.find(id);
    if (there && "record" in there) return there.record;
    if (there) await this.setAside(id);
    await this.#begin(id);
    const folder = this.#of(id);
    const epochs = new TextEncoder().encode(encodeEpochs(record.epochs));
    const document = encodeDocument(record, { [EPOCHS]: sealOf(epochs), [WEIGHTS]: sealOf(weights) });
    await writeInOrder([
      [join(folder, EPOCHS), epochs],
      [join(folder, WEIGHTS), weights],
      [join(folder, RECORD), document],
    ]);
    await this.#clear(id);
    return record;
  }

  /** What `saveEvaluation` kept of a finished run, if it is whole and of this number of pairs. */
  async evaluation(record: RunRecord, pairs: number): Promise<RunEvaluation | undefined> {
    await this.#checkFormat();
    return readAllTestPairs(this.#of(record.id), record, pairs);
  }

  /** Keeps beside a finished run how it does on all test pairs, where that is permitted: it can be measured again. */
  saveEvaluation(record: RunRecord, evaluation: RunEvaluation): Promise<void> {
    return this.#saveBeside(record, ALL_TEST_PAIRS, encodeAllTestPairs(record, evaluation));
  }

  /** What `saveThresholds` kept of a finished run, if it is whole. */
  async thresholds(record: RunRecord): Promise<KeptThresholds | undefined> {
    await this.#checkFormat();
    return readThresholds(this.#of(record.id), record);
  }

  /** Keeps beside a finished run the thresholds that validation pairs chose for it, where that is permitted. */
  saveThresholds(record: RunRecord, thresholds: KeptThresholds): Promise<void> {
    return this.#saveBeside(record, THRESHOLDS, encodeThresholds(record, thresholds));
  }

  /** The digests that `saveTrainedImages` kept of a finished run, if they are whole. */
  async trainedImages(record: RunRecord): Promise<ReadonlySet<string> | undefined> {
    await this.#checkFormat();
    return readTrainedImages(this.#of(record.id), record);
  }

  /**
   * Whether a finished run has none, and they may be written.
   *
   * @param checks  whether damaged ones count as none; otherwise their file is not read
   */
  async lacksTrainedImages(record: RunRecord, checks: boolean): Promise<boolean> {
    const folder = this.#of(record.id);
    const there = checks ? this.trainedImages(record) : stat(join(folder, TRAINED_IMAGES)).catch(() => undefined);
    if (await there) return false;
    return access(folder, constants.W_OK).then(
      () => true,
      () => false,
    );
  }

  /** Keeps beside a finished run the digests of the images that it trained on, where that is permitted. */
  saveTrainedImages(record: RunRecord, digests: ReadonlySet<string>): Promise<void> {
    return this.#saveBeside(record, TRAINED_IMAGES, encodeTrainedImages(record, digests));
  }

  /** The tags and the note of a run. @throws InvalidRequest if their file is not right */
  async annotations(id: string): Promise<Annotations> {
    await this.#checkFormat();
    return readAnnotations(this.#of(id));
  }

  /**
   * Keeps tags and notes beside runs, each in place of what the run had; without tags and a note, there is no file.
   *
   * @throws InvalidRequest if one is not right, or cannot be kept; nothing is written where one is not right
   */
  async annotate(changes: ReadonlyMap<string, Annotations>): Promise<void> {
    await this.#checkFormat();
    const [kept, empty]: [NewFile[], string[]] = [[], []];
    for (const [id, annotations] of changes) {
      checkAnnotations(annotations, `run ${id}`);
      const path = join(this.#of(id), ANNOTATIONS);
      if (annotations.tags.length > 0 || annotations.note) kept.push([path, encodeAnnotations(annotations)]);
      else empty.push(path);
    }
    await writeInOrder(kept);
    for (const path of empty)
      await rm(path, { force: true }).catch((error) => {
        throw cannot(`remove ${path}`, error, "see who may write there");
      });
  }

  async #saveBeside({ id }: RunRecord, file: string, text: string): Promise<void> {
    await this.#checkFormat();
    try {
      await writeWhole(join(this.#of(id), file), text);
      // What was not there may be what a killed process was writing.
      await this.#clear(id);
    } catch (error) {
      if (!(error instanceof InvalidRequest || FORBIDDEN.has(codeOf(error)))) throw error;
    }
  }

  /**
   * Makes a finished run the latest, and removes what a killed process may have left beside it; in a store that may only be
   * read, or with another user's files, as far as that is permitted.
   *
   * @param after  does nothing to a run that was trained or asked for in these last milliseconds
   */
  async touch(id: string, after = 0): Promise<void> {
    const now = await this.#now();
    if (after > 0) {
      const file = await stat(join(this.#of(id), RECORD)).catch(() => undefined);
      if (file && now.getTime() - file.mtimeMs < after) return;
    }
    const changes = [utimes(join(this.#of(id), RECORD), now, now), this.#clear(id)];
    const permitted = changes.map((change) =>
      change.catch((error) => {
        if (!FORBIDDEN.has(codeOf(error))) throw cannot(`use run ${id} in ${this.folder}`, error, "train it again");
      }),
    );
    await Promise.all(permitted);
  }

  /**
   * The records of all finished runs without their epochs, and what else there is. Each record's digest is checked, and the
   * sizes of the run's other files.
   */
  async records(): Promise<StoredRuns> {
    const { used: _, ...runs } = await this.usedRuns();
    return runs;
  }

  /** As `records`, with the time when each finished run was trained or asked for last. */
  async usedRuns(): Promise<UsedRuns> {
    await this.#checkFormat();
    return (await import("./records.js")).readRecords(this.folder, this.#claims);
  }

  /**
   * What a finished run was after each evaluated epoch.
   *
   * @throws InvalidRequest when the run is not there or damaged
   */
  async epochs(id: string): Promise<readonly EpochResult[]> {
    const found = await this.#inspect(id);
    if (typeof found === "string") throw new InvalidRequest(`there is no run ${id} in ${this.folder}: train it first`);
    const epochs = "damage" in found ? found : await (await import("./inspect.js")).readEpochs(this.#of(id), found);
    if ("damage" in epochs) throw new InvalidRequest(`${epochs.damage}: train it again`);
    return epochs;
  }

  /**
   * Deletes runs, also unfinished and damaged ones; either all or none.
   *
   * @throws InvalidRequest if one is not there, or is being trained
   */
  async remove(ids: readonly string[]): Promise<void> {
    await this.#checkFormat();
    const claims: Claim[] = [];
    try {
      for (const id of new Set(ids)) {
        if (!isRunId(id) || !(await lstat(this.#of(id)).catch(() => undefined)))
          throw new InvalidRequest(`there is no run ${id} in ${this.folder}: give the whole id of one that is there`);
        const claim = await this.#claimToRemove(id);
        if (claim && !("release" in claim))
          throw new InvalidRequest(`run ${id} is being trained by ${nameOf(claim)}: interrupt it, or wait for it`);
        if (claim) claims.push(claim);
      }
      for (const id of new Set(ids)) await removeRun(this.#of(id));
    } finally {
      for (const claim of claims) await claim.release();
    }
  }

  /** A full disk has no room for a claim, and deleting must still work there. */
  async #claimToRemove(id: string): Promise<Claim | Holder | undefined> {
    try {
      return await this.claim(id);
    } catch (error) {
      if (error instanceof InvalidRequest) throw error;
      return this.#claims.holder(id);
    }
  }

  /**
   * The run that a reference means: an id, its unambiguous beginning, or `latest`.
   *
   * @throws InvalidRequest when it means none or several, or the run is damaged.
   */
  async resolve(reference: string): Promise<FinishedRun> {
    name(reference, "a run's id, its beginning, or latest");
    await this.#checkFormat();
    const id = await resolveReference(this.folder, reference);
    const run = await this.find(id);
    if (!run) throw new InvalidRequest(`run ${id} is not finished: train it first`);
    if ("damage" in run) throw new InvalidRequest(`${run.damage}: train it again`);
    return run;
  }

  async #inspect(id: string): Promise<Found> {
    await this.#checkFormat();
    const folder = this.#of(id);
    // The code that checks a record takes 0.2 s to load, so most commands start without it.
    if (!isThere(folder)) return "nothing";
    return (await import("./inspect.js")).inspectRun(folder, id);
  }

  /** Makes sure that the store and a run's folder are there. */
  async #begin(id: string): Promise<void> {
    const hasFormat = await this.#checkFormat();
    try {
      await makeFolder(this.#of(id));
      await flushFolder(this.folder);
    } catch (error) {
      throw cannot(`write in ${this.#of(id)}`, error, "name another run store");
    }
    if (!hasFormat) await writeFormat(this.folder);
    this.#hasFormat = true;
  }

  /** By the clock that gives saved runs their times: a machine whose own clock is ahead would make its runs the latest until that time. */
  async #now(): Promise<Date> {
    this.#ahead ??= timeIn(this.folder).then(
      (time) => (Math.abs(time - Date.now()) < COARSE_MS ? 0 : time - Date.now()),
      () => 0,
    );
    return new Date(Date.now() + (await this.#ahead));
  }

  /** Removes what a finished run no longer needs, and what killed processes left. */
  async #clear(id: string): Promise<void> {
    const folder = this.#of(id);
    const names: readonly string[] = await readdir(folder).catch(() => []);
    if (names.includes(CHECKPOINT)) await rm(join(folder, CHECKPOINT), { recursive: true, force: true });
    if (names.some(isTemporary)) await removeAbandoned(folder);
  }

  async #checkFormat(): Promise<boolean> {
    this.#hasFormat ||= await checkFormat(this.folder);
    return this.#hasFormat;
  }

  #of(id: string): string {
    checkId(id);
    return join(this.folder, id);
  }
}
