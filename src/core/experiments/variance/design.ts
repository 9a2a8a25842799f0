import { listOf, oneOf, within } from "../../checks.js";
import { InvalidRequest } from "../../errors.js";
import type { Limits } from "../../limits.js";
import { canCross, crossedDesign, FEWEST_LEVELS, MOST_LEVELS } from "../../statistics/crossed-design.js";
import { listed } from "../../text/format.js";
import type { RunConfig, SettingOverrides } from "../../training/index.js";
import {
  drawsFrom,
  fixedStreams,
  STREAM_NAMES,
  STREAM_SETTINGS,
  type StreamName,
} from "../../training/stream-seeds.js";

/** Seeds of each source of chance, where nobody says how many: of up to four sources, and of five. */
export const LEVELS = { few: 9, many: 7 } as const;

export const checkLevels = within({ least: FEWEST_LEVELS, most: MOST_LEVELS, whole: true });
export const checkFactors = listOf(oneOf(STREAM_NAMES));

/** Settings that each tuning tries, where nobody says how many. */
export const CANDIDATES = 8;
/** Fewer are no choice; beyond the most, settings of two digits would run out. */
export const CANDIDATE_LIMITS: Limits = { least: 2, most: 64, whole: true };

export const checkTunings = checkLevels;
export const checkCandidates = within(CANDIDATE_LIMITS);

/** Which seed each source of chance has in a run. */
export type StreamLevels = { readonly [Name in StreamName]?: number };

/** A source of chance that is crossed: a stream, or the choice of settings. */
export type FactorName = StreamName | "tuning";

/** Which level each source of chance has in a run: a seed, or a tuning. */
export type FactorLevels = { readonly [Name in FactorName]?: number };

/** A crossed design: the sources of chance, and the runs. */
export interface StreamDesign {
  readonly factors: readonly FactorName[];
  /** Sources that could be crossed, and are not. */
  readonly free: readonly StreamName[];
  readonly levels: number;
  /** Of each run, each factor's level, from 0. Run r has seed S + r; a stream at level l has seed S + l, and settings are those of tuning l. */
  readonly runs: readonly (readonly number[])[];
}

/** What was asked for. */
export interface Asked {
  readonly architecture: string;
  readonly factors?: readonly StreamName[] | undefined;
  readonly levels?: number | undefined;
  /** Each is a level. */
  readonly tunings?: number | undefined;
  readonly settings?: SettingOverrides | undefined;
}

/** How many levels are asked for, where it is said. @throws InvalidRequest where tunings are not as many */
export function askedLevels({ levels, tunings }: Pick<Asked, "levels" | "tunings">): number | undefined {
  if (levels !== undefined && tunings !== undefined && levels !== tunings)
    throw new InvalidRequest(
      `--levels ${levels} with --tunings ${tunings}: each tuning is a level, so --tunings says how many there are; leave --levels out`,
    );
  return tunings ?? levels;
}

/**
 * @param config  of a run as it is asked for
 * @param tuned   names of settings that a tuning chooses: it may add dropout to a network that has none
 * @throws InvalidRequest where a source is held fixed and crossed, or training does not draw from it, or there is none, or the levels cannot be
 *   crossed
 */
export function streamDesign(
  { architecture, factors: asked, settings = {}, ...sizes }: Asked,
  config: RunConfig,
  tuned: readonly string[] = [],
): StreamDesign {
  const levels = askedLevels(sizes);
  const isFixed = (stream: StreamName) => settings[STREAM_SETTINGS[stream]] !== undefined;
  const mayDraw = (stream: StreamName) => drawsFrom(stream, config) || tuned.includes(stream);
  const crossable = STREAM_NAMES.filter((stream) => mayDraw(stream) && !isFixed(stream));
  const wrong = asked?.find((stream) => !crossable.includes(stream));
  if (wrong !== undefined)
    throw new InvalidRequest(
      isFixed(wrong)
        ? `${wrong} is held fixed: leave it out of the factors, or do not fix it`
        : `the training of ${architecture} has no ${wrong}: leave it out of the factors`,
    );
  const streams = STREAM_NAMES.filter((stream) => (asked ?? crossable).includes(stream));
  const factors: FactorName[] = [...streams, ...(sizes.tunings === undefined ? [] : (["tuning"] as const))];
  if (factors.length === 0) throw new InvalidRequest("every source of chance is held fixed: there is nothing to cross");
  const count = levels ?? (factors.length > 4 ? LEVELS.many : LEVELS.few);
  if (!canCross(factors.length, count))
    throw new InvalidRequest(
      `${count} ${levelWord(sizes)} of ${listed(factors)} cannot be crossed: take ${factors.length === 4 ? `an odd number of ${levelWord(sizes)}` : `a number of ${levelWord(sizes)} that neither 2 nor 3 divides, such as 7`}`,
    );
  const free = crossable.filter((stream) => !factors.includes(stream));
  return { factors, free, levels: count, runs: crossedDesign(factors.length, count) };
}

const levelWord = ({ tunings }: Pick<Asked, "tunings">): string => (tunings === undefined ? "levels" : "tunings");

/** The seeds of a run's sources of chance. */
export const streamSeeds = (
  factors: readonly FactorName[],
  levels: readonly number[],
  seed: number,
): SettingOverrides =>
  Object.assign(
    {},
    ...factors.map((factor, i) => (factor === "tuning" ? {} : fixedStreams([factor], seed + (levels[i] as number)))),
  );

/** The streams among the sources. */
export const streamsOf = (factors: readonly FactorName[]): StreamName[] =>
  factors.filter((factor) => factor !== "tuning");
