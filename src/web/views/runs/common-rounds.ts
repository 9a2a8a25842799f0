import type { StoredGroup } from "../../../core/runs/store-document.js";

/** Rounds of several groups that are drawn alike: from `seed` on, so many one after another. */
export interface CommonRounds<Group> {
  readonly groups: readonly Group[];
  readonly seed: number;
  readonly rounds: number;
}

type Compared = Pick<StoredGroup, "config"> & { readonly runs: readonly Pick<StoredGroup["runs"][number], "seed">[] };

/** What decides a round's test pairs beside its seed. */
const pairsKey = ({ config }: Compared): string => {
  const { dataset, relation, evaluateOn, testPairs, balance, split, reuse, dataSeed } = config;
  return JSON.stringify([dataset.sha256, relation, evaluateOn, testPairs, balance, split, reuse, dataSeed]);
};

/** The longest row of seeds that all groups have; undefined where there is none, or their rounds have other test pairs. */
export function roundsInCommon<Group extends Compared>(groups: readonly Group[]): CommonRounds<Group> | undefined {
  const [first, ...others] = groups;
  if (!first || others.some((each) => pairsKey(each) !== pairsKey(first))) return undefined;
  const seedsOf = ({ runs }: Compared) => new Set(runs.map(({ seed }) => seed));
  const theirs = others.map(seedsOf);
  let longest: CommonRounds<Group> | undefined;
  let row = 0;
  let last = Number.NaN;
  for (const seed of [...seedsOf(first)].sort((a, b) => a - b).filter((each) => theirs.every((own) => own.has(each)))) {
    row = seed === last + 1 ? row + 1 : 1;
    last = seed;
    if (row > (longest?.rounds ?? 0)) longest = { groups, seed: seed - row + 1, rounds: row };
  }
  return longest;
}

/** What can be tested of some groups: all of them together where all share rounds, else each two that share some. */
export interface Testable<Group> {
  readonly tests: readonly CommonRounds<Group>[];
  /** Each two that share none. */
  readonly apart: readonly (readonly [Group, Group])[];
}

export function testableOf<Group extends Compared>(groups: readonly Group[]): Testable<Group> {
  const all = roundsInCommon(groups);
  if (all) return { tests: [all], apart: [] };
  const pairs = groups.flatMap((a, i) => groups.slice(i + 1).map((b) => [a, b] as const));
  const found = pairs.map((pair) => ({ pair, common: roundsInCommon(pair) }));
  return {
    tests: found.flatMap(({ common }) => common ?? []),
    apart: found.flatMap(({ pair, common }) => (common ? [] : [pair])),
  };
}
