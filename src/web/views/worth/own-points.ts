import type { RunRecord } from "../../../core/index.js";
import type { Laboratory } from "../../state/site.js";
import { planOf } from "../../training/plan.js";
import type { TrainedRun } from "../../training/run.js";
import { FEWEST, MOST, networks } from "./study.js";

/** The run of a network of the study on so many pairs, as `pairlab train NAME --seed S --pairs N` makes it; undefined where it is refused. */
export const pointJob = (
  { counted, identity }: Laboratory,
  { architecture, seed, pairs }: Pick<OwnPoint, "architecture" | "seed" | "pairs">,
) =>
  planOf(
    { networks: [architecture], own: [], seed, rounds: 1, settings: { trainPairs: pairs } },
    { dataset: counted, engine: identity },
  ).jobs[0];

/** A run of this page on the study's chart. */
export interface OwnPoint {
  readonly id: string;
  readonly architecture: string;
  readonly seed: number;
  readonly pairs: number;
  readonly error: number;
  readonly testPairs: number;
}

/** The runs that are of the study's networks, with their own settings, on some number of pairs within the study's. */
export const ownPoints = (runs: readonly TrainedRun[], laboratory: Laboratory): OwnPoint[] =>
  runs.flatMap(({ record }) => {
    const point = pointOf(record);
    const isStudied = networks.some(({ architecture }) => architecture === point.architecture);
    if (!isStudied || record.diverged || point.pairs < FEWEST || point.pairs > MOST) return [];
    return pointJob(laboratory, point)?.id === point.id ? [point] : [];
  });

const pointOf = ({ id, architecture, seed, config, testError }: RunRecord): OwnPoint => ({
  id,
  architecture,
  seed,
  pairs: config.trainPairs,
  error: testError,
  testPairs: config.testPairs,
});
