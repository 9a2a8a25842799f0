import type { Worker } from "node:worker_threads";
import { imageOptionTexts, shellWord } from "../../../core/data/image-options.js";
import { inputOf } from "../../../core/data/images.js";
import { isTableName } from "../../../core/data/relation-table.js";
import { asked } from "../../../core/data/relations.js";
import { InvalidRequest } from "../../../core/errors.js";
import { parseNumber } from "../../../core/formats/numbers.js";
import type { PairMeasures } from "../../../core/inspection/index.js";
import { pairsToMeasure, type UnseenPairsOptions, unseenPairsToMeasure } from "../../../core/inspection/measure-run.js";
import {
  classPairsTable,
  measureSentences,
  measuresTable,
  thresholdsTable,
} from "../../../core/inspection/measure-words.js";
import { withSeenPairs } from "../../../core/inspection/seen-pairs.js";
import { className, isMnist, type RunConfig, relationOf, shapeOf } from "../../../core/training/job.js";
import type { FinishedRun } from "../../../core/training/run.js";
import type { Dataset } from "../../data/dataset.js";
import { type DatasetOptions, loadDataset } from "../../data/load-dataset.js";
import { imageDigest } from "../../data/seen.js";
import { isPackaged, trainedImagesOf } from "../../data/trained-images.js";
import { checkWritable } from "../../files.js";
import { loadKernels } from "../../kernels.js";
import { RunStore } from "../../runs/store.js";
import type { KeptThresholds } from "../../runs/thresholds.js";
import { measureAnswers } from "../../workers/threads.js";
import { REPORT_PARTS } from "../experiments.js";
import { imagesAsked, withoutImages } from "../options.js";
import { print, printJson, remark } from "../terminal/output.js";
import { decodingProgress } from "../terminal/progress/index.js";
import { showSentences, showTable } from "../terminal/show.js";
import { type FileOptions, requireRunName } from "./run-of-file.js";
import type { EvaluateOptions, ToMeasure } from "./to-measure.js";

