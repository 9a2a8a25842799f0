import { fewestRounds } from "../../statistics/index.js";
import { listed, percent, plusMinus, pointsWithInterval, pValue } from "../../text/format.js";
import { exploring, isShown } from "../shared/claims.js";
import { divergedRounds } from "../shared/diverged.js";
import { hasDiverged } from "../shared/halving.js";
import type { TriedSettings, TunedSetting, Tuning } from "./tuning.js";
import { settingsWords, wordsOf } from "./words.js";

/** What tuning found, in sentences: the best settings, whether fresh rounds confirm them, and where to search next. */
export function tuningFindings(tuning: Tuning): string[] {
  return [
    best(tuning),
    ...diverged(tuning),
    checked(tuning),
    ...edges(tuning),
    ...mattered(tuning),
    ...exhausted(tuning),
  ];
}

function best({ trials, chosen }: Tuning): string {
  const { settings, source, mean, sd, errors } = trials[chosen] as TriedSettings;
  const error = `validation error ${plusMinus(mean, sd)} over ${roundsWords(errors.length)}`;
  return source === "own"
    ? `Of ${trials.length} trials the architecture's own settings are the best, ${settingsWords(settings)}: ${error}.`
    : `The best of ${trials.length} trials has ${settingsWords(settings)}: ${error}. It is the lowest of many, which flatters it.`;
}

function diverged({ trials }: Tuning): string[] {
  const lost = trials.flatMap(({ errors }, i) => (hasDiverged(errors) ? [i] : []));
  if (lost.length === 0) return [];
  const own = lost.includes(0) ? " The architecture's own settings are among them." : "";
  const rank = lost.length === 1 ? "it ranks last, and is not chosen" : "they rank last, and none is chosen";
  return [`${lost.length} of ${trials.length} trials diverged in a round: ${rank}.${own}`];
}

function checked({ check, rounds, seed }: Tuning): string {
  if (!check) return "The own settings stay, so there is nothing to compare.";
  const { own, chosen, difference } = check;
  const { mean, ci95, pHolm } = difference;
  const lost = divergedRounds(
    { title: "the chosen settings", runs: chosen.runs },
    { title: "the own settings", runs: own.runs },
  );
  const ends = `from ${percent(own.testError.mean)} to ${percent(chosen.testError.mean)}`;
  const where = `In ${roundsWords(rounds)} that were not used to choose settings (seeds from ${check.seeds[0] ?? seed} on)`;
  const by = `by ${pointsWithInterval(mean, ci95)}`;
  if (lost) return `${where} no test is made of the chosen settings against the own ones: ${lost}.`;
  if (pHolm === null)
    return `${where} the chosen settings bring the validation error ${ends}; one round tests nothing, because it has no spread.`;
  const brief = `(n = ${rounds}, ${pValue(pHolm)})`;
  if (!isShown(difference)) {
    const few =
      rounds < fewestRounds()
        ? ` So few rounds cannot show any difference: that takes at least ${fewestRounds()} rounds.`
        : "";
    const direction = mean > 0 ? "higher" : "lower";
    return `${where} no difference from the own settings is shown: the validation error goes ${ends}, ${pointsWithInterval(mean, ci95)} ${direction} ${brief}.${few}`;
  }
  const verb = mean > 0 ? "raise" : "lower";
  return `${where} the chosen settings ${verb} the validation error ${ends}, ${by} against the architecture's own ${brief}. ${exploring(rounds) ?? ""}`.trimEnd();
}

/** If the best value is at an end of a range, the optimum may lie beyond it. */
const edges = ({ settings }: Tuning): string[] =>
  settings.flatMap((setting) => {
    const edge = edgeWords(setting);
    return edge ? [`Warning: ${edge} Search there with --over ${setting.option}=…`] : [];
  });

/** "the chosen dropout rate, 0.7, lies at the high end of its range (0 to 0.7): a higher one may be better."; undefined elsewhere. */
export function edgeWords({ setting, near, chosen, domain }: TunedSetting): string | undefined {
  if (!near) return undefined;
  const end =
    domain.kind === "range"
      ? `the ${near === "low" ? "low" : "high"} end of its range (${domain.low} to ${domain.high})`
      : `the ${near === "low" ? "lowest" : "highest"} of its values`;
  const beyond = near === "low" ? "lower" : "higher";
  return `the chosen ${wordsOf(setting)}, ${chosen}, lies at ${end}: a ${beyond} one may be better.`;
}

/** Below this share a setting's part cannot be told from chance. */
export const NOTICEABLE = 0.02;

function mattered({ settings }: Tuning): string[] {
  const told = settings.filter(
    (setting): setting is TunedSetting & { importance: number } => setting.importance !== null,
  );
  if (told.length === 0) return ["There are too few trials to say which setting mattered."];
  const order = told.toSorted((a, b) => b.importance - a.importance);
  const those = order.filter(({ importance }) => importance >= NOTICEABLE);
  const rest = order.filter(({ importance }) => importance < NOTICEABLE);
  const main = those.map(({ setting, importance }) => `${wordsOf(setting)} (${Math.round(100 * importance)}%)`);
  return [
    ...(main.length > 0
      ? [`What mattered, with the share of the trials' ranking that only this setting explains: ${listed(main)}.`]
      : []),
    ...(rest.length > 0
      ? [
          `Within these ranges and with so few trials, no effect is seen of ${listed(rest.map(({ setting }) => `the ${wordsOf(setting)}`))}.`,
        ]
      : []),
  ];
}

const exhausted = ({ trials, plan }: Tuning): string[] =>
  trials.length < plan.trials
    ? [`${plan.trials} trials were asked for, but there are only ${trials.length} different settings to try.`]
    : [];

export const roundsWords = (rounds: number): string => (rounds === 1 ? "one round" : `${rounds} rounds`);
