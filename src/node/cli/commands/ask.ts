import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { asked } from "../../../core/data/relations.js";
import { Kernels } from "../../../core/engine/kernels.js";
import { InvalidRequest } from "../../../core/errors.js";
import { csv } from "../../../core/formats/csv.js";
import { decisions, type NamedPicture } from "../../../core/inspection/index.js";
import { thresholdText } from "../../../core/inspection/measure-words.js";
import { picturePairs, unlikeTraining } from "../../../core/inspection/picture-pairs.js";
import { type PairListOptions, pairList } from "../../../core/picture-sets/pair-list.js";
import { bytesOf } from "../../../core/picture-sets/tree.js";
import { count, percent } from "../../../core/text/format.js";
import { relationOf } from "../../../core/training/job.js";
import type { RunRecord } from "../../../core/training/run.js";
import { trainedNetwork } from "../../../core/training/trained-network.js";
import { fileAt } from "../../data/pictures/tree.js";
import { loadKernels } from "../../kernels.js";
import { RunStore } from "../../runs/store.js";
import type { KeptThresholds } from "../../runs/thresholds.js";
import { formatTable } from "../terminal/columns.js";
import { print, printCsv, printJson } from "../terminal/output.js";
import { filesOf, readPictures, sayWhatDiffers } from "./pictures-in.js";

export interface AskOptions extends PairListOptions {
  /** A list of pairs. */
  readonly pairs?: string;
  /** Where the files that the list names lie; default the list's folder. */
  readonly images?: string;
  readonly threshold?: number;
  readonly runs: string;
  readonly json?: true;
  readonly csv?: true;
  readonly quiet?: true;
}

/** Two files, by their paths. */
type Files = readonly [string, string];

/** A network's answer about two pictures. */
interface Answer {
  readonly first: string;
  readonly second: string;
  /** That the relation holds. */
  readonly probability: number;
  /** Whether it decides that it holds. */
  readonly answer: boolean;
  /** Whether the probability passes the threshold, where there is one. */
  readonly passes?: boolean;
}

const MOST_PAIRS = 1_000_000;
/** Pairs that lie in memory at once. */
const BATCH = 1000;
/** Answers that are listed on the screen. */
const LISTED = 50;

/** `pairlab ask`: a run's network answers about pictures that it has not seen. */
export async function ask(reference: string, paths: readonly string[], options: AskOptions): Promise<void> {
  const { runs, json, csv: asCsv, quiet, threshold: given } = options;
  const store = new RunStore(runs);
  const run = await store.resolve(reference);
  const { record } = run;
  const pairs = await pairsAsked(paths, options);
  const kept = await store.thresholds(record);
  const threshold = given ?? kept?.chosen.find(({ aim }) => aim === "error")?.threshold ?? undefined;
  const pictures = await readPictures(pairs.flat());
  if (!quiet) sayWhatDiffers([...pictures.values()].flatMap((picture) => unlikeTraining(record.config, picture) ?? []));
  const network = trainedNetwork(run, new Kernels(loadKernels(record.config.engine.simd)));
  const answers: Answer[] = [];
  for (let start = 0; start < pairs.length; start += BATCH) {
    const batch = pairs.slice(start, start + BATCH);
    const named = (path: string) => pictures.get(path) as NamedPicture;
    const { probabilities, holds } = decisions(
      network,
      picturePairs(
        record.config,
        batch.map(([first, second]) => [named(first), named(second)]),
      ),
    );
    batch.forEach(([first, second], i) => {
      const probability = probabilities[i] as number;
      const passes = threshold === undefined ? undefined : probability >= threshold;
      answers.push({ first, second, probability, answer: holds[i] === 1, ...(passes !== undefined && { passes }) });
    });
  }
  if (json) printJson({ run: record.id, relation: record.config.relation, threshold: threshold ?? null, answers });
  else if (asCsv)
    printCsv(
      csv([
        ["first", "second", "probability", "answer", ...(threshold === undefined ? [] : ["passes"])],
        ...answers.map(({ first, second, probability, answer, passes }) => [
          ...[first, second, probability, answer ? "yes" : "no"],
          ...(passes === undefined ? [] : [passes ? "yes" : "no"]),
        ]),
      ]),
    );
  else show(record, answers, { given, kept });
}

