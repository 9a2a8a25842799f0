import { listed, percent, pointsWithInterval, pValue, signed } from "../../text/format.js";
import { ROUNDS_TO_CLAIM, statedInterval } from "../shared/claims.js";
import { divergedSentences } from "../shared/diverged.js";
import { hasDiverged } from "../shared/halving.js";
import { noBetterSentences } from "../shared/one-answer.js";
import { TUNED_ONCE, unitsIn } from "../shared/tunings.js";
import {
  type AblatedCell,
  type Ablation,
  type ChosenSettings,
  choicesOf,
  type Effect,
  fewestRoundsFor,
  isClear,
} from "./ablation.js";
import { FACTOR_WORDS, type Factor, hintsOf, whereIs } from "./factors.js";
import type { TriedCandidate } from "./halving.js";

/**
 * What each hint is worth, in sentences: what so many rounds can show, main effects and then interactions that differ from
 * zero, the largest first, those that do not, and the network with the lowest error.
 */
export function ablationSentences(ablation: Ablation): string[] {
  const { effects, cells, seed } = ablation;
  const lost = effects.filter(({ diverged }) => diverged);
  const clear = effects.filter(isClear).toSorted((a, b) => a.factors.length - b.factors.length || size(b) - size(a));
  const unclear = effects.filter((effect) => !isClear(effect) && !effect.diverged);
  return [
    ...limits(ablation),
    ...divergedSentences(cells.map(({ name, runs }) => ({ title: name, runs }))),
    ...(lost.length > 0
      ? [`A network diverged in a round, so effects that rest on it are not stated: ${listed(lost.map(effectTitle))}.`]
      : []),
    ...clear.map((effect) => (effect.beside ? interaction(effect, ablation) : mainEffect(effect, ablation))),
    ...(unclear.length > 0 ? [notClear(unclear)] : []),
    ...lowest(cells),
    ...noBetterSentences(
      cells.map(({ name, runs }) => ({ title: name, runs })),
      seed,
    ),
  ];
}

/** What tuning changed, and where its range may have been too narrow. */
export function tuningSentences({ cells, tuning, tunings = 1 }: Ablation): string[] {
  if (tuning.steps.length === 0)
    return ["Nothing was tuned: every network has its own settings, which suit some networks better than others."];
  const choices = cells.flatMap((cell) => choicesOf(cell).map((choice) => ({ name: cell.name, ...choice })));
  const changed = choices.filter(({ chosen }) => chosen > 0);
  const tried = choices.flatMap(({ candidates }) => candidates);
  const lost = tried.filter(({ errors }) => hasDiverged(errors)).length;
  const without = choices.filter(({ candidates }) => candidates.every(({ errors }) => hasDiverged(errors)));
  const again =
    tunings > 1
      ? ` That was done ${tunings} times, each time with other candidates and other rounds: ${choices.length} choices.`
      : "";
  return [
    `The settings of each network were chosen on validation pairs, training images that the round does not train on; no choice saw a test image. Each network had ${tuning.candidates} candidates in ${tuning.steps.length === 1 ? "a round" : `${tuning.steps.length} rounds`} of tuning, none of which is reported.${again}`,
    ...(lost > 0
      ? [`${lost} of ${tried.length} candidates diverged in a round of tuning: they rank last, and none is chosen.`]
      : []),
    ...(without.length > 0
      ? [
          `All candidates of ${listed(namesOf(without))} diverged${tunings > 1 ? " in a tuning" : ""}, so the results there are those with the own settings.`,
        ]
      : []),
    ...(changed.length > 0
      ? [gains(changed, `${choices.length} ${chosenThings(tunings)}`)]
      : ["Tuning kept every network's own settings."]),
    ...edges(choices, tunings),
  ];
}

/** A choice, and the network that it is for. */
type NamedChoice = ChosenSettings & Pick<AblatedCell, "name">;

const namesOf = (choices: readonly NamedChoice[]): string[] => [...new Set(choices.map(({ name }) => name))];
const chosenThings = (tunings: number): string => (tunings > 1 ? "choices" : "networks");

/** In tuning's first round both the chosen and the own settings were trained, on the same pairs. */
function gains(changed: readonly NamedChoice[], of: string): string {
  const better = changed
    .map(({ candidates, chosen }) => firstError(candidates[0]) - firstError(candidates[chosen]))
    .filter((gain) => !Number.isNaN(gain));
  const average = better.reduce((sum, each) => sum + each, 0) / better.length;
  const how = average < 0 ? "higher" : "lower";
  const chose = `Tuning chose settings other than the network's own for ${changed.length} of ${of}`;
  if (better.length === 0) return `${chose}, whose own settings diverged.`;
  return `${chose}; in the first round of tuning these had a validation error ${pointsWithInterval(average, null)} ${how} on average. That flatters them, because they were chosen by that round among others.`;
}

const firstError = (candidate: TriedCandidate | undefined): number => candidate?.errors[0] ?? Number.NaN;

