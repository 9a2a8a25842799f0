import { count, listed, nounFor, points } from "../../text/format.js";
import type { Job } from "../../training/job.js";
import { questionsOf } from "../shared/question.js";
import type { SealedPlan } from "./sealed-plan.js";
import { FIRST_LOOK } from "./until.js";

type Planned = Pick<SealedPlan, "architectures" | "baseline" | "comparisons" | "rounds" | "seed" | "until">;

/**
 * What a plan says, in sentences: the question, what is compared with what, and how many rounds there are.
 *
 * @param jobs  one of each architecture
 */
export function planInWords(plan: Planned, jobs: readonly Pick<Job, "config">[]): string[] {
  const { architectures, baseline, comparisons } = plan;
  const names = architectures.map(({ name }) => name);
  const { length } = comparisons;
  const compared =
    length === 1
      ? `${listed(names)} are compared.`
      : `${listed(names)} are compared, ${baseline === undefined ? "each with each" : `each with ${baseline}`}: ${count(length)} differences, tested together.`;
  const pairs = jobs.some(({ config }) => config.evaluateOn === "validation")
    ? ["Errors are on validation pairs."]
    : [];
  return [...questionsOf(jobs), compared, ...pairs, roundsInWords(plan)];
}

function roundsInWords({ architectures, rounds, seed, until }: Planned): string {
  const runs = count(rounds * architectures.length);
  if (!until)
    return `There ${nounFor(rounds, "is", "are")} ${count(rounds)} ${nounFor(rounds, "round", "rounds")}, ${rounds === 1 ? `seed ${seed}` : `seeds ${seed} to ${seed + rounds - 1}`}: ${runs} runs.`;
  const margin =
    until.margin === undefined ? "" : `, or shown to be below ${points(until.margin).replace(" pt", " points")}`;
  return `Rounds are added from seed ${seed} on, ${Math.min(FIRST_LOOK, rounds)} at least and ${count(rounds)} at most (${runs} runs), until each difference is shown${margin}.`;
}
