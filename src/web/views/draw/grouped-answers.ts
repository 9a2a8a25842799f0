import type { Decision, RunConfig, RunRecord } from "../../../core/index.js";
import { groupRuns } from "../../../core/runs/groups.js";

/** The decisions of a network's runs over several seeds on a pair. */
export interface GroupedAnswer {
  readonly architecture: string;
  readonly config: RunConfig;
  /** Sorted by seed. */
  readonly runs: readonly Pick<RunRecord, "id" | "seed">[];
  readonly decisions: readonly Decision[];
  /** Means over the runs. */
  readonly testError: number;
  readonly probability: number;
  readonly beliefs?: readonly [Float32Array, Float32Array];
}

/** The most networks that are asked at once. Each takes up to some milliseconds and a megabyte. */
export const MOST_ASKED = 60;

/** The runs that are asked: the first seeds of every network, so that none is left out because another has many. */
export function runsToAsk<Run extends { readonly record: RunRecord }>(runs: readonly Run[], most = MOST_ASKED): Run[] {
  if (runs.length <= most) return [...runs];
  const byId = new Map(runs.map((run) => [run.record.id, run]));
  const ranked = groupRuns(runs.map(({ record }) => record)).flatMap(({ records }) =>
    records.map(({ id }, rank) => ({ id, rank })),
  );
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .flatMap(({ id }) => byId.get(id) ?? []);
}

/**
 * The answers of networks, that of the least test error first.
 *
 * @param answers  each run's decision, by its id
 */
export function groupAnswers(records: readonly RunRecord[], answers: ReadonlyMap<string, Decision>): GroupedAnswer[] {
  return bestFirst(groupRuns(records)).flatMap(({ architecture, config, records: runs }) => {
    const decisions = runs.flatMap(({ id }) => answers.get(id) ?? []);
    if (decisions.length === 0) return [];
    const beliefs = decisions.flatMap((decision) => (decision.beliefs ? [decision.beliefs] : []));
    return [
      {
        ...{ architecture, config, runs, decisions },
        testError: mean(runs.map(({ testError }) => testError)),
        probability: mean(decisions.map(({ probability }) => probability)),
        ...(beliefs.length > 0 && { beliefs: [meanBelief(beliefs, 0), meanBelief(beliefs, 1)] as const }),
      },
    ];
  });
}

/** Networks by their mean test error, the least first. */
export const bestFirst = <Network extends { readonly records: readonly Pick<RunRecord, "testError">[] }>(
  networks: readonly Network[],
): Network[] => {
  const errorOf = ({ records }: Network) => mean(records.map(({ testError }) => testError));
  return networks.toSorted((a, b) => errorOf(a) - errorOf(b));
};

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const meanBelief = (beliefs: readonly (readonly [Float32Array, Float32Array])[], side: 0 | 1): Float32Array =>
  Float32Array.from(beliefs[0]?.[side] ?? [], (_, digit) => mean(beliefs.map((both) => both[side][digit] as number)));
