import { text as checkText } from "../../checks.js";
import { InvalidRequest } from "../../errors.js";
import { parseNumber, parseWhole } from "../../formats/numbers.js";
import { quoted } from "../../given.js";
import { type Domain, placeOf, type SettingValue, valueAt } from "../../settings/domain.js";
import type { SettingOverrides } from "../../training/index.js";
import { DIMENSIONS, type Dimension, isNames, isPossible, possibleWords, type TunedNetwork } from "./dimensions.js";

/** A setting with the values that are searched. */
export interface SearchedSetting {
  readonly dimension: Dimension;
  readonly domain: Domain;
}

/** All that is searched, in the order of `DIMENSIONS`. */
export type SearchSpace = readonly SearchedSetting[];

/** Values of searched settings, by their names in `SettingOverrides`. */
export type TrialSettings = Readonly<Record<string, SettingValue>>;

/**
 * The default search: every setting that the network has and that is not held fixed, around the
 * architecture's own value.
 */
export function defaultSpace(network: TunedNetwork): SearchSpace {
  return DIMENSIONS.filter(
    (dimension) =>
      !dimension.onRequest &&
      network.fixed[dimension.setting] === undefined &&
      dimension.missing(network) === undefined,
  ).map((dimension) => ({ dimension, domain: aroundOwn(dimension, network) }));
}

/**
 * The settings that the user names, separated by commas: each without a value for its usual range, with a range
 * (`learning-rate=1e-4..1e-1`) or with values (`batch-size=25/50/100`).
 *
 * @throws InvalidRequest saying what is wrong with the first part that cannot be used
 */
export function parseSpace(text: string, network: TunedNetwork): SearchSpace {
  checkText(text, "what is searched");
  const parts = text.split(",").map((part) => searchedPart(part.trim(), network));
  const twice = parts.find(({ dimension }, i) => parts.findIndex((other) => other.dimension === dimension) !== i);
  if (twice) throw new InvalidRequest(`--over names ${twice.dimension.option} twice`);
  return DIMENSIONS.flatMap((dimension) => parts.filter((part) => part.dimension === dimension));
}

function searchedPart(part: string, network: TunedNetwork): SearchedSetting {
  const [name = "", values, ...more] = part.split("=").map((each) => each.trim());
  const dimension = DIMENSIONS.find(({ option }) => option === name);
  if (!dimension)
    throw new InvalidRequest(
      `--over: ${quoted(part)} does not name a setting that can be searched: there are ${DIMENSIONS.map(({ option }) => option).join(", ")}`,
    );
  const missing = dimension.missing(network);
  if (missing)
    throw new InvalidRequest(`--over: there is no ${name} to search: ${network.architecture.name} ${missing}`);
  if (network.fixed[dimension.setting] !== undefined)
    throw new InvalidRequest(`--over searches ${name}, but --${name} holds it fixed: leave one out`);
  if (values === undefined) return { dimension, domain: aroundOwn(dimension, network) };
  const domain = more.length === 0 ? parseDomain(values, dimension) : undefined;
  if (domain) return { dimension, domain };
  throw new InvalidRequest(
    `--over: ${quoted(part)} cannot be searched: ${name} takes a range low..high, or values separated by /, each ${possibleWords(dimension)}, such as ${name}=${example(dimension, network)}`,
  );
}

function parseDomain(text: string, dimension: Dimension): Domain | undefined {
  const { possible } = dimension;
  const numeric = !isNames(possible);
  const whole = !isNames(possible) && possible.whole === true;
  const numberOf = (each: string): number => (whole ? parseWhole : parseNumber)(each.trim()) ?? Number.NaN;
  const read = (each: string): SettingValue => (numeric ? numberOf(each) : each.trim());
  const ends = text.split("..");
  if (ends.length === 2 && numeric) {
    const [low = Number.NaN, high = Number.NaN] = ends.map(numberOf);
    const fits = isPossible(dimension, low) && isPossible(dimension, high) && low < high;
    // The scale's logarithms need both ends.
    const scaled = dimension.scale === "linear" || (dimension.scale === "log" ? low > 0 : high < 1);
    const range = { kind: "range", low, high, scale: dimension.scale, ...(whole && { whole }) } as const;
    return fits && scaled ? range : undefined;
  }
  const values = text.split("/").map(read);
  const fine = values.every((value, i) => isPossible(dimension, value) && values.indexOf(value) === i);
  return fine && values.length > 1 ? { kind: "choices", values } : undefined;
}

const aroundOwn = (dimension: Dimension, network: TunedNetwork): Domain =>
  dimension.around(dimension.own(network), network);

function example(dimension: Dimension, network: TunedNetwork): string {
  const domain = aroundOwn(dimension, network);
  return domain.kind === "range" ? `${domain.low}..${domain.high}` : domain.values.join("/");
}

/** The settings at a place in each of the space's domains. */
export function settingsAt(space: SearchSpace, places: readonly number[]): TrialSettings {
  return Object.fromEntries(
    space.map(({ dimension, domain }, i) => [dimension.setting, valueAt(domain, places[i] as number)]),
  );
}

/** The place of settings in each of the space's domains, undefined if one does not have them. */
export const placesOf = (space: SearchSpace, settings: TrialSettings): (number | undefined)[] =>
  space.map(({ dimension, domain }) => placeOf(domain, settings[dimension.setting] as SettingValue));

/** Whether two trials of one space have the same settings. */
export const isSame = (a: TrialSettings, b: TrialSettings): boolean =>
  Object.entries(a).every(([setting, value]) => b[setting] === value);

/** The network's own values of settings. */
export const ownSettings = (dimensions: readonly Dimension[], network: TunedNetwork): TrialSettings =>
  Object.fromEntries(dimensions.map(({ setting, own }) => [setting, own(network)]));

/**
 * A run's settings: those held fixed, and those of a trial that differ from the network's own, so that a run with its own
 * settings is the same as any other. With another optimizer all are given, because the own ones were chosen for the first.
 */
export function trialOverrides(network: TunedNetwork, settings: TrialSettings): SettingOverrides {
  const own = ownSettings(DIMENSIONS, network);
  if (settings.optimizer !== undefined && settings.optimizer !== own.optimizer)
    return { ...network.fixed, ...settings };
  const changed = Object.entries(settings).filter(([setting, value]) => value !== own[setting]);
  return { ...network.fixed, ...Object.fromEntries(changed) };
}
