import { InvalidRequest } from "../../errors.js";
import { canonicalJson } from "../../formats/canonical-json.js";
import type { Job } from "../../training/job.js";
import { type Apparatus, checkApparatus } from "../shared/apparatus.js";
import { comparedPairs } from "./comparison.js";
import { jobsOfVariants } from "./jobs.js";
import { untuned } from "./optimizer-search.js";
import { type CompareOptions, checkedVariants, requireUnsearched } from "./options.js";
import { planInWords } from "./plan-words.js";
import { FORMAT, type SealedPlan, sealed } from "./sealed-plan.js";
import type { NamedVariant } from "./variants.js";

/**
 * Writes down what `compare` would do with some options, and seals it with a hash. Nothing is trained.
 *
 * @param apparatus  images and engine of the runs; the number of workers does not matter
 * @throws InvalidRequest as `compare` does before it trains, and with `optimizers`, whose settings only a search finds
 */
export function sealPlan(options: CompareOptions, apparatus: Apparatus): SealedPlan {
  checkApparatus(apparatus, "apparatus");
  const variants = checkedVariants(options);
  if (options.optimizers !== undefined) refuseSearch();
  requireUnsearched(variants, options);
  return planOf(variants, jobsOfVariants(untuned(variants), options, apparatus), options, apparatus);
}

export function refuseSearch(): never {
  throw new InvalidRequest(
    "--optimizers finds settings by training, and a plan names them before: search first, then plan a comparison of the variants that compare.json names, with another --seed",
  );
}

/** @param jobs  of each variant, in the order of its rounds */
export function planOf(
  variants: readonly NamedVariant[],
  jobs: readonly (readonly Job[])[],
  { seed, rounds, settings = {}, baseline = false, until }: CompareOptions,
  { dataset: { identity }, engine }: Apparatus,
): SealedPlan {
  const firsts = jobs.map(([first]) => first as Job);
  const [{ config }] = firsts as [Job];
  const comparisons = comparedPairs(variants, baseline).map(({ a, b }) => ({ a: a.name, b: b.name }));
  const { images: _, ...asked } = identity.asked ?? {};
  const planned = {
    engine,
    dataset: { ...config.dataset, ...(Object.keys(asked).length > 0 && { asked }) },
    ...{ seed, rounds, settings },
    ...(until && { until }),
    ...(baseline && { baseline: (variants[0] as NamedVariant).name }),
    comparisons,
    architectures: variants.map(({ name, architecture, settings: changed, title, overrides }, i) => {
      const { dataset: __, engine: ___, ...own } = (firsts[i] as Job).config;
      const variant = { name, architecture, settings: changed, ...(title !== undefined && { title }), overrides };
      return { ...variant, config: own, runs: (jobs[i] as readonly Job[]).map(({ id }) => id) };
    }),
  };
  return sealed({ format: FORMAT, words: planInWords(planned, firsts), ...planned });
}

/**
 * @param now  what would be planned now
 * @throws InvalidRequest naming what is not as it was planned
 */
export function requireAsPlanned(plan: SealedPlan, now: SealedPlan): void {
  const { engine, dataset } = plan;
  if (engine.version !== now.engine.version || engine.kernels !== now.engine.kernels)
    throw new InvalidRequest(
      `the plan was sealed by pairlab ${engine.version}, ${kernelsOf(plan)}, and this is ${now.engine.version}, ${kernelsOf(now)}: run it with the version that sealed it`,
    );
  // A data set's name changes no bits.
  if (dataset.sha256 !== now.dataset.sha256)
    throw new InvalidRequest(
      `the plan is of ${dataset.name}, SHA-256 ${dataset.sha256.slice(0, 16)}…, and these images are ${now.dataset.name}, ${now.dataset.sha256.slice(0, 16)}…: name the plan's images with --data`,
    );
  for (const [i, { name, config }] of plan.architectures.entries())
    requireSame(config, now.architectures[i]?.config, name);
  for (const field of DECIDED) requireSame(plan[field], now[field], field);
  if (dataset.name === now.dataset.name) requireSame(plan.words, now.words, "words");
}

const DECIDED = ["engine", "seed", "rounds", "settings", "until", "baseline", "comparisons", "architectures"] as const;

const kernelsOf = ({ engine: { simd, kernels } }: SealedPlan): string => `${simd} kernels ${kernels.slice(0, 16)}…`;

/** @throws InvalidRequest naming the first value that differs, and where */
function requireSame(is: unknown, now: unknown, where: string): void {
  const [planned, found] = [is, now].map((value) => (value === undefined ? "missing" : canonicalJson(value)));
  if (planned === found) return;
  if (isObject(is) && isObject(now))
    for (const name of new Set([...Object.keys(is), ...Object.keys(now)]))
      requireSame(is[name], now[name], `${where}.${name}`);
  throw new InvalidRequest(
    `${where} is ${short(planned)} in the plan, and would be ${short(found)} now: run it with the networks and the version that it was sealed with, or seal another plan`,
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const MOST_SHOWN = 60;
const short = (json = ""): string => (json.length > MOST_SHOWN ? `${json.slice(0, MOST_SHOWN)}…` : json);