/** If the best setting is the lowest or highest tried, a better one may lie beyond it. */
function edges(choices: readonly NamedChoice[], tunings: number): string[] {
  const at = (end: "lowest" | "highest") => {
    const those = choices.filter(({ settings, candidates }) => {
      const rates = candidates.map((candidate) => candidate.settings.learningRate);
      const [low, high] = [Math.min(...rates), Math.max(...rates)];
      return low < high && settings.learningRate === (end === "lowest" ? low : high);
    });
    return those.length > 0
      ? [
          `The chosen learning rate is the ${end} of those tried for ${those.length} of ${choices.length} ${chosenThings(tunings)}, so a ${end === "lowest" ? "lower" : "higher"} one may be better: ${namesOf(those).join(", ")}.`,
        ]
      : [];
  };
  return [...at("lowest"), ...at("highest")];
}

/** What so many rounds and tunings cannot say. */
function limits(ablation: Ablation): string[] {
  const { rounds, effects, tunings = 1, tuning } = ablation;
  const units = unitsIn(ablation);
  const fewest = fewestRoundsFor(ablation);
  const once = tunings === 1 && tuning.steps.length > 0 ? [TUNED_ONCE] : [];
  if (units.count < fewest) {
    const those = units.count === 1 ? `One ${units.one} is` : `${units.count} ${units.one}s are`;
    const claim = tunings > 1 ? " (--preset full)" : `, and a claim needs ${ROUNDS_TO_CLAIM} (--preset full)`;
    return [
      `${those} too few to tell any of the ${effects.length} effects from zero, however large: that takes at least ${fewest} ${units.one}s${claim}.`,
      ...once,
    ];
  }
  return [
    ...(rounds < ROUNDS_TO_CLAIM
      ? [`${rounds} rounds are enough for a first look; a claim needs ${ROUNDS_TO_CLAIM} (--preset full).`]
      : []),
    ...once,
  ];
}

function mainEffect(effect: Effect, ablation: Ablation): string {
  const subject = capitalized(FACTOR_WORDS[effect.factors[0] as Factor].subject);
  const verb = effect.mean < 0 ? "lowers" : "raises";
  return `${subject} ${verb} test error by ${pointsWithInterval(effect.mean, effect.ci95)} on average over the other hints (n = ${unitsIn(ablation).n}, ${pValue(effect.pHolm ?? 1)}).`;
}

function interaction({ factors, mean, ci95, beside, pHolm }: Effect, ablation: Ablation): string {
  const [first, second] = factors as readonly [Factor, Factor];
  const { present, absent } = beside ?? { present: 0, absent: 0 };
  const verb = (effect: number) => (effect < 0 ? "lowers" : "raises");
  const there = `${verb(present)} test error by ${pointsWithInterval(present, null)} there`;
  const same = verb(present) === verb(absent);
  const elsewhere = `${same ? "" : `${verb(absent)} it `}by ${pointsWithInterval(absent, null)} elsewhere`;
  return `${capitalized(FACTOR_WORDS[first].subject)} brings ${pointsWithInterval(mean, ci95)} ${mean < 0 ? "more" : "less"} ${whereIs(second, ablation.dataset)}: it ${there}, and ${elsewhere} (n = ${unitsIn(ablation).n}, ${pValue(pHolm ?? 1)}).`;
}

function notClear(effects: readonly Effect[]): string {
  const [main, pairs] = [effects.filter(({ beside }) => !beside), effects.filter(({ beside }) => beside)];
  const parts = [
    ...(main.length > 0
      ? [`of the main effects, ${listed(main.map((each) => `${effectTitle(each)} (${inPoints(each)})`))}`]
      : []),
    ...(pairs.length > 0 ? [`of the interactions, ${listed(pairs.map(effectTitle))}`] : []),
  ];
  return `With the tests and intervals of all effects taken together, these cannot be told from zero: ${parts.join("; ")}. That does not show that they are zero.`;
}

/** "−0.12 points [−0.40, 0.15]": with its sign, unlike in a sentence that says lower or higher. */
function inPoints(effect: Effect): string {
  const number = (value: number) => signed(100 * value, 2);
  const interval = statedInterval(effect);
  return `${number(effect.mean)} points${interval ? ` [${interval.map(number).join(", ")}]` : ""}`;
}

function lowest(cells: readonly AblatedCell[]): string[] {
  const measured = cells.filter(({ testError }) => !Number.isNaN(testError.mean));
  const [best, ...others] = measured.toSorted((a, b) => a.testError.mean - b.testError.mean);
  const worst = others.at(-1);
  if (!best || !worst) return [];
  const named = ({ factors, testError }: AblatedCell) => `${percent(testError.mean)} (hints: ${hintsOf(factors)})`;
  return [
    `Mean test errors go from ${named(best)} to ${named(worst)}; picking the lowest of ${measured.length} flatters it a little.`,
  ];
}

/** "weight sharing", "weight sharing × auxiliary loss". */
export const effectTitle = ({ factors }: Pick<Effect, "factors">): string =>
  factors.map((factor) => FACTOR_WORDS[factor].title).join(" × ");

const size = ({ mean }: Effect): number => Math.abs(mean);
const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
