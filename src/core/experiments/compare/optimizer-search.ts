import { type Architecture, findArchitecture } from "../../architectures/index.js";
import { listOf, oneOf } from "../../checks.js";
import { OPTIMIZERS, type OptimizerName } from "../../engine/optimizers/registry.js";
import { InvalidRequest } from "../../errors.js";
import { optionName } from "../../settings/options.js";
import type { SettingOverrides } from "../../settings/training-settings.js";
import { type Apparatus, identityOf, jobsFor, validationPairsBeside } from "../shared/apparatus.js";
import { optimizersFor } from "../shared/dimensions.js";
import type { Steps } from "../shared/experiment.js";
import { tuningSources } from "../shared/tunings.js";
import { OPTIMIZER_TRIALS } from "../tune/limits.js";
import { type SearchPlan, searchPlan, type Trial } from "../tune/search.js";
import { searched } from "../tune/searched.js";
import { chosenTrial, summarizeTuning, type Tuning } from "../tune/tuning.js";
import {
  OPTIMIZER_ROUNDS,
  type OptimizerSearch,
  type OptimizerSearches,
  optimizerSearch,
  optimizerVariant,
  type TunedOptimizer,
  tunedOptimizer,
  tunedVariant,
} from "./optimizers.js";
import { requireDifferent } from "./require-different.js";
import type { NamedVariant } from "./variants.js";

/** Optimizers of one architecture, and how each is tuned. */
interface OptimizerPlan {
  readonly architecture: Architecture;
  readonly optimizers: readonly OptimizerName[];
  readonly plan: SearchPlan;
  readonly seed: number;
  /** How often each is tuned. */
  readonly tunings: number;
  /** Settings that are not searched. */
  readonly fixed: SettingOverrides;
}

/** @throws InvalidRequest if these optimizers cannot be compared */
export function optimizerPlan(asked: {
  readonly variants: readonly NamedVariant[];
  readonly optimizers: readonly OptimizerName[] | "all";
  readonly trials: number | undefined;
  readonly tunings?: number | undefined;
  readonly seed: number;
  readonly settings: SettingOverrides;
}): OptimizerPlan {
  const { variants, seed, settings, trials = OPTIMIZER_TRIALS, tunings = 1 } = asked;
  const [variant, another] = variants;
  if (!variant || another || variant.name !== variant.architecture)
    throw new InvalidRequest(
      `--optimizers takes one architecture, not ${variants.map(({ name }) => name).join(" and ")}: give one name, and settings as options`,
    );
  const architecture = findArchitecture(variant.architecture);
  const optimizers = asked.optimizers === "all" ? optimizersFor(architecture) : asked.optimizers;
  checkOptimizers(optimizers);
  for (const setting of ["optimizer", "learningRate"] as const)
    if (settings[setting] !== undefined)
      throw new InvalidRequest(`--optimizers searches what --${optionName(setting)} sets: leave one of them out`);
  const { evaluate: _, evaluateOn: __, ...fixed } = settings;
  const plan = searchPlan(trials, OPTIMIZER_ROUNDS, seed, tunings);
  return { architecture, optimizers, plan, seed, tunings, fixed };
}

function checkOptimizers(optimizers: readonly OptimizerName[]): void {
  listOf(oneOf(OPTIMIZERS))(optimizers, "optimizers");
  const twice = optimizers.find((name, i) => optimizers.indexOf(name) !== i);
  if (twice) throw new InvalidRequest(`--optimizers names ${twice} twice: give each once`);
  if (optimizers.length < 2)
    throw new InvalidRequest(
      `--optimizers ${optimizers.join(",")}: a comparison needs at least two, such as adam,sgd, or all`,
    );
}

/** A row of the comparison, with the variants that stand for it: one for each tuning. */
export interface TunedRow {
  readonly row: NamedVariant;
  readonly tuned: readonly NamedVariant[];
}

/** Variants as they are: each is its only tuning. */
export const untuned = (variants: readonly NamedVariant[]): TunedRow[] =>
  variants.map((row) => ({ row, tuned: [row] }));

/** Tunes one optimizer after the other. @returns the variants that were chosen, and what they were chosen by */
export function* searchOptimizers(
  { architecture, optimizers, plan, seed, tunings, fixed }: OptimizerPlan,
  apparatus: Apparatus,
): Steps<{ readonly rows: readonly TunedRow[]; readonly searches: OptimizerSearches }> {
  const validationPairs = validationPairsBeside(fixed, plan.seeds, apparatus);
  const context = { rounds: OPTIMIZER_ROUNDS, seed, ...identityOf(apparatus), plan, validationPairs };
  const searching = optimizers.map((optimizer) => optimizerSearch(architecture, optimizer, fixed));
  checkNetworks(searching, seed, apparatus);
  const sources = tuningSources(seed, tunings, OPTIMIZER_ROUNDS);
  const found: TunedOptimizer[] = [];
  const rows: TunedRow[] = [];
  for (const [i, optimizer] of optimizers.entries()) {
    const searchedFor = searching[i] as OptimizerSearch;
    const tuned: { readonly tuning: Tuning; readonly chosen: NamedVariant }[] = [];
    for (const [t, source] of sources.entries()) {
      const which = tunings === 1 ? "" : `, tuning ${t + 1} of ${tunings}`;
      const { network, space } = searchedFor;
      const each = { ...searchedFor, plan: { ...plan, seeds: source.seeds }, seed: source.seed, validationPairs };
      const { trials } = yield* searched({ ...each, evaluate: "end" }, `tuning ${optimizer}${which}`, apparatus);
      const what = { architecture: architecture.name, space, trials };
      tuned.push({
        tuning: summarizeTuning(what, undefined, { ...context, fixed: network.fixed }),
        chosen: tunedVariant(searchedFor, optimizer, (trials[chosenTrial(trials)] as Trial).settings),
      });
    }
    const [only, ...others] = tuned.map(({ chosen }) => chosen) as [NamedVariant, ...NamedVariant[]];
    const row = others.length === 0 ? only : optimizerVariant(architecture.name, optimizer);
    rows.push({ row, tuned: [only, ...others] });
    found.push(
      ...tuned.map(({ tuning, chosen }, t) =>
        tunedOptimizer(tuning, optimizer, row.name, row === only ? undefined : { tuning: t + 1, tuned: chosen.name }),
      ),
    );
  }
  return { rows, searches: { optimizers: found, plan, validationPairs } };
}

/** Checks before hours of work that each optimizer can have the fixed settings, and differs from the others with them. */
function checkNetworks(searches: readonly OptimizerSearch[], seed: number, apparatus: Apparatus): void {
  const jobs = jobsFor(
    apparatus,
    searches.map(({ network: { architecture, fixed } }) => ({
      architecture: architecture.name,
      seed,
      overrides: fixed,
    })),
  );
  requireDifferent(jobs.map(({ config }, i) => ({ name: searches[i]?.network.fixed.optimizer ?? "", config })));
}
