import { domainWords } from "../../settings/domain.js";
import { ABSENT, count, meanAndSpread, plusMinus } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import { captioned, divergedOf } from "../shared/diverged.js";
import { hasDiverged, ranked } from "../shared/halving.js";
import type { RoundsSummary } from "../shared/rounds.js";
import { bestTrials } from "./importance.js";
import { roundsWords } from "./sentences.js";
import type { TriedSettings, Tuning } from "./tuning.js";
import { headingOf, valuesBetween } from "./words.js";

const SHOWN = 10;

/** The best trials, and the architecture's own settings in any case. */
export function trialsTable(tuning: Tuning, most = SHOWN): Table {
  const { trials, settings, validationPairs } = tuning;
  const order = ranked(trials);
  const shown = order.flatMap((i, rank) =>
    rank < most || i === 0 ? [{ i, rank, trial: trials[i] as TriedSettings }] : [],
  );
  return {
    title: most < trials.length ? "The best trials" : "Every trial",
    caption: `Validation error: mean ± standard deviation over the rounds that the trial had, on ${count(validationPairs)} pairs of training images that a round does not train on. Trials with more rounds come first: halving left the others behind.${trials.some(({ errors }) => hasDiverged(errors)) ? " Those that diverged come last." : ""}`,
    columns: ["Trial", ...settings.map(({ setting }) => headingOf(setting)), "Validation error", "Rounds"],
    rows: shown.map(({ i, rank, trial }) => [
      `${rank + 1}.${i === 0 ? " own settings" : ""}`,
      ...settings.map(({ setting }) => String(trial.settings[setting])),
      trialError(trial),
      String(trial.errors.length),
    ]),
  };
}

/** "8.4% ± 0.93 pt"; "diverged", or in how many of its rounds. */
function trialError({ errors, mean, sd }: TriedSettings): string {
  const lost = errors.filter(Number.isNaN).length;
  if (lost === 0) return meanAndSpread({ mean, sd });
  return lost < errors.length ? `diverged in ${lost} of ${errors.length}` : "diverged";
}

/** What was searched, and what mattered. */
export function searchedTable({ settings, trials }: Tuning): Table {
  const best = bestTrials(trials);
  return {
    title: "What was searched",
    caption:
      "Share: the part of the variance of the trials' ranks that this setting explains and no other does (adjusted R², least squares; the rest is chance, and what settings do together). Best fifth: the setting's values in the best fifth of the trials.",
    columns: ["Setting", "Searched", "Own", "Chosen", "Best fifth", "Share"],
    rows: settings.map(({ setting, domain, own, chosen, importance }) => [
      headingOf(setting),
      `${domainWords(domain)}${domain.kind === "range" && domain.scale !== "linear" ? ", logarithmic" : ""}`,
      String(own),
      String(chosen),
      valuesBetween(best.map((trial) => trial.settings[setting] as string | number)),
      importance === null ? "–" : `${Math.round(100 * importance)}%`,
    ]),
  };
}

/** The chosen settings and the architecture's own in fresh rounds; undefined if they are the same. */
export function checkTable({ check, rounds }: Tuning): Table | undefined {
  if (!check) return undefined;
  const lost = check.chosen.diverged !== undefined || check.own.diverged !== undefined;
  const row = (name: string, { testError, runs }: RoundsSummary) => [
    name,
    plusMinus(testError.mean, testError.sd),
    ...(lost ? [divergedOf(runs) || ABSENT] : []),
  ];
  return {
    title: "In fresh rounds",
    caption: captioned(
      `Validation error: mean ± standard deviation over ${roundsWords(rounds)} that were not used to choose settings. The error by which the chosen settings were picked is lower by luck.`,
      [check.chosen, check.own],
    ),
    columns: ["Settings", "Validation error", ...(lost ? ["Diverged"] : [])],
    rows: [row("chosen", check.chosen), row("own", check.own)],
  };
}

/** Trials and runs of each rung: "60 trials in 1 round, 30 in 2, …". */
export const rungWords = ({ plan, trials }: Tuning): string =>
  plan.rungs
    .map((rounds, rung) => {
      const those = trials.filter(({ errors }) => errors.length >= rounds).length;
      return rung === 0 ? `${those} trials had ${roundsWords(rounds)}` : `${those} of them ${rounds}`;
    })
    .join(", ");
