import { type Architecture, findArchitecture } from "../../../core/architectures/index.js";
import { OPTIMIZERS, type OptimizerName } from "../../../core/engine/optimizers/names.js";
import { InvalidRequest } from "../../../core/errors.js";
import { requireDifferent } from "../../../core/experiments/index.js";
import {
  chosenTrial,
  OPTIMIZER_ROUNDS,
  type OptimizerSearch,
  type OptimizerSearches,
  optimizerSearch,
  optimizersFor,
  search,
  searchPlan,
  summarizeTuning,
  type Trial,
  type TunedOptimizer,
  tunedOptimizer,
  tunedVariant,
} from "../../../core/experiments/tune/index.js";
import { OPTIMIZER_TRIALS } from "../../../core/experiments/tune/limits.js";
import { quoted } from "../../../core/given.js";
import { didYouMean } from "../../../core/text/nearest.js";
import { startThreads } from "../../workers/threads.js";
import { overridesOf } from "../options.js";
import { MEASURED_PAIR_OPTIONS } from "../pair-names.js";
import { searched, trainerOf, validationPairsOf } from "../search.js";
import { Session } from "../session.js";
import type { NamedVariant } from "../variants.js";
import { type CompareOptions, compareVariants, show } from "./compare.js";

/** `pairlab compare ARCHITECTURE --optimizers …`: each optimizer tuned with the same budget, then all over the same rounds. */
export async function compareOptimizers(
  variants: readonly NamedVariant[],
  names: string,
  options: CompareOptions,
): Promise<void> {
  const [variant, another] = variants;
  if (!variant || another || variant.name !== variant.architecture)
    throw new InvalidRequest(
      `--optimizers is of one architecture, not of ${variants.map(({ name }) => name).join(" and ")}: give one name, and settings as options`,
    );
  const architecture = findArchitecture(variant.architecture);
  const optimizers = parseOptimizers(names, architecture);
  const given = { optimizer: options.optimizer, "learning-rate": options.learningRate };
  for (const [option, value] of Object.entries(given))
    if (value !== undefined)
      throw new InvalidRequest(`--${option} is what --optimizers searches: leave one of them out`);
  const { evaluate: _, evaluateOn: __, ...fixed } = overridesOf(options);
  const { seed, trials: most = OPTIMIZER_TRIALS } = options;
  const plan = searchPlan(most, OPTIMIZER_ROUNDS, seed);
  const threads = startThreads(options.workers);
  await Session.with(
    options,
    { threads, reportFolder: options.out, pairNames: MEASURED_PAIR_OPTIONS },
    async (session) => {
      const validationPairs = validationPairsOf(session, options);
      const context = { rounds: OPTIMIZER_ROUNDS, seed, ...session.identityOf(options), plan, validationPairs };
      const searching = optimizers.map((optimizer) => optimizerSearch(architecture, optimizer, fixed));
      checkNetworks(searching, session, seed);
      const tuned: { readonly found: TunedOptimizer; readonly variant: NamedVariant }[] = [];
      for (const [i, optimizer] of optimizers.entries()) {
        const { network, space } = searching[i] as OptimizerSearch;
        const train = trainerOf(session, network, { evaluate: "end", validationPairs, quiet: options.quiet === true });
        const { trials } = await searched(search(space, network, plan, seed), plan, train, `tuning ${optimizer}`);
        const tuning = summarizeTuning({ architecture: architecture.name, space, trials }, undefined, {
          ...context,
          fixed: network.fixed,
        });
        const chosen = tunedVariant({ network, space }, optimizer, (trials[chosenTrial(trials)] as Trial).settings);
        tuned.push({ found: tunedOptimizer(tuning, optimizer, chosen.name), variant: chosen });
      }
      const searches: OptimizerSearches = { optimizers: tuned.map(({ found }) => found), plan, validationPairs };
      const rows = tuned.map((each) => each.variant);
      show(await compareVariants(rows, session, options, searches), options);
    },
  );
}

/** Before hours are spent: whether each optimizer can be given the fixed settings, and does with them what no other does. */
function checkNetworks(searches: readonly OptimizerSearch[], session: Session, seed: number): void {
  const jobs = session.jobsOf(
    searches.map(({ network: { architecture, fixed } }) => ({
      architecture: architecture.name,
      seed,
      overrides: fixed,
    })),
  );
  requireDifferent(jobs.map(({ config }, i) => ({ name: searches[i]?.network.fixed.optimizer ?? "", config })));
}

/**
 * Optimizers by their names, separated by commas, or all that a network can be trained with.
 *
 * @throws InvalidRequest for an unknown name, with the nearest, for one that comes twice, and for fewer than two
 */
export function parseOptimizers(text: string, architecture: Architecture): OptimizerName[] {
  if (text.trim() === "all") return optimizersFor(architecture);
  const names = text.split(",").map((name) => {
    const known = OPTIMIZERS.find((optimizer) => optimizer === name.trim());
    if (known) return known;
    const nearest = didYouMean(name.trim(), ["all", ...OPTIMIZERS]);
    throw new InvalidRequest(
      `--optimizers: there is no ${quoted(name.trim())}${nearest || "."} There are ${OPTIMIZERS.join(", ")}`,
    );
  });
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new InvalidRequest(`--optimizers names ${twice} twice: give each once`);
  if (names.length < 2)
    throw new InvalidRequest(`--optimizers ${text}: a comparison needs at least two, such as adam,sgd, or all`);
  return names;
}