/** The pairs of files that are asked about: two files, a list, or each file of a folder with each of another. */
async function pairsAsked(paths: readonly string[], options: AskOptions): Promise<Files[]> {
  const { pairs: list, images } = options;
  if (list !== undefined) {
    if (paths.length > 0) throw new InvalidRequest("give two pictures, two folders or --pairs, and not both");
    const folder = images ?? dirname(list);
    const found = fileAt(list, "--pairs takes a list, such as a CSV file");
    const file = { name: list, read: () => bytesOf(found) };
    const listed = await pairList(file, (cell) => cell !== "" && existsSync(join(folder, cell)), options, false);
    return listed.map(({ at, first, second }) => {
      for (const path of [first, second])
        if (!existsSync(join(folder, path))) throw new InvalidRequest(`${at}: there is no ${join(folder, path)}`);
      return [join(folder, first), join(folder, second)];
    });
  }
  const [first, second] = paths;
  if (first === undefined || second === undefined)
    throw new InvalidRequest("name two pictures, or two folders of them, or a list of pairs with --pairs");
  const [firsts, seconds] = [first, second].map(filesOf) as [string[], string[]];
  if (firsts.length * seconds.length > MOST_PAIRS)
    throw new InvalidRequest(
      `${firsts.length} and ${seconds.length} pictures are ${firsts.length * seconds.length} pairs: at most ${MOST_PAIRS} are asked about; use smaller folders, or a list with --pairs`,
    );
  return firsts.flatMap((one) => seconds.map((other): Files => [one, other]));
}

/** Where an answer's threshold comes from. */
interface Thresholds {
  readonly given: number | undefined;
  readonly kept: KeptThresholds | undefined;
}

function show(record: RunRecord, answers: readonly Answer[], thresholds: Thresholds): void {
  const relation = relationOf(record.config);
  const question = asked(relation);
  const [only] = answers;
  if (answers.length === 1 && only) {
    const { first, second, probability, answer } = only;
    print(
      `${first} and ${second}: ${question} ${answer ? "Yes" : "No"}, with a probability of ${thresholdText(probability)}`,
    );
  } else {
    print(
      `${question.charAt(0).toUpperCase()}${question.slice(1)} ${count(answers.length)} pairs, the likeliest first`,
    );
    const sorted = answers.toSorted((one, other) => other.probability - one.probability);
    const rows = sorted
      .slice(0, LISTED)
      .map(({ first, second, probability, answer }) => [
        ...[shortened(first), shortened(second), thresholdText(probability), answer ? "yes" : "no"],
      ]);
    print(formatTable(["first", "second", "probability", "answer"], rows));
    if (sorted.length > LISTED) print(`and ${count(sorted.length - LISTED)} more: --csv and --json have all`);
  }
  for (const line of thresholdLines(answers, thresholds, record)) print(line);
}

const shortened = (path: string): string => join(basename(dirname(path)), basename(path));

/** What passes at a threshold, and where it comes from. */
function thresholdLines(answers: readonly Answer[], { given, kept }: Thresholds, record: RunRecord): string[] {
  const passing = (threshold: number) => answers.filter(({ probability }) => probability >= threshold).length;
  const says = (threshold: number) => {
    if (answers.length === 1) return passing(threshold) === 1 ? "this pair passes" : "this pair does not pass";
    return `${count(passing(threshold))} of ${count(answers.length)} pairs pass`;
  };
  if (given !== undefined) return [`At the threshold ${given}, ${says(given)}.`];
  if (!kept)
    return [`No threshold was chosen on validation pairs yet: pairlab evaluate ${record.id.slice(0, 8)} chooses some.`];
  return kept.chosen.flatMap(({ aim, threshold, falseAcceptRate, falseRejectRate }) => {
    if (threshold === null) return [];
    const why = {
      error: "chosen on validation pairs for the least error",
      eer: "chosen on validation pairs for equal error rates",
      far: `chosen on validation pairs for ${percent(kept.falseAcceptRate)} false accepts at most`,
    }[aim];
    const rates =
      falseAcceptRate === null || falseRejectRate === null
        ? ""
        : ` On test pairs it accepts ${percent(falseAcceptRate)} wrongly and rejects ${percent(falseRejectRate)} wrongly.`;
    return [`At ${thresholdText(threshold)}, ${why}, ${says(threshold)}.${rates}`];
  });
}
