import { InvalidRequest } from "../../core/index.js";
import { groupRuns } from "../../core/runs/groups.js";
import { inOrder } from "../../core/runs/order.js";
import { mean, standardDeviation } from "../../core/statistics/moments.js";
import type { RunRecord } from "../../core/training/run.js";
import { MOST_ROUNDS } from "../address/address.js";
import { changedSettings } from "../address/command.js";
import { ownOf } from "../address/networks.js";
import type { Settings } from "../address/options.js";
import type { AskedRuns } from "../training/plan.js";
import type { KeptRun } from "./kept-runs.js";

/** A network's test errors in an experiment. */
export interface KeptResult {
  readonly name: string;
  /** Over the rounds that did not diverge; NaN where all did. */
  readonly mean: number;
  readonly sd: number | null;
  readonly diverged: number;
}

/** An experiment all of whose runs are there. What it asks is its address. */
export interface KeptExperiment extends AskedRuns {
  /** Of its runs, network by network. */
  readonly ids: readonly string[];
  readonly results: readonly KeptResult[];
  /** When its last run was trained, in ms since 1970. */
  readonly at: number;
}

interface Group {
  readonly name: string;
  readonly settings: Settings;
  readonly records: readonly RunRecord[];
}

/** The ids of the runs that somebody asks for. */
export type IdsOf = (asked: AskedRuns) => Promise<readonly string[]>;

/**
 * The experiments that some runs make: networks with the same settings, over rounds that all of them have. Of a network that has more rounds
 * than others, there is an experiment with all its rounds, and it is in that of the others.
 *
 * @param runs  of the page's engine and images
 * @returns the last trained first
 */
export async function experimentsOf(runs: readonly KeptRun[], idsOf: IdsOf): Promise<KeptExperiment[]> {
  const times = new Map(runs.map(({ record, at }) => [record.id, at]));
  const groups = inOrder(groupRuns(runs.map(({ record }) => record)), times).flatMap(groupOf);
  const all = new Map(groups.map(({ settings }) => [JSON.stringify(settings), settings]));
  const found: KeptExperiment[] = [];
  for (const [key, settings] of all) {
    const own = new Set(groups.filter((group) => JSON.stringify(group.settings) === key));
    const together: Group[] = [];
    for (const group of groups)
      if (own.has(group) || (await goesWith(group, settings, own, idsOf))) together.push(group);
    found.push(...experimentsWith(together, settings, times));
  }
  const asked: KeptExperiment[] = [];
  for (const each of found)
    if (!found.some((other) => isPartOf(each, other))) {
      const known = await asAsked(each, idsOf);
      if (known) asked.push(known);
    }
  return asked.sort((a, b) => b.at - a.at || b.ids.length - a.ids.length);
}

/** Whether a network was trained with settings that change nothing in it, as far as they are not its own, beside others that have them. */
async function goesWith(
  { name, settings: own, records }: Group,
  settings: Settings,
  others: ReadonlySet<Group>,
  idsOf: IdsOf,
): Promise<boolean> {
  const isWithin = Object.entries(own).every(([setting, value]) => settings[setting as keyof Settings] === value);
  const seeds = new Set([...others].flatMap((other) => other.records.map(({ seed }) => seed)));
  const beside = records.find(({ seed }) => seeds.has(seed));
  if (!isWithin || !beside) return false;
  // Which settings a network takes depends on who is asked beside it.
  const networks = [...[...others].map((other) => other.name), name];
  const ids = await idsOf({ networks, own: ownOf(networks), seed: beside.seed, rounds: 1, settings });
  return ids.includes(beside.id);
}

/** Whether another experiment has the same rounds of its networks, and more networks. */
function isPartOf({ ids, seed, rounds }: KeptExperiment, other: KeptExperiment): boolean {
  if (other.seed !== seed || other.rounds !== rounds || other.ids.length <= ids.length) return false;
  const theirs = new Set(other.ids);
  return ids.every((id) => theirs.has(id));
}

/** Undefined settings are those of a network that the page does not know any more. */
function groupOf({ architecture, config, records }: ReturnType<typeof groupRuns<RunRecord>>[number]): readonly Group[] {
  try {
    const settings = changedSettings({ architecture, config }, ownOf([architecture]));
    return [{ name: architecture, settings, records }];
  } catch (error) {
    if (error instanceof InvalidRequest) return [];
    throw error;
  }
}

/** @param groups  that these settings give */
function experimentsWith(
  groups: readonly Group[],
  settings: Settings,
  times: ReadonlyMap<string, number>,
): KeptExperiment[] {
  const rows = new Map(
    groups.flatMap(({ records }) => rowsOf(records.map(({ seed }) => seed))).map((row) => [row.join(), row]),
  );
  return [...rows.values()].map(([seed, rounds]) => {
    const inRow = (record: RunRecord) => record.seed >= seed && record.seed < seed + rounds;
    const those = groups
      .map(({ name, records }) => ({ name, records: records.filter(inRow) }))
      .filter(({ records }) => records.length === rounds);
    const networks = those.map(({ name }) => name);
    const ids = those.flatMap(({ records }) => records.map(({ id }) => id));
    return {
      networks,
      own: ownOf(networks),
      seed,
      rounds,
      settings,
      ids,
      results: those.map(resultOf),
      at: Math.max(...ids.map((id) => times.get(id) ?? 0)),
    };
  });
}

function resultOf({ name, records }: Pick<Group, "name" | "records">): KeptResult {
  const errors = records.flatMap(({ diverged, testError }) => (diverged ? [] : [testError]));
  return {
    name,
    mean: mean(errors),
    sd: standardDeviation(errors) ?? null,
    diverged: records.length - errors.length,
  };
}

/** Rows of seeds that follow each other: the first one, and how many. @param seeds  ascending */
function rowsOf(seeds: readonly number[]): (readonly [number, number])[] {
  const rows: [number, number][] = [];
  for (const seed of seeds) {
    const last = rows.at(-1);
    if (last && seed === last[0] + last[1] && last[1] < MOST_ROUNDS) last[1]++;
    else rows.push([seed, 1]);
  }
  return rows;
}

/** Settings that go without saying, where the question or the images decide them. */
const UNSAID: readonly (readonly string[])[] = [["balance", "split", "trainPairs"], ["balance", "split"], []];

/**
 * The experiment as an address asks for it, with as few settings as give the same runs; undefined where none does, as of runs that
 * another number of rounds was planned with.
 */
async function asAsked(found: KeptExperiment, idsOf: IdsOf): Promise<KeptExperiment | undefined> {
  const { networks, own, seed, rounds, settings } = found;
  const wanted = found.ids.toSorted().join();
  let before = -1;
  for (const unsaid of UNSAID) {
    const said = Object.entries(settings).filter(([name]) => !unsaid.includes(name));
    if (said.length === before) continue;
    before = said.length;
    const fewer: Settings = Object.fromEntries(said);
    const ids = await idsOf({ networks, own, seed, rounds, settings: fewer });
    if (ids.toSorted().join() === wanted) return { ...found, settings: fewer };
  }
  return undefined;
}

/** The runs that go with an experiment: those that no other one has; all of its own where others have each. */
export function ownIdsOf({ ids }: KeptExperiment, others: readonly Pick<KeptExperiment, "ids">[]): string[] {
  const shared = new Set(others.flatMap((each) => each.ids));
  const own = ids.filter((id) => !shared.has(id));
  return own.length > 0 ? own : [...ids];
}
