import { asked, type NamedRelation, type RelationName } from "../../data/relations.js";
import { SETTINGS } from "../../settings/table.js";
import { type RunConfig, relationOf } from "../../training/job.js";
import type { ExperimentContext } from "./context.js";

type Asking = Pick<RunConfig, "relation" | "dataset">;

/** Whether runs are asked what the paper asks. */
export const isPapers = (relation: RelationName | undefined): boolean =>
  relation === undefined || relation === SETTINGS.relation.usual;

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

/** "Is the first of two handwritten digits less than or equal to the second?", or of two images, where they are not MNIST's. */
export const askedOfImages = (relation: Parameters<typeof asked>[0], digits: boolean): string =>
  asked(relation, digits ? "of two handwritten digits" : "of two images").replace(/^i/, "I");

/** Whether all runs are of MNIST's images, which the paper's numbers are about. */
export const areDigits = (runs: readonly { readonly config: Pick<Asking, "dataset"> }[]): boolean =>
  runs.every(({ config }) => config.dataset.name === "MNIST");

/** What the rule is where the question is not the paper's. */
export const THE_RULE = "The comparison rule is that question, asked of the likeliest digits.";

/**
 * What runs are asked, as the beginning of a text; nothing where it is the paper's question in all of them.
 *
 * @param remark  what else is said there
 */
export function questionFirst(runs: readonly { readonly config: Asking }[], remark = ""): string {
  if (runs.every(({ config }) => isPapers(config.relation))) return "";
  const questions = relationsOf(runs).map((relation) => askedOfImages(relation, areDigits(runs)));
  const several = questions.length > 1 ? ["Networks are asked several questions."] : [];
  return [...several, ...questions, ...(remark ? [remark] : []), ""].join(" ");
}
