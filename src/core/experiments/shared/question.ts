import { flag, oneOf, optional, within } from "../../checks.js";
import type { PairSplit } from "../../data/pools.js";
import { asked, type NamedRelation, type RelationName, relationName } from "../../data/relations.js";
import { SETTING_LIMITS, SETTINGS } from "../../settings/table.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import { isMnist, type RunConfig, relationOf } from "../../training/job.js";
import type { MeasuredRun } from "./all-test-pairs.js";
import { type ExperimentContext, ROUNDS } from "./context.js";
import { oneAnswerSentence } from "./one-answer.js";
import { PRESET_NAMES } from "./presets.js";

/** What networks are asked about pairs, and how the pairs are drawn for it; what is missing is as `makeJob` has it. */
export interface PairQuestion {
  readonly relation?: RelationName | undefined;
  readonly balance?: boolean | undefined;
  readonly split?: PairSplit | undefined;
  readonly reuse?: boolean | undefined;
}

export const PAIR_QUESTION = {
  relation: optional(relationName),
  balance: optional(flag),
  split: optional(oneOf(["images", "classes"])),
  reuse: optional(flag),
};

/** How the options that all experiments with presets have are checked. */
export const PRESET_OPTIONS = {
  preset: optional(oneOf(PRESET_NAMES)),
  rounds: optional(ROUNDS.rounds),
  seed: ROUNDS.seed,
  epochs: optional(within(SETTING_LIMITS.epochs)),
  batchSize: optional(within(SETTING_LIMITS.batchSize)),
  ...PAIR_QUESTION,
};

/** The settings that a question names. */
export const questionSettings = ({ relation, balance, split, reuse }: PairQuestion): SettingOverrides =>
  Object.fromEntries(Object.entries({ relation, balance, split, reuse }).filter(([, value]) => value !== undefined));

type Asking = Pick<RunConfig, "relation" | "dataset"> &
  Partial<Pick<RunConfig, "balance" | "split" | "reuse" | "evaluateOn" | "testPairs">>;

/** A run with its question, and the right answers of the pairs that it was measured on where they were counted. */
interface AskingRun extends Partial<Pick<MeasuredRun, "seed" | "answers">> {
  readonly config: Asking;
}

/** What an error of balanced pairs is to be set beside. */
const BALANCED = "Every other pair has the answer yes: always one answer is wrong on half of them.";

/** Whether runs are asked what the paper asks. */
export const isPapers = (relation: RelationName | undefined): boolean =>
  relation === undefined || relation === SETTINGS.relation.usual;

/** Whether a run is asked what the paper asks, of the images that it shows: MNIST's, 14×14. */
export const asksOfPapersImages = ({ relation, dataset }: Asking): boolean =>
  isPapers(relation) && isMnist(dataset) && dataset.shape === undefined;

/** Whether a run is asked that of pairs that are drawn as the paper's are. */
export const asksAsPaper = (config: Asking): boolean =>
  asksOfPapersImages(config) && !config.balance && !config.split && !config.reuse;

/** What all runs are asked, where it is one thing, and not the paper's, which goes without saying. */
export function questionField(runs: readonly { readonly config: Asking }[]): Pick<ExperimentContext, "relation"> {
  const [relation, ...others] = new Set(runs.map(({ config }) => config.relation));
  return relation === undefined || others.length > 0 || isPapers(relation) ? {} : { relation };
}

/** What runs are asked, each question once. */
export function relationsOf(runs: readonly { readonly config: Asking }[]): NamedRelation[] {
  const configs = new Map(runs.map(({ config }) => [config.relation, config]));
  return [...configs.values()].map(relationOf);
}

/** What the images of a data set are called, by its name. */
export const imagesInWords = (name: string): string => (isMnist({ name }) ? "handwritten digits" : `images of ${name}`);

/** What runs are asked, each question once: "Is the first of two handwritten digits less than or equal to the second?" */
export function questionsOf(runs: readonly { readonly config: Asking }[]): string[] {
  const [name, ...others] = new Set(runs.map(({ config }) => config.dataset.name));
  const images = name === undefined || others.length > 0 ? "images" : imagesInWords(name);
  return relationsOf(runs).map((relation) => asked(relation, `of two ${images}`).replace(/^i/, "I"));
}

/** Whether all runs are of MNIST's images, which the paper's numbers are about. */
export const areDigits = (runs: readonly { readonly config: Pick<Asking, "dataset"> }[]): boolean =>
  runs.every(({ config }) => isMnist(config.dataset));

/** What the rule is where the question is not the paper's. */
export const THE_RULE = "The comparison rule is that question, asked of the likeliest classes.";

/**
 * What one and the same answer to every pair is worth in some runs, a sentence; none where they are asked several questions, or neither
 * were right answers counted nor are pairs balanced.
 */
export function oneAnswerOf(runs: readonly AskingRun[]): string[] {
  const rounds = new Map(runs.flatMap(({ seed, answers }) => (answers ? [[seed, answers] as const] : [])));
  const counted = [...rounds.values()];
  if (runs.every(({ config }) => config.balance) && counted.every(({ yes, no }) => yes === no)) return [BALANCED];
  const drawn = ({ relation, balance, split, reuse, evaluateOn, testPairs }: Asking) =>
    JSON.stringify([relation, balance, split, reuse, evaluateOn, testPairs]);
  const [first, ...others] = new Map(runs.map(({ config }) => [drawn(config), config])).values();
  return first && others.length === 0 && counted.length > 0 ? [oneAnswerSentence(counted, first.evaluateOn)] : [];
}

/**
 * What runs are asked, as the beginning of a text; nothing where it is the paper's question in all of them.
 *
 * @param remark  what else is said there
 */
export function questionFirst(runs: readonly AskingRun[], remark = ""): string {
  if (runs.every(({ config }) => asksAsPaper(config))) return "";
  const questions = questionsOf(runs);
  const several = questions.length > 1 ? ["Networks are asked several questions."] : [];
  return [...several, ...questions, ...oneAnswerOf(runs), ...(remark ? [remark] : []), ""].join(" ");
}
