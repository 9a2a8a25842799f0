import type { Worker } from "node:worker_threads";
import { imageOptionTexts } from "../../../core/data/image-options.js";
import { asked } from "../../../core/data/relations.js";
import { InvalidRequest } from "../../../core/errors.js";
import { type PairMeasures, type PairsToMeasure, pairsToMeasure } from "../../../core/inspection/index.js";
import { type ThresholdsBefore, unseenPairsToMeasure } from "../../../core/inspection/measure-run.js";
import {
  classPairsTable,
  measureSentences,
  measuresTable,
  thresholdsTable,
} from "../../../core/inspection/measure-words.js";
import { relationOf, shapeOf } from "../../../core/training/job.js";
import type { FinishedRun } from "../../../core/training/run.js";
import type { Dataset } from "../../data/dataset.js";
import { type DatasetOptions, loadDataset } from "../../data/load-dataset.js";
import { checkWritable } from "../../files.js";
import { loadKernels } from "../../kernels.js";
import { RunStore } from "../../runs/store.js";
import type { KeptThresholds } from "../../runs/thresholds.js";
import { measureAnswers } from "../../workers/threads.js";
import { REPORT_PARTS } from "../experiments.js";
import { type ImageArguments, imagesAsked } from "../options.js";
import { print, printJson, remark } from "../terminal/output.js";
import { decodingProgress } from "../terminal/progress/index.js";
import { showSentences, showTable } from "../terminal/show.js";

export type EvaluateOptions = ImageArguments & {
  readonly pairs?: number;
  readonly worst?: number;
  readonly out?: string;
  readonly runs: string;
  readonly json?: true;
  readonly quiet?: true;
};

