import type { Tuning } from "../../experiments/tune/index.js";
import { type Domain, placeOf, type SettingValue } from "../../settings/domain.js";
import { mean } from "../../statistics/index.js";
import { ln } from "../../statistics/logarithm.js";

// Positions are natural logarithms and places from 0 to 1, on Plot's linear scales: its logarithmic ones use Math.log, which is not
// the same on every machine.

/** A trial in a setting's panel. */
export interface TrialMark {
  readonly x: number;
  /** The logarithm of the mean error. */
  readonly y: number;
  /** The number of rounds, as a share of a finalist's. */
  readonly share: number;
  readonly kind: "own" | "best" | "other";
  /** Whether its error is higher than the panel shows. */
  readonly beyond: boolean;
  /** Whether it diverged in a round. It then stands at the panel's top. */
  readonly diverged: boolean;
}

/** Errors beyond this multiple of the best one stand at the panel's top, so that they do not squeeze the others. */
const HIGHEST = 2.5;

/** An error on the logarithmic axis, which begins at half a wrong pair of a round's pairs. */
function shown(error: number, { trials, chosen, validationPairs }: Tuning): number {
  const least = 0.5 / validationPairs;
  const finite = Number.isNaN(error) ? 1 : error;
  return ln(Math.max(Math.min(finite, HIGHEST * Math.max(trials[chosen]?.mean as number, least)), least));
}

const isBeyond = (error: number, { trials, chosen }: Tuning): boolean =>
  error > HIGHEST * (trials[chosen]?.mean as number);

/** Whether some errors are higher than the panels show. */
export const cutOff = (tuning: Tuning): boolean => tuning.trials.some(({ mean }) => isBeyond(mean, tuning));

/** Whether a trial diverged. */
export const someDiverged = ({ trials }: Tuning): boolean => trials.some(({ mean }) => Number.isNaN(mean));

/** Every trial in the panel of a setting; the best one and the own settings last, on top. Trials outside the panel are left out. */
export function trialMarks(tuning: Tuning, setting: string, domain: Domain): TrialMark[] {
  const { trials, chosen, plan } = tuning;
  const most = plan.rungs.at(-1) as number;
  const marks = trials.flatMap((trial, i): TrialMark[] => {
    const place = placeOf(domain, trial.settings[setting] as SettingValue);
    if (place === undefined) return [];
    // Trials with the same choice stand side by side.
    const aside = domain.kind === "choices" ? ((((i * 7) % 11) - 5) / 16) * (1 / domain.values.length) : 0;
    const kind = i === chosen ? "best" : i === 0 ? "own" : "other";
    const x = place + (kind === "other" ? aside : 0);
    return [
      {
        x,
        y: shown(trial.mean, tuning),
        share: trial.errors.length / most,
        kind,
        beyond: isBeyond(trial.mean, tuning),
        diverged: Number.isNaN(trial.mean),
      },
    ];
  });
  return marks.toSorted((a, b) => RANK[a.kind] - RANK[b.kind]);
}

const RANK = { other: 0, own: 1, best: 2 } as const;

/** A trial's mean error after each rung that it has climbed. */
export interface Climb {
  readonly kind: TrialMark["kind"];
  readonly points: readonly { readonly rung: number; readonly y: number }[];
}

/** Trials with more than the first rung; the best one and the own settings last, on top. */
export function climbs(tuning: Tuning): Climb[] {
  const { trials, chosen, plan } = tuning;
  return trials
    .map(({ errors }, i): Climb => {
      const climbed = plan.rungs.filter((rounds) => rounds <= errors.length);
      return {
        kind: i === chosen ? "best" : i === 0 ? "own" : "other",
        points: climbed
          .map((rounds, rung) => ({ rung, error: mean(errors.slice(0, rounds)) }))
          .filter(({ error }) => !Number.isNaN(error))
          .map(({ rung, error }) => ({ rung, y: shown(error, tuning) })),
      };
    })
    .filter(({ points, kind }) => points.length > 1 || kind !== "other")
    .toSorted((a, b) => RANK[a.kind] - RANK[b.kind]);
}

/** The logarithm of the own settings' mean error. */
export const ownLevel = (tuning: Tuning): number => shown(tuning.trials[0]?.mean as number, tuning);