/** `pairlab evaluate`: has a thread measure a network, and writes what it found into a report's folder where one is named. */
export async function evaluate(
  reference: string,
  options: EvaluateOptions,
  threads: readonly Worker[],
  file?: FileOptions,
): Promise<void> {
  try {
    if (options.worst !== undefined && options.out === undefined)
      throw new InvalidRequest("--worst writes a picture into the report's folder: name it with --out");
    if (!file) requireRunName(reference);
    const found = file
      ? await (await import("./evaluate-file.js")).fileToMeasure(reference, file, options)
      : await runToMeasure(reference, options);
    await evaluateOn(threads[0] as Worker, found, options);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

async function runToMeasure(reference: string, given: EvaluateOptions): Promise<ToMeasure> {
  const { pairs: count, runs } = given;
  const store = new RunStore(runs);
  const own = await store.resolve(reference);
  const { record } = own;
  // A project's images are not those of a run of MNIST, and nobody asked for them.
  const options = given.ofProject && isMnist(record.config.dataset) ? withoutImages(given) : given;
  const { data } = options;
  const counts = count === undefined ? {} : { pairs: count };
  requireAsTrained(record, options);
  const dataset = await imagesFor(record, options);
  requireOwn(own, dataset, data);
  requireQuestion(own, dataset);
  const others = record.config.dataset.sha256 !== dataset.identity.sha256;
  const run = others ? askedOfOthers(own, dataset) : own;
  const pairs = others
    ? unseenPairsToMeasure(run.record, dataset, {
        ...counts,
        ...chosenBefore(await store.thresholds(record)),
        trainedOn: await trainedAmong(dataset, record, store),
      })
    : withSeenPairs(pairsToMeasure(record, dataset, counts), dataset, record);
  const keep = async ({ thresholds }: PairMeasures) => {
    if (thresholds) await store.saveThresholds(record, keptOf(thresholds));
  };
  return {
    ...{ run, dataset, pairs },
    title: `${record.architecture}, seed ${record.seed}, run ${record.id}`,
    told: { run: record.id },
    command: `pairlab evaluate ${record.id}`,
    ...(!others && count === undefined && { keep }),
  };
}

async function evaluateOn(thread: Worker, found: ToMeasure, options: EvaluateOptions): Promise<void> {
  const { run, dataset, pairs } = found;
  const { worst, out, json, quiet } = options;
  const names = dataset.identity.classes;
  const kernels = loadKernels(run.record.config.engine.simd);
  if (out !== undefined) await checkWritable(out);
  const { signal } = new AbortController();
  const measured = { run, toMeasure: pairs, options: worst === undefined ? {} : { worst }, kernels };
  const patience = setTimeout(() => {
    if (!quiet)
      remark(`measuring ${pairs.test.count} test pairs, and ${pairs.validation?.count ?? 0} validation pairs …`);
  }, LONG_MS);
  const measures = await measureAnswers(thread, measured, signal).finally(() => clearTimeout(patience));
  await found.keep?.(measures);
  if (out !== undefined) await writePart(out, found, measures, options);
  if (json) printJson({ ...found.told, dataset: dataset.identity, ...measures });
  else show(found.title, measures, names);
  if (out !== undefined && !quiet && !json) {
    remark("");
    remark(`${out}/report.html has ${worst === undefined ? "the figure" : "the figures"}`);
  }
}

/** The numbers of a data set's test images that a run trained on, told by their pixels; or why they are not known. */
async function trainedAmong(
  dataset: Dataset,
  record: FinishedRun["record"],
  store: RunStore,
): Promise<ReadonlySet<number> | string> {
  const digests = isPackaged(record.config.dataset)
    ? trainedImagesOf(await loadDataset())(record)
    : await store.trainedImages(record);
  if (!digests) return "the run's folder has no whole trained-images.json, which the command that trained it makes";
  const { test } = dataset;
  const numbers = Array.from({ length: test.count }, (_, image) => image);
  return new Set(numbers.filter((image) => digests.has(imageDigest(test, image))));
}

const chosenBefore = (kept: KeptThresholds | undefined): Pick<UnseenPairsOptions, "thresholds"> =>
  kept
    ? {
        thresholds: {
          ...kept,
          chosen: kept.chosen.map(({ aim, threshold }) => ({ aim, threshold: threshold ?? Number.POSITIVE_INFINITY })),
        },
      }
    : {};

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

/** The names of a data set's classes, in the order of their numbers. */
const classesOf = (dataset: RunConfig["dataset"]): string[] =>
  Array.from({ length: shapeOf(dataset).classes }, (_, number) => className(dataset, number));

const isNumber = (name: string): boolean => parseNumber(name) !== undefined;

/** The order of a run's classes, where their names do not say it. */
const orderOf = ({ classes, values }: RunConfig["dataset"]): readonly string[] | undefined =>
  values && classes && !classes.every(isNumber) ? classes : undefined;

/** @throws InvalidRequest where pictures are to be prepared, or ordered, in another way than the run's */
function requireAsTrained({ id, config }: FinishedRun["record"], options: EvaluateOptions): void {
  const { size, colour, fit, order } = options;
  const own = config.dataset;
  const { height, width, channels } = shapeOf(own);
  const refuse = (option: string, why: string): never => {
    throw new InvalidRequest(`run ${id} ${why}: leave --${option} out`);
  };
  if (size && (size.height !== height || size.width !== width)) refuse("size", `sees images of ${height}×${width}`);
  const colours = channels === 3 ? "rgb" : "grey";
  if (colour && colour !== colours) refuse("colour", `sees images in ${colours}`);
  if (fit && own.fit && fit !== own.fit) refuse("fit", `was trained on images fitted by ${own.fit}`);
  if (!order) return;
  const relation = relationOf(config);
  if (!relation.needs)
    refuse("order", `was asked ${asked(relation).replace("?", ",")} which needs no order of the classes`);
  const known = classesOf(own);
  if (!order.every((name) => known.includes(name))) return;
  const ordered = orderOf(own);
  if (order.join() !== ordered?.join()) refuse("order", `has its classes in the order ${(ordered ?? known).join(",")}`);
}

/** Images as those that a run was trained on: prepared as they were, where nothing else is asked for. */
async function imagesFor({ config }: FinishedRun["record"], options: EvaluateOptions): Promise<Dataset> {
  const { data, quiet } = options;
  const own = config.dataset;
  const { height, width, channels } = shapeOf(own);
  const { fit } = own;
  const asTrained: DatasetOptions =
    data === undefined ? {} : { size: { height, width }, colour: channels === 3 ? "rgb" : "grey", ...(fit && { fit }) };
  const asked = Object.fromEntries(Object.entries(imagesAsked(options)).filter(([, value]) => value !== undefined));
  const progress = decodingProgress(quiet === true);
  const load = (more: DatasetOptions) =>
    loadDataset(data, { ...asTrained, ...asked, ...more, onProgress: progress.show }).finally(progress.end);
  const dataset = await load({});
  if (dataset.identity.sha256 === own.sha256 || !("about" in dataset)) return dataset;
  // Other pictures lie on the run's background, and their classes have its numbers where it knows them.
  const background = own.background ?? new Array(channels).fill(0);
  const names = namesIn(dataset);
  if (names.length === 0 || !areKnown(own, dataset)) return load({ background });
  const order = orderOf(own);
  return load({ background, ...(order?.length === names.length ? { order } : { allClasses: classesOf(own) }) });
}

/** The names of the classes that a data set has. */
const namesIn = ({ identity, train }: Dataset): string[] => classesOf({ ...identity, shape: inputOf(train) });

/** Whether a run knows all classes of a data set; those of one without classes it does. */
const areKnown = (own: RunConfig["dataset"], dataset: Dataset): boolean =>
  namesIn(dataset).every((name) => classesOf(own).includes(name));

/**
 * A run as it is asked about other images: its question is about their classes where it does not know them, and about the pairs where
 * these are given.
 *
 * @throws InvalidRequest where it names classes, and theirs are others
 */
function askedOfOthers(run: FinishedRun, dataset: Dataset): FinishedRun {
  const { id, config } = run.record;
  const { identity, test } = dataset;
  const { network } = config;
  const known = areKnown(config.dataset, dataset);
  if (!known && (network.auxiliaryWeight > 0 || network.head.length === 0))
    throw new InvalidRequest(
      `run ${id} learned to name the classes ${classesOf(config.dataset).slice(0, 5).join(", ")}…, and ${identity.name} has others: give images of these classes`,
    );
  if (!known && isTableName(config.relation))
    throw new InvalidRequest(`run ${id} was asked about a table of its classes, and ${identity.name} has others`);
  const { values: _, classes: __, ...others } = config.dataset;
  const { values, classes } = identity;
  const asked = { ...others, ...(values && { values }), ...(classes && { classes }), shape: inputOf(test) };
  const relation = identity.listed?.relation ?? config.relation;
  return {
    ...run,
    record: { ...run.record, config: { ...config, relation, ...(!known && { dataset: asked }) } },
  };
}

/** @throws InvalidRequest where no images are named and the run was not trained on the package's */
function requireOwn({ record }: FinishedRun, { identity }: Dataset, data: string | undefined): void {
  const { id, config } = record;
  const { name, sha256 } = config.dataset;
  if (data !== undefined || sha256 === identity.sha256) return;
  if (relationOf(config).listed)
    throw new InvalidRequest(
      `run ${id} learned from the list of pairs ${name} (SHA-256 ${sha256.slice(0, 16)}…): name it, or another list with answers, with --data`,
    );
  throw new InvalidRequest(
    `run ${id} was trained on ${name} (SHA-256 ${sha256.slice(0, 16)}…), not on ${identity.name}: name its folder with --data`,
  );
}

function show(title: string, measures: PairMeasures, names: ClassNames): void {
  print(title);
  showSentences(measureSentences(measures));
  showTable(measuresTable(measures));
  showTable(thresholdsTable(measures));
  const classes = classPairsTable(measures, names);
  if (classes) showTable(classes);
}

async function writePart(
  out: string,
  { run, pairs, dataset, command: start, file }: ToMeasure,
  measures: PairMeasures,
  options: EvaluateOptions,
): Promise<void> {
  const { data, pairs: count, worst } = options;
  const names = dataset.identity.classes;
  const [{ evaluatePart }, { partOf }, { writeReport }] = await Promise.all([
    import("../../report/evaluate.js"),
    import("../../../core/experiments/shared/part.js"),
    import("../../report/index.js"),
  ]);
  const command = [
    start,
    ...(count === undefined ? [] : [`--pairs ${count}`]),
    ...(worst === undefined ? [] : [`--worst ${worst} --out ${shellWord(out)}`]),
    ...(data === undefined ? [] : [`--data ${shellWord(data)}`]),
    ...imageOptionTexts(imagesAsked(options), options.images),
  ].join(" ");
  const content = await evaluatePart(run.record, measures, {
    command,
    ...(file !== undefined && { file }),
    ...(names && { names }),
    ...(worst !== undefined && { pictured: pairs.test }),
  });
  for (const wrong of await writeReport(out, partOf("evaluate", measures, content), REPORT_PARTS)) remark(wrong);
}