/** `pairlab evaluate`: has a thread measure a run's network, and writes what it found into a report's folder where one is named. */
export async function evaluate(reference: string, options: EvaluateOptions, threads: readonly Worker[]): Promise<void> {
  try {
    await evaluateIn(threads[0] as Worker, reference, options);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

async function evaluateIn(thread: Worker, reference: string, options: EvaluateOptions): Promise<void> {
  const { pairs: count, worst, out, runs, data, json, quiet } = options;
  if (worst !== undefined && out === undefined)
    throw new InvalidRequest("--worst writes a picture into the report's folder: name it with --out");
  const store = new RunStore(runs);
  const run = await store.resolve(reference);
  const { record } = run;
  const counts = count === undefined ? {} : { pairs: count };
  const dataset = await imagesFor(record, options);
  requireOwn(run, dataset, data);
  requireQuestion(run, dataset);
  const others = record.config.dataset.sha256 !== dataset.identity.sha256;
  const pairs = others
    ? unseenPairsToMeasure(record, dataset, counts, chosenBefore(await store.thresholds(record)))
    : pairsToMeasure(record, dataset, counts);
  const names = dataset.identity.classes;
  const kernels = loadKernels(record.config.engine.simd);
  if (out !== undefined) await checkWritable(out);
  const { signal } = new AbortController();
  const measured = { run, toMeasure: pairs, options: worst === undefined ? {} : { worst }, kernels };
  const patience = setTimeout(() => {
    if (!quiet)
      remark(`measuring ${pairs.test.count} test pairs, and ${pairs.validation?.count ?? 0} validation pairs …`);
  }, LONG_MS);
  const measures = await measureAnswers(thread, measured, signal).finally(() => clearTimeout(patience));
  if (!others && count === undefined && measures.thresholds)
    await store.saveThresholds(record, keptOf(measures.thresholds));
  if (out !== undefined) await writePart(out, run, measures, { pairs, names }, options);
  if (json) printJson({ run: record.id, dataset: dataset.identity, ...measures });
  else show(run, measures, names);
  if (others && !quiet)
    remark(
      `run ${record.id} was trained on ${record.config.dataset.name}; these are other images. Those that it was trained on, if there are some among them, make its error too low`,
    );
  if (out !== undefined && !quiet && !json) {
    remark("");
    remark(`${out}/report.html has ${worst === undefined ? "the figure" : "the figures"}`);
  }
}

const chosenBefore = (kept: KeptThresholds | undefined): ThresholdsBefore | undefined =>
  kept && {
    ...kept,
    chosen: kept.chosen.map(({ aim, threshold }) => ({ aim, threshold: threshold ?? Number.POSITIVE_INFINITY })),
  };

/** What `ask` says later. */
const keptOf = ({
  validationPairs,
  falseAcceptRate,
  chosen,
}: NonNullable<PairMeasures["thresholds"]>): KeptThresholds => ({
  ...{ validationPairs, falseAcceptRate },
  chosen: chosen.map(({ aim, ...rates }) => {
    const known = (value: number) => (Number.isFinite(value) ? value : null);
    const { threshold, falseAcceptRate: far, falseRejectRate: frr, error } = rates;
    return {
      aim,
      threshold: known(threshold),
      falseAcceptRate: known(far),
      falseRejectRate: known(frr),
      error: known(error),
    };
  }),
});
/** @throws InvalidRequest where the answers of other pairs are not those that a run has learned to give */
function requireQuestion({ record }: FinishedRun, { identity: { listed, name } }: Dataset): void {
  const { id, config } = record;
  const own = relationOf(config);
  const isMatch = own.name === "equal" && listed?.relation === "listed-match";
  if (own.listed && !listed)
    throw new InvalidRequest(
      `run ${id} learned from a list of pairs, and ${name} is none: give it a list with answers`,
    );
  if (listed && listed.relation !== own.name && !isMatch)
    throw new InvalidRequest(`run ${id} was asked ${asked(own)}, and ${name} answers another question`);
}

/** What the measured images' classes are called, where they have names. */
type ClassNames = readonly string[] | undefined;

/** Who waits longer is told for what. */
const LONG_MS = 3000;

/** Images as those that a run was trained on: prepared as they were, where nothing else is asked for. */
async function imagesFor({ config }: FinishedRun["record"], options: EvaluateOptions): Promise<Dataset> {
  const { data, quiet } = options;
  const own = config.dataset;
  const { height, width, channels } = shapeOf(own);
  const { fit, classes } = own;
  const asTrained: DatasetOptions =
    data === undefined ? {} : { size: { height, width }, colour: channels === 3 ? "rgb" : "grey", ...(fit && { fit }) };
  const asked = Object.fromEntries(Object.entries(imagesAsked(options)).filter(([, value]) => value !== undefined));
  const progress = decodingProgress(quiet === true);
  const load = (more: DatasetOptions) =>
    loadDataset(data, { ...asTrained, ...asked, ...more, onProgress: progress.show }).finally(progress.end);
  const dataset = await load({});
  if (dataset.identity.sha256 === own.sha256) return dataset;
  // Other pictures lie on the run's background, and their classes have its numbers where it knows them.
  const known = dataset.identity.classes?.every((name) => classes?.includes(name));
  const background = own.background ?? new Array(channels).fill(0);
  return "about" in dataset ? load({ background, ...(known && classes && { allClasses: classes }) }) : dataset;
}

/** @throws InvalidRequest where no images are named and the run was not trained on the package's */
function requireOwn({ record }: FinishedRun, { identity }: Dataset, data: string | undefined): void {
  const { id, config } = record;
  const { name, sha256 } = config.dataset;
  if (data === undefined && sha256 !== identity.sha256)
    throw new InvalidRequest(
      `run ${id} was trained on ${name} (SHA-256 ${sha256.slice(0, 16)}…), not on ${identity.name}: name its folder with --data`,
    );
}

function show({ record }: FinishedRun, measures: PairMeasures, names: ClassNames): void {
  const { id, architecture, seed } = record;
  print(`${architecture}, seed ${seed}, run ${id}`);
  showSentences(measureSentences(measures));
  showTable(measuresTable(measures));
  showTable(thresholdsTable(measures));
  const classes = classPairsTable(measures, names);
  if (classes) showTable(classes);
}

async function writePart(
  out: string,
  { record }: FinishedRun,
  measures: PairMeasures,
  { pairs, names }: { readonly pairs: PairsToMeasure; readonly names: ClassNames },
  options: EvaluateOptions,
): Promise<void> {
  const { data, pairs: count, worst } = options;
  const [{ evaluatePart }, { partOf }, { writeReport }] = await Promise.all([
    import("../../report/evaluate.js"),
    import("../../../core/experiments/shared/part.js"),
    import("../../report/index.js"),
  ]);
  const command = [
    `pairlab evaluate ${record.id}`,
    ...(count === undefined ? [] : [`--pairs ${count}`]),
    ...(worst === undefined ? [] : [`--worst ${worst} --out ${out}`]),
    ...(data === undefined ? [] : [`--data ${data}`]),
    ...imageOptionTexts(imagesAsked(options)),
  ].join(" ");
  const content = await evaluatePart(record, measures, {
    command,
    ...(names && { names }),
    ...(worst !== undefined && { pictured: pairs.test }),
  });
  for (const wrong of await writeReport(out, partOf("evaluate", measures, content), REPORT_PARTS)) remark(wrong);
}
