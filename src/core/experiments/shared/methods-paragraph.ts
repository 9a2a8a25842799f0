import { architectureTitle, namedArchitectures } from "../../architectures/registry.js";
import { count } from "../../text/format.js";
import type { RunSummary } from "../../training/index.js";
import { IMAGES, type Setting, VERDICT_RULE } from "./method.js";
import { questionsOf } from "./question.js";

/** How a line of the settings begins as a sentence; those of other names are "NAME: VALUE." */
const BEGINNINGS: Readonly<Record<string, string>> = {
  Rounds: "The number of rounds was ",
  Pairs: "We used ",
  Epochs: "The number of epochs was ",
  "Batch size": "The batch size was ",
  Optimizer: "The optimizer was ",
  "Learning rate": "The learning rate was ",
  "Weight of each image's digit loss": "The weight of each image's digit loss was ",
  Dropout: "The dropout rate was ",
  Inputs: "Inputs were ",
  "Starting weights": "Starting weights came from ",
  "Batch norm": "Batch norm used ",
  [IMAGES]: "The images were ",
  "±": "The sign ± stands before the ",
  "95% interval": "The 95% interval was ",
  Searched: "The search was over ",
  Difference: "A difference is the ",
  Test: "The test was a ",
  Correction: "The correction for several tests was ",
  p: "The p is that ",
};

/** Lines that say how to read a report, or that the paragraph says in its own way. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "Engine",
  "Finite test set",
  "Finite validation set",
  "Sampling",
  "P(A beats B)",
  "How many rounds",
  VERDICT_RULE.name,
]);

/** The most networks that a paragraph names. */
const MOST_NAMED = 6;

/**
 * A paragraph on methods for a paper, in plain English: the question, the networks, the settings that a report has, and what did the
 * arithmetic.
 *
 * @param settings  the report's own
 * @param records  at least one run of each network
 */
export function methodsParagraph(settings: readonly Setting[], records: readonly RunSummary[]): string {
  // The question comes first, where the settings may have it too.
  const told = settings.filter(({ name, setting }) => !LEFT_OUT.has(name) && setting !== "relation");
  return [question(records), `We trained ${networks(records)}.`, ...told.map(sentence), ...engines(records)].join(" ");
}

const sentence = ({ name, value }: Setting): string => {
  // In a report that is the paper whose experiments pairlab repeats; in a reader's paper it would be the reader's.
  const said = value.replace("the paper prints", "the report of K. Fu, H. Li and J. Li prints");
  return `${BEGINNINGS[name] ?? `${name}: `}${said}.`;
};

/** The question about a pair; of several each, with the networks that were asked it. */
function question(records: readonly RunSummary[]): string {
  const questions = new Map<string, Set<string>>();
  for (const record of records) {
    const [asked = ""] = questionsOf([record]);
    questions.set(asked, (questions.get(asked) ?? new Set()).add(architectureTitle(record.architecture)));
  }
  const [[only] = [""], ...others] = questions;
  if (others.length === 0) return `The question about a pair was: ${only}`;
  return `The questions about a pair were: ${[...questions].map(([asked, of]) => `${asked} (${[...of].join("; ")})`).join(" ")}.`;
}

/** "MLP (89,712 parameters); matching (34,242 parameters)", in the registry's order; of many, how many there are. */
function networks(records: readonly RunSummary[]): string {
  const sizes = new Map<string, Set<number>>();
  for (const { architecture, parameters } of records)
    sizes.set(architecture, (sizes.get(architecture) ?? new Set()).add(parameters));
  if (sizes.size > MOST_NAMED) {
    const all = records.map(({ parameters }) => parameters);
    return `${sizes.size} networks of ${count(Math.min(...all))} to ${count(Math.max(...all))} parameters`;
  }
  const places = new Map(namedArchitectures().map(({ name }, place) => [name, place]));
  const placeOf = (name: string) => places.get(name) ?? places.size;
  return [...sizes]
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([name, of]) => `${architectureTitle(name)} (${[...of].map(count).join(" or ")} parameters)`)
    .join("; ");
}

/** What trained them: one sentence, as all runs of an experiment have one engine. */
const engines = (records: readonly RunSummary[]): string[] =>
  [...new Map(records.map(({ config: { engine } }) => [JSON.stringify(engine), engine])).values()].map(
    ({ version, simd, kernels }) =>
      `Training and evaluation ran in pairlab ${version}, with ${simd} SIMD and kernels of SHA-256 ${kernels}; the same seed gives the same weights, bit for bit, on every ${simd === "base" ? "machine" : "processor with a fused multiply-add"}.`,
  );
