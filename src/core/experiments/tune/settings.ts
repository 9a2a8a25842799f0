import { domainWords } from "../../settings/domain.js";
import { count } from "../../text/format.js";
import { type ConfiguredRun, type Setting, settingsBesideRounds } from "../shared/method.js";
import { roundsWords } from "./sentences.js";
import { rungWords } from "./tables.js";
import type { Tuning } from "./tuning.js";
import { wordsOf } from "./words.js";

/**
 * The settings that a tuning's numbers rest on: how it searched, and what all runs share.
 *
 * @param records  at least one run with the chosen settings
 */
export function tuningSettings(tuning: Tuning, records: readonly ConfiguredRun[]): Setting[] {
  const { rounds, settings, check } = tuning;
  const searched = settings.map(({ setting, domain }) => `${wordsOf(setting)} ${domainWords(domain)}`).join("; ");
  return [
    { name: "Searched", value: searched },
    ...searchMethod(tuning, { first: "the architecture's own settings", rungs: rungWords(tuning) }),
    ...(check
      ? [
          {
            name: "Fresh rounds",
            value: `${roundsWords(rounds)}, seeds ${check.seeds[0]}${rounds > 1 ? ` to ${check.seeds.at(-1)}` : ""}: the chosen settings against the own ones, two-sided sign-flip test of the rounds' differences`,
          },
        ]
      : []),
    ...settingsBesideRounds(tuning, records.slice(0, 1)),
  ];
}

/** How settings were searched; `first` is the first trial, and `rungs` how many trials had how many rounds. */
export function searchMethod(
  { plan, seed, validationPairs }: Pick<Tuning, "plan" | "seed" | "validationPairs">,
  { first, rungs }: { readonly first: string; readonly rungs: string },
): Setting[] {
  const last = plan.seeds.length > 1 ? ` to ${plan.seeds.at(-1)}` : "";
  return [
    {
      name: "Search",
      value: `the first ${count(plan.explored)} trials are ${first} and a scrambled Halton sequence (Owen 2017); the others, 8 at a time, are those that a tree-structured Parzen estimator (Bergstra et al. 2011) finds likeliest to be good. Seed ${seed}`,
    },
    {
      name: "Successive halving",
      value: `after each 8 trials the better half of those that have had 1, 2, … rounds get more: ${rungs}. All trials share the rounds of tuning, seeds ${plan.seeds[0]}${last}`,
    },
    {
      name: "Validation pairs",
      value: `${count(validationPairs)} a round, of training images that the round does not train on; no test image is read`,
    },
  ];
}
