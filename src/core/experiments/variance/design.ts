import { listOf, oneOf, within } from "../../checks.js";
import { InvalidRequest } from "../../errors.js";
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

/** Which seed each source of chance has in a run. */
export type StreamLevels = { readonly [Name in StreamName]?: number };

/** A crossed design: the sources of chance, and the runs. */
export interface StreamDesign {
  readonly factors: readonly StreamName[];
  /** Sources that could be crossed, and are not. */
  readonly free: readonly StreamName[];
  readonly levels: number;
  /** Of each run, each factor's level, from 0. Run r has seed S + r; a stream at level l has seed S + l. */
  readonly runs: readonly (readonly number[])[];
}

/** What was asked for. */
export interface Asked {
  readonly architecture: string;
  readonly factors?: readonly StreamName[] | undefined;
  readonly levels?: number | undefined;
  readonly settings?: SettingOverrides | undefined;
}

/**
 * @param config  of a run as it is asked for
 * @throws InvalidRequest where a source is held fixed and crossed, or training does not draw from it, or there is none, or the levels cannot be
 *   crossed
 */
export function streamDesign(
  { architecture, factors: asked, levels, settings = {} }: Asked,
  config: RunConfig,
): StreamDesign {
  const isFixed = (stream: StreamName) => settings[STREAM_SETTINGS[stream]] !== undefined;
  const crossable = STREAM_NAMES.filter((stream) => drawsFrom(stream, config) && !isFixed(stream));
  const wrong = asked?.find((stream) => !crossable.includes(stream));
  if (wrong !== undefined)
    throw new InvalidRequest(
      isFixed(wrong)
        ? `${wrong} is held fixed: leave it out of the factors, or do not fix it`
        : `the training of ${architecture} has no ${wrong}: leave it out of the factors`,
    );
  const factors = STREAM_NAMES.filter((stream) => (asked ?? crossable).includes(stream));
  if (factors.length === 0) throw new InvalidRequest("every source of chance is held fixed: there is nothing to cross");
  const count = levels ?? (factors.length > 4 ? LEVELS.many : LEVELS.few);
  if (!canCross(factors.length, count))
    throw new InvalidRequest(
      `${count} levels of ${listed(factors)} cannot be crossed: take ${factors.length === 4 ? "an odd number of levels" : "a number of levels that neither 2 nor 3 divides, such as 7"}`,
    );
  const free = crossable.filter((stream) => !factors.includes(stream));
  return { factors, free, levels: count, runs: crossedDesign(factors.length, count) };
}

/** The seeds of a run's sources of chance. */
export const streamSeeds = (
  factors: readonly StreamName[],
  levels: readonly number[],
  seed: number,
): SettingOverrides =>
  Object.assign({}, ...factors.map((stream, i) => fixedStreams([stream], seed + (levels[i] as number))));
