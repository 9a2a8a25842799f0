import { findArchitecture } from "../../architectures/index.js";
import { Stream } from "../../random/streams.js";
import { DIMENSIONS, type TunedNetwork } from "../shared/dimensions.js";
import { isSame, ownSettings, type SearchSpace, settingsAt } from "../shared/space.js";
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
 * The candidates of each cell, different from one another: the architecture's own settings, then seeded random ones with two
 * significant digits. A range is cut into as many parts as there are random candidates, and each part has one of them
 * (Latin hypercube sampling, McKay, Beckman & Conover 1979), so no cell has bad luck with its candidates.
 *
 * @param count  candidates of a cell, from 1 to `MOST_CANDIDATES`
 */
export function drawCandidates(cells: readonly Cell[], count: number, seed: number): NuisanceSettings[][] {
  const stream = new Stream(seed, "tuning");
  return cells.map((cell) => {
    const space = nuisancesOf(cell);
    const candidates = [
      ownSettings(
        space.map(({ dimension }) => dimension),
        networkOf(cell),
      ),
    ];
    const parts = space.map(() => stream.sample(count - 1, count - 1));
    for (let i = 0; i < count - 1; i++) {
      const within = (part: Uint32Array) => ((part[i] as number) + stream.unit()) / (count - 1);
      const drawn = (place: typeof within) => settingsAt(space, parts.map(place));
      let candidate = drawn(within);
      // A part may have no other settings of two digits.
      for (let again = 0; candidates.some((earlier) => isSame(earlier, candidate)); again++)
        candidate = drawn(again < 20 ? within : () => stream.unit());
      candidates.push(candidate);
    }
    return candidates as unknown as NuisanceSettings[];
  });
}
