import { PAPER_NETWORKS } from "../../core/architectures/registry.js";
import { parseWhole } from "../../core/formats/numbers.js";
import { inShort, quoted } from "../../core/given.js";
import { findArchitecture, type OwnArchitecture, SETTING_LIMITS } from "../../core/index.js";
import { FIRST_SEEDS } from "../../core/limits.js";
import { count } from "../../core/text/format.js";
import { addNetworks, ownOf, parseNetworks } from "./networks.js";
import { FIELDS, readSetting, type Settings, settingText } from "./options.js";

export const VIEWS = ["train", "worth", "inside", "draw", "pictures", "runs"] as const;
export type View = (typeof VIEWS)[number];

/** Controls that a link can hide: seeds and settings, networks that the paper does not have, one's own, and runs with their commands. */
export const HIDEABLE = ["settings", "others", "own", "runs"] as const;
export type Hideable = (typeof HIDEABLE)[number];

/** The steps of the tour. */
export const TOUR_STEPS = 6;

/** Everything that a link to the page says. */
export interface Address {
  readonly view: View;
  /** The names of architectures. */
  readonly networks: readonly string[];
  /** Those of them that are not pairlab's, in their order. */
  readonly own: readonly OwnArchitecture[];
  /** The seed of the first round. */
  readonly seed: number;
  readonly rounds: number;
  readonly settings: Settings;
  /** The id of the run whose network is looked into. */
  readonly run?: string | undefined;
  /** The index of the test pair that is shown, among those of the run's round. */
  readonly pair?: number | undefined;
  /** The hint of the study whose worth is shown. */
  readonly hint?: Hint | undefined;
  /** The number of training pairs at which it is shown. */
  readonly at?: number | undefined;
  /** The controls that are not shown, in the order of `HIDEABLE`. */
  readonly hide?: readonly Hideable[] | undefined;
  /** The step of the tour, from 1; undefined where none is taken. */
  readonly tour?: number | undefined;
}

/** The hints of the study that the view Worth shows. */
export const HINTS = ["convolution", "weight-sharing", "auxiliary-loss", "comparison-rule"] as const;
export type Hint = (typeof HINTS)[number];

export const MOST_ROUNDS = 30;

const KEYS: ReadonlySet<string> = new Set([
  "networks",
  "seed",
  "rounds",
  ...FIELDS.map(({ option }) => option),
  "run",
  "pair",
  "hint",
  "at",
  "hide",
  "tour",
  "own",
]);

/** The meaning of an empty address: one round of the paper's networks and training. */
export const START: Address = { view: "train", networks: PAPER_NETWORKS, own: [], seed: 0, rounds: 1, settings: {} };

/** The meaning of an address, and the problems in it. Parts with a problem keep their value from the start. */
export interface ReadAddress {
  readonly address: Address;
  readonly problems: readonly string[];
}

/** In characters. Names and settings together have fewer than 2,000: the rest is for networks of one's own. */
export const LONGEST = 10_000;

/** The most problems that are shown. */
const MOST_PROBLEMS = 10;

/**
 * Reads an address, and adds the networks that it holds: the last of a name is the one that `findArchitecture` finds.
 *
 * @param hash  a location's hash, with or without its "#"
 */
export function readAddress(hash: string): ReadAddress {
  if (hash.length > LONGEST)
    return {
      address: START,
      problems: [
        `The link is too long to be read (${count(hash.length)} characters, at most ${count(LONGEST)}): the page starts as without a link, with what is chosen below`,
      ],
    };
  const { address, problems } = readShort(withoutStart(hash));
  const more = problems.length - MOST_PROBLEMS;
  const shown = [...problems.slice(0, MOST_PROBLEMS), `In the address: ${more} more like these`];
  return { address, problems: more > 0 ? shown : problems };
}

/** Whether an address asks nothing: it is empty, or is not read. */
export const asksNothing = (hash: string): boolean => hash.length > LONGEST || withoutStart(hash) === "";

/** Whether an address asks for the page's first view and nothing else. A link that is too long asks for more, and is not read. */
export const opensOnly = (hash: string): boolean => ["", START.view].includes(withoutStart(hash));

