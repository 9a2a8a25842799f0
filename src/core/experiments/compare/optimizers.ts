import type { Architecture } from "../../architectures/index.js";
import { OPTIMIZER_KINDS, type OptimizerName } from "../../engine/optimizers/registry.js";
import type { SettingValue } from "../../settings/domain.js";
import { optionName } from "../../settings/options.js";
import type { SettingName } from "../../settings/table.js";
import type { SettingOverrides } from "../../training/index.js";
import { DIMENSIONS, type Dimension, factorAround, type TunedNetwork } from "../shared/dimensions.js";
import { type SearchSpace, type TrialSettings, trialOverrides } from "../shared/space.js";
import { errorSpread, type Spread } from "../shared/spread.js";
import type { SearchPlan } from "../tune/search.js";
import { edgeWords } from "../tune/sentences.js";
import type { TriedSettings, Tuning } from "../tune/tuning.js";
import type { NamedVariant } from "./variants.js";

/** Rounds of the best trials of each optimizer. */
export const OPTIMIZER_ROUNDS = 10;

/** Settings that an optimizer has of its own. */
const SEARCHED: readonly string[] = ["learningRate", "weightDecay", "momentum"];

/** A network that one optimizer trains, and what is searched for it. */
export interface OptimizerSearch {
  readonly network: TunedNetwork;
  readonly space: SearchSpace;
}

/**
 * What is searched for an optimizer: the learning rate, by a factor of 10 to each side of where it usually works, seen from the
 * architecture's own; weight decay, and momentum where it has one, in their usual ranges. Settings in `fixed` are not searched.
 */
export function optimizerSearch(
  architecture: Architecture,
  optimizer: OptimizerName,
  fixed: SettingOverrides,
): OptimizerSearch {
  const network = { architecture, fixed: { ...fixed, optimizer } };
  const ratio = OPTIMIZER_KINDS[optimizer].usualRate / OPTIMIZER_KINDS[architecture.optimizer].usualRate;
  const middle = Number((architecture.learningRate * ratio).toPrecision(2));
  const dimensions = DIMENSIONS.filter(
    (dimension) =>
      SEARCHED.includes(dimension.setting) &&
      network.fixed[dimension.setting] === undefined &&
      dimension.missing(network) === undefined,
  );
  const space = dimensions.map((dimension) => {
    if (dimension.setting === "learningRate") {
      const centred: Dimension = { ...dimension, own: () => middle };
      return { dimension: centred, domain: factorAround(middle, 10) };
    }
    return { dimension, domain: dimension.around(dimension.own(network), network) };
  });
  return { network, space };
}

/** What the search for an optimizer's settings found. */
export interface TunedOptimizer {
  readonly name: OptimizerName;
  /** Its row in the comparison. */
  readonly variant: string;
  /** Which of several tunings found it, from 1, and the variant that its rounds have. */
  readonly tuning?: number;
  readonly tuned?: string;
  readonly settings: TrialSettings;
  /** Of the chosen settings, over the rounds of tuning; the lowest of many, which flatters it. */
  readonly validationError: Spread;
  readonly trials: number;
  /** Settings whose chosen value lies at an end of what was searched. */
  readonly atEnds: readonly string[];
  /** The same in sentences. */
  readonly warnings: readonly string[];
  /** Ends of what was searched. */
  readonly searched: Readonly<Record<string, readonly SettingValue[]>>;
}

/** Optimizers with settings that were searched, each with the same plan; each once for every tuning. */
export interface OptimizerSearches {
  readonly optimizers: readonly TunedOptimizer[];
  readonly plan: SearchPlan;
  readonly validationPairs: number;
}

/** The variant that a search chose, and which of its settings the search changed. */
export function tunedVariant(
  { network }: OptimizerSearch,
  optimizer: OptimizerName,
  settings: TrialSettings,
): NamedVariant {
  const overrides = trialOverrides(network, settings);
  const names = ["optimizer", ...SEARCHED].filter((name) => name === "optimizer" || name in settings);
  const changed = Object.entries(overrides).filter(([name]) => names.includes(name)) as [SettingName, SettingValue][];
  const { name } = network.architecture;
  const parts = changed.map(([setting, value]) => `${optionName(setting)}=${value}`);
  return {
    name: `${name}:${parts.join(",")}`,
    architecture: name,
    settings: Object.fromEntries(changed),
    title: OPTIMIZER_KINDS[optimizer].title,
    overrides: Object.fromEntries(changed),
  };
}

/** An optimizer whose settings differ from tuning to tuning. */
export const optimizerVariant = (architecture: string, optimizer: OptimizerName): NamedVariant => ({
  name: `${architecture}:optimizer=${optimizer}`,
  architecture,
  settings: { optimizer },
  title: OPTIMIZER_KINDS[optimizer].title,
  overrides: { optimizer },
});

/**
 * The part of a search that the table and the JSON show.
 *
 * @param which  of several tunings it is, and the variant that it chose
 */
export function tunedOptimizer(
  tuning: Tuning,
  optimizer: OptimizerName,
  variant: string,
  which?: Required<Pick<TunedOptimizer, "tuning" | "tuned">>,
): TunedOptimizer {
  const { settings, errors } = tuning.trials[tuning.chosen] as TriedSettings;
  const title = `${OPTIMIZER_KINDS[optimizer].title}${which ? `, tuning ${which.tuning}` : ""}`;
  return {
    name: optimizer,
    variant,
    ...which,
    settings,
    validationError: errorSpread(errors, tuning.validationPairs),
    trials: tuning.trials.length,
    atEnds: tuning.settings.filter(({ near }) => near).map(({ setting }) => setting),
    warnings: tuning.settings.flatMap((setting) => {
      const edge = edgeWords(setting);
      const again = `pairlab tune ${tuning.architecture} --optimizer ${optimizer} --over ${setting.option}=…`;
      return edge ? [`Warning: ${title}: ${edge} Search there with ${again}`] : [];
    }),
    searched: Object.fromEntries(
      tuning.settings.map(({ setting, domain }) => [
        setting,
        domain.kind === "range" ? [domain.low, domain.high] : domain.values,
      ]),
    ),
  };
}
