import { findArchitecture } from "../../architectures/index.js";
import { Stream } from "../../random/streams.js";
import { drawCandidates } from "../shared/candidates.js";
import { DIMENSIONS, type TunedNetwork } from "../shared/dimensions.js";
import type { SearchSpace } from "../shared/space.js";
import type { Cell } from "./factors.js";

/** The settings chosen for each cell, so that no hint is judged with settings that suit the others. */
export interface NuisanceSettings {
  readonly learningRate: number;
  /** Where the cell has dropout. */
  readonly dropout?: number;
  /** Where the cell has an auxiliary loss beside the head's. */
  readonly auxiliaryWeight?: number;
}

const networkOf = ({ name }: Pick<Cell, "name">): TunedNetwork => ({ architecture: findArchitecture(name), fixed: {} });

/** The settings to choose for a cell, and where they are drawn: those that its network has. */
export function nuisancesOf(cell: Pick<Cell, "name">): SearchSpace {
  const network = networkOf(cell);
  return DIMENSIONS.flatMap((dimension) =>
    dimension.ablated && dimension.missing(network) === undefined ? [{ dimension, domain: dimension.ablated }] : [],
  );
}

/**
 * The candidates of each cell, as `drawCandidates` of shared has them, all from one stream.
 *
 * @param count  candidates of a cell, from 1 to `MOST_CANDIDATES`
 */
export function cellCandidates(cells: readonly Cell[], count: number, seed: number): NuisanceSettings[][] {
  const stream = new Stream(seed, "tuning");
  return cells.map(
    (cell) => drawCandidates(nuisancesOf(cell), networkOf(cell), count, stream) as unknown as NuisanceSettings[],
  );
}