const withoutStart = (hash: string): string => hash.replace(/^#?\/?/, "");

/** @param text  an address without its "#/" */
function readShort(text: string): ReadAddress {
  const [path = "", query = ""] = text.split("?", 2);
  // Names of the trunk family have a plus, which a query reads as a blank.
  const given = new URLSearchParams(query.replaceAll("+", "%2B"));
  const problems: string[] = [];
  const attempt = <Value>(read: () => Value, otherwise: Value): Value => {
    try {
      return read();
    } catch (error) {
      problems.push(`In the address: ${(error as Error).message}`);
      return otherwise;
    }
  };
  const whole = (name: string, least: number, most: number, otherwise: number) => {
    const text = given.get(name);
    if (text === null) return otherwise;
    return attempt(() => readWhole(name, text, least, most), otherwise);
  };
  const view = attempt(() => readView(path), START.view);
  const written = given.get("own");
  // Before the names, which may be of these.
  if (written !== null) attempt(() => addNetworks(parseNetworks(written, "own").architectures), undefined);
  const named = given.get("networks");
  const networks =
    named === null
      ? START.networks
      : [...new Set(named.split(",").filter((name) => name !== ""))].filter((name) =>
          attempt(() => Boolean(findArchitecture(name)), false),
        );
  const settings: Settings = Object.fromEntries(
    FIELDS.flatMap((field) => {
      const text = given.get(field.option);
      const value = text === null ? undefined : attempt(() => readSetting(field, text), undefined);
      return value === undefined ? [] : [[field.setting, value]];
    }),
  );
  for (const name of given.keys())
    if (!KEYS.has(name))
      problems.push(`In the address: ${inShort(name)} means nothing here; choose from ${[...KEYS].join(", ")}`);
  const run = given.get("run");
  const pair = given.has("pair") ? whole("pair", 0, SETTING_LIMITS.testPairs.most - 1, 0) : undefined;
  const [hinted, place] = [given.get("hint"), given.get("at")];
  const hint = hinted === null ? undefined : attempt(() => readHint(hinted), undefined);
  const { least, most } = SETTING_LIMITS.trainPairs;
  const at = place === null ? undefined : attempt(() => readWhole("at", place, least, most), undefined);
  const hide = readHidden(given.get("hide"), attempt);
  const tour = given.has("tour") ? whole("tour", 1, TOUR_STEPS, 0) : 0;
  const address: Address = {
    view,
    networks,
    own: ownOf(networks),
    seed: whole("seed", 0, FIRST_SEEDS.most, START.seed),
    rounds: whole("rounds", 1, MOST_ROUNDS, START.rounds),
    settings,
    ...(run !== null && run !== "" && { run }),
    ...(pair !== undefined && { pair }),
    ...(hint !== undefined && { hint }),
    ...(at !== undefined && { at }),
    ...(hide.length > 0 && { hide }),
    ...(tour > 0 && { tour }),
  };
  return { address, problems };
}

/**
 * The address of a state, such as "#/train?networks=mlp,one-by-one&seed=0&rounds=3". It holds the networks of one's own for which
 * there is room.
 */
export function formatAddress(address: Address): string {
  const own = linked(address);
  const most = withoutOwn(address);
  return own.length === 0 ? most : `${most}${ownPart(own)}`;
}

/** The names of the networks that an address has no room for: its link shows them only where they are known. */
export function leftOut(address: Address): string[] {
  const there = linked(address);
  return address.own.filter((each) => !there.includes(each)).map(({ name }) => name);
}

/** The networks of one's own for which an address has room, in their order. */
function linked(address: Address): readonly OwnArchitecture[] {
  const room = LONGEST - withoutOwn(address).length;
  const there: OwnArchitecture[] = [];
  for (const each of address.own) if (ownPart([...there, each]).length <= room) there.push(each);
  return there;
}

const ownPart = (own: readonly OwnArchitecture[]): string => `&own=${encoded(JSON.stringify(own))}`;

/** Commas and colons mean nothing in a query. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":");

function withoutOwn(address: Address): string {
  const { view, networks, seed, rounds, settings, run, pair, hint, at, hide = [], tour } = address;
  const parts: [string, string | number | undefined][] = [
    ["networks", networks.join(",")],
    ["seed", seed],
    ["rounds", rounds],
    ...FIELDS.map(({ setting, option }): [string, string | undefined] => {
      const value = settings[setting];
      return [option, value === undefined ? undefined : settingText(value)];
    }),
    ["run", run],
    ["pair", pair],
    ["hint", hint],
    ["at", at],
    ["hide", hide.length > 0 ? hide.join(",") : undefined],
    ["tour", tour],
  ];
  const query = parts
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encoded(String(value))}`)
    .join("&");
  return `#/${view}?${query}`;
}

function readView(path: string): View {
  const found = path === "" ? START.view : VIEWS.find((view) => view === path);
  if (found) return found;
  throw new Error(`there is no view ${quoted(path)}: there are ${VIEWS.join(", ")}`);
}

function readHint(text: string): Hint {
  const found = HINTS.find((hint) => hint === text);
  if (found) return found;
  throw new Error(`hint must be one of ${HINTS.join(", ")}, not ${quoted(text)}`);
}

/** @param text  the names of parts, with commas between them */
function readHidden(text: string | null, attempt: (read: () => boolean, otherwise: boolean) => boolean): Hideable[] {
  const named = (text ?? "").split(",").filter((name) => name !== "");
  for (const name of new Set(named)) attempt(() => isHideable(name), false);
  return HIDEABLE.filter((part) => named.includes(part));
}

/** @throws Error with one line where nothing that can be hidden has that name */
function isHideable(name: string): boolean {
  if (HIDEABLE.some((part) => part === name)) return true;
  throw new Error(`hide has no part ${quoted(name)}: there are ${HIDEABLE.join(", ")}`);
}

function readWhole(name: string, text: string, least: number, most: number): number {
  const value = parseWhole(text);
  if (value !== undefined && value >= least && value <= most) return value;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, not ${quoted(text)}`);
}
