import { rangeWords } from "../../settings/domain.js";
import { SETTINGS } from "../../settings/table.js";
import { count } from "../../text/format.js";
import { generalSettings } from "../shared/general-words.js";
import { type ConfiguredRun, type Setting, settingsOf } from "../shared/method.js";
import { unitSettings, unitsIn } from "../shared/tunings.js";
import type { Ablation } from "./ablation.js";

/** Chosen for each network, and shown in a table. */
const CHOSEN = ["learningRate", "auxiliaryWeight", "dropout"] as const;

/**
 * The settings that an ablation's numbers rest on: those that all networks share, and how the others were chosen.
 *
 * @param records  one reported run of each network at least
 */
export function ablationSettings(ablation: Ablation, records: readonly ConfiguredRun[]): Setting[] {
  const { effects } = ablation;
  const { count: units, one } = unitsIn(ablation);
  return [
    ...settingsOf({ ...ablation, architectures: ablation.cells }, records).filter(
      ({ setting }) => !CHOSEN.some((name) => name === setting),
    ),
    ...unitSettings(ablation),
    { name: "Learning rate, dropout, auxiliary weight", value: tuned(ablation) },
    {
      name: "Effect of a hint",
      value:
        "test error with it minus without it, in each round, averaged over all settings of the other hints that exist both with and without it: for the rule only those with the auxiliary loss, for the auxiliary loss only those with a learned head",
    },
    {
      name: "Interaction of two hints",
      value:
        "the effect of the first with the second, minus its effect without the second, in each round, averaged in the same way; not halved",
    },
    {
      name: "p",
      value: `of an effect: two-sided sign-flip test over ${units === 1 ? `one ${one}` : `${units} ${one}s`}, corrected for all ${effects.length} effects together by Holm's procedure`,
    },
    ...generalSettings(effects.map(({ general }) => general)),
  ];
}

function tuned({ tunings = 1, tuning: { candidates, steps, seeds, validationPairs } }: Ablation): string {
  if (steps.length === 0) return "each network's own";
  const between = (name: (typeof CHOSEN)[number]) => rangeWords(SETTINGS[name].search.ablated);
  const [first, last] = [seeds[0], seeds.at(-1)];
  return `chosen for each network by successive halving: ${candidates} candidates, the better half of which went on, ${steps.join(", ")} in ${steps.length === 1 ? "a round" : `${steps.length} rounds`} of ${tunings > 1 ? "each tuning" : "tuning"} with ${first === last ? `seed ${first}` : `seeds ${first} to ${last}`}; errors on ${count(validationPairs)} pairs of training images that the round does not train on. The first candidate has the network's own settings, the others are drawn: learning rates from ${between("learningRate")} and auxiliary weights from ${between("auxiliaryWeight")}, both uniform in the logarithm, dropout rates from ${between("dropout")}. With the rule no auxiliary weight is chosen: it would scale the only loss, which makes no difference to Adam`;
}
