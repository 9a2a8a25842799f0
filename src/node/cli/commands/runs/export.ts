import { join } from "node:path";
import { InvalidRequest } from "../../../../core/errors.js";
import { type CsvCell, csv } from "../../../../core/formats/csv.js";
import { encodeEventFile } from "../../../../core/formats/event-file.js";
import { stringifyJson } from "../../../../core/formats/json.js";
import { type Annotations, NO_ANNOTATIONS } from "../../../../core/runs/annotations.js";
import { flatten } from "../../../../core/runs/flat.js";
import { count } from "../../../../core/text/format.js";
import { errorOf, type RunRecord } from "../../../../core/training/run.js";
import { checkWritable, writeWhole } from "../../../files.js";
import { annotationsIn } from "../../../runs/annotations.js";
import { listStore } from "../../../runs/listing.js";
import { RunStore } from "../../../runs/store.js";
import { savedAt } from "../../../runs/times.js";
import { remark } from "../../terminal/output.js";
import { DIVERGED, saidOf } from "./documents.js";
import { inWords, type Selection, selectRuns } from "./selection.js";

export interface ExportRunsOptions extends Selection {
  readonly format: "csv" | "jsonl" | "tensorboard";
  readonly out: string;
  readonly runs: string;
  readonly quiet?: true | undefined;
}

/** A run with what is known of it beside its record. */
interface ExportedRun {
  readonly record: RunRecord;
  readonly said: Annotations;
  /** When it was kept, in seconds since 1970. */
  readonly saved: number;
}

/** `pairlab runs export`: runs with their epochs, for other programs. */
export async function exportRuns(options: ExportRunsOptions): Promise<void> {
  const { format, out, quiet } = options;
  const runs = await read(options);
  if (format === "tensorboard") await writeEvents(out, runs);
  else await writeWhole(out, format === "csv" ? epochsCsv(runs) : jsonLines(runs));
  const epochs = runs.reduce((sum, { record }) => sum + record.epochs.length, 0);
  const counted = (n: number, noun: string) => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;
  if (!quiet) remark(`${out}: ${counted(runs.length, "run")}, ${counted(epochs, "epoch")}`);
}

async function read(options: ExportRunsOptions): Promise<ExportedRun[]> {
  const store = new RunStore(options.runs);
  const { folder } = store;
  const { groups, damaged } = await listStore(store, (all) => selectRuns(all, options, folder));
  const documents = groups.flatMap(({ records }) => records);
  if (documents.length === 0)
    throw new InvalidRequest(`there are no runs in ${folder}${inWords(options)}: pairlab runs lists what is there`);
  if (damaged.length > 0)
    remark(`${damaged.length === 1 ? "a damaged run is" : `${damaged.length} damaged runs are`} left out`);
  const ids = documents.map(({ id }) => id);
  const { byId, unreadable } = annotationsIn(folder, ids);
  for (const line of unreadable) remark(line);
  const saved = savedAt(folder, ids);
  const runs: ExportedRun[] = [];
  for (const { files: _, seconds, weightsSha256, ...before } of documents) {
    const { id } = before;
    const record = { ...before, epochs: await store.epochs(id), seconds, weightsSha256 };
    runs.push({ record, said: byId.get(id) ?? NO_ANNOTATIONS, saved: (saved.get(id) ?? 0) / 1000 });
  }
  return runs;
}

/**
 * A line for each run and evaluated epoch. A run that diverged before its first has one line without an epoch, so that no run is
 * lost. In pieces: of many runs, it may be longer than a string can be.
 */
function epochsCsv(runs: readonly ExportedRun[]): Buffer {
  const settings = runs.map(({ record }) => flatten(record.config));
  const keys = [...new Set(settings.flatMap((each) => [...each.keys()]))];
  const isSaid = runs.some(({ said }) => said !== NO_ANNOTATIONS);
  const lost = runs.some(({ record }) => record.diverged) ? DIVERGED : [];
  const head = [
    ...["id", "architecture", "seed"],
    ...keys,
    ...(isSaid ? ["tags", "note"] : []),
    ...lost.map((name) => `diverged.${name}`),
    ...["epoch", "trainLoss", "testLoss", "trainError", "testError"],
  ];
  const pieces = [csv([head])];
  for (const [i, { record, said }] of runs.entries()) {
    const { id, architecture, seed, diverged } = record;
    const ofRun: CsvCell[] = [
      ...[id, architecture, seed],
      ...keys.map((key) => settings[i]?.get(key)),
      ...(isSaid ? [said.tags.join(" "), said.note] : []),
      ...lost.map((name) => diverged?.[name]),
    ];
    const epochs: CsvCell[][] = epochsOf(record).map((each) => Object.values(each));
    pieces.push(csv((epochs.length > 0 ? epochs : [Array(5).fill("")]).map((cells) => [...ofRun, ...cells])));
  }
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
}

/** A run's epochs with errors, fractions of pairs, as a record has them. */
const epochsOf = ({ epochs, config: { trainPairs, testPairs } }: RunRecord) =>
  epochs.map(({ epoch, trainLoss, testLoss, trainAccuracy, testAccuracy }) => ({
    epoch,
    trainLoss,
    testLoss,
    trainError: errorOf(trainAccuracy, trainPairs),
    testError: errorOf(testAccuracy, testPairs),
  }));

/** What `runs show --json` prints of each run, on a line of its own. */
const jsonLines = (runs: readonly ExportedRun[]): Buffer =>
  Buffer.concat(runs.map(({ record, said }) => Buffer.from(`${stringifyJson({ ...record, ...saidOf(said) })}\n`)));

/** One name for every export, so that a later one takes the place of an earlier. TensorBoard reads files whose names have "tfevents". */
const EVENTS = "events.out.tfevents.0000000000.pairlab";

/** A folder for each run, with an event file in it. */
async function writeEvents(folder: string, runs: readonly ExportedRun[]): Promise<void> {
  await checkWritable(folder);
  for (const { record, saved } of runs) {
    const { id, architecture, seed, config } = record;
    // A record from elsewhere may have any name: it must not lead out of the folder.
    const own = join(folder, `${architecture.replaceAll(/[^A-Za-z0-9+_-]/g, "_")}-seed-${seed}-${id}`);
    await checkWritable(own);
    const steps = epochsOf(record).map(({ epoch, trainLoss, testLoss, trainError, testError }) => ({
      step: epoch,
      scalars: {
        "loss/train": trainLoss,
        [`loss/${config.evaluateOn}`]: testLoss,
        "error/train": trainError,
        [`error/${config.evaluateOn}`]: testError,
      },
    }));
    await writeWhole(join(own, EVENTS), encodeEventFile(steps, saved));
  }
}
