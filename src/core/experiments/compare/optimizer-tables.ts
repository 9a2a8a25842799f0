import { OPTIMIZER_KINDS } from "../../engine/optimizers/registry.js";
import { ABSENT, count, plusMinus } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import { DIMENSIONS } from "../shared/dimensions.js";
import type { Setting } from "../shared/method.js";
import { searchMethod } from "../tune/settings.js";
import { headingOf, wordsOf } from "../tune/words.js";
import type { OptimizerSearches } from "./optimizers.js";

/** What the search for each optimizer found. */
export function optimizersTable({ optimizers, validationPairs }: OptimizerSearches): Table {
  const settings = DIMENSIONS.map(({ setting }) => setting).filter((setting) =>
    optimizers.some((each) => setting in each.settings),
  );
  const again = optimizers.some(({ tuning }) => tuning !== undefined);
  return {
    title: "What each search found",
    caption: `Validation error of the chosen settings: mean ± standard deviation over the rounds of tuning, on ${count(validationPairs)} pairs of training images that a round does not train on. It is the lowest of many trials, and so lower by luck. A setting at an end of its range may have a better value beyond it.`,
    columns: [
      "Optimizer",
      ...(again ? ["Tuning"] : []),
      ...settings.map(headingOf),
      "Validation error",
      "Trials",
      "At an end",
    ],
    rows: optimizers.map(({ name, tuning, settings: chosen, validationError, trials, atEnds }) => [
      OPTIMIZER_KINDS[name].title,
      ...(again ? [String(tuning)] : []),
      ...settings.map((setting) => String(chosen[setting] ?? ABSENT)),
      plusMinus(validationError.mean, validationError.sd),
      String(trials),
      atEnds.map(wordsOf).join(", ") || ABSENT,
    ]),
  };
}

/** How optimizers were tuned. */
export function optimizerSettings(searches: OptimizerSearches, seed: number): Setting[] {
  const { optimizers, plan } = searches;
  const once = optimizers.filter(({ name }, i) => optimizers.findIndex((other) => other.name === name) === i);
  const ranges = once.map(({ name, searched }) => {
    const each = Object.entries(searched).map(([setting, ends]) => `${wordsOf(setting)} ${ends.join(" to ")}`);
    return `${OPTIMIZER_KINDS[name].title}: ${each.join(", ")}`;
  });
  const rungs = `up to ${plan.rungs.at(-1)}`;
  return [
    { name: "Searched", value: `${ranges.join("; ")}; all logarithmic, momentum in 1 − momentum` },
    ...searchMethod(
      { ...searches, seed },
      { first: "each optimizer's defaults, with the middle of its learning rates,", rungs },
    ),
  ];
}
