import { findArchitecture } from "../../architectures/index.js";
import { Stream } from "../../random/index.js";
import type { Cell } from "./factors.js";

/** The settings chosen for each cell, so that no hint is judged with settings that suit the others. */
export interface NuisanceSettings {
  readonly learningRate: number;
  /** Where the cell has dropout. */
  readonly dropout?: number;
  /** Where the cell has an auxiliary loss beside the head's. */
  readonly auxiliaryWeight?: number;
}

type Nuisance = keyof NuisanceSettings;

interface Range {
  readonly low: number;
  readonly high: number;
  /** Whether equal factors count the same, rather than equal differences. */
  readonly geometric: boolean;
}

/** Where candidates are drawn. The learning rate's spans a factor of five on each side of the networks' own, 0.003. */
export const SEARCHED: Readonly<Record<Nuisance, Range>> = {
  learningRate: { low: 0.0006, high: 0.015, geometric: true },
  dropout: { low: 0.1, high: 0.7, geometric: false },
  auxiliaryWeight: { low: 0.1, high: 4, geometric: true },
};

/**
 * The settings to choose for a cell. With the rule the auxiliary loss is the only loss: a weight would only scale it, which
 * makes no difference to Adam.
 */
export function nuisancesOf({ factors }: Pick<Cell, "factors">): Nuisance[] {
  return [
    "learningRate",
    ...(factors.dropout ? (["dropout"] as const) : []),
    ...(factors.auxiliary && !factors.rule ? (["auxiliaryWeight"] as const) : []),
  ];
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
    const nuisances = nuisancesOf(cell);
    const candidates = [ownSettings(cell)];
    const parts = new Map(nuisances.map((nuisance) => [nuisance, stream.sample(count - 1, count - 1)]));
    for (let i = 0; i < count - 1; i++) {
      const within = (nuisance: Nuisance) => ((parts.get(nuisance)?.[i] ?? 0) + stream.unit()) / (count - 1);
      let candidate = settingsAt(nuisances, within);
      // A part may have no other settings of two digits.
      for (let again = 0; candidates.some((earlier) => equal(earlier, candidate)); again++)
        candidate = settingsAt(nuisances, again < 20 ? within : () => stream.unit());
      candidates.push(candidate);
    }
    return candidates;
  });
}

/** The settings that a cell's architecture brings. */
export function ownSettings(cell: Cell): NuisanceSettings {
  const { learningRate, dropout, auxiliaryWeight } = findArchitecture(cell.name);
  const own = { learningRate, dropout, auxiliaryWeight: auxiliaryWeight ?? 0 };
  return pick(nuisancesOf(cell), (nuisance) => own[nuisance]);
}

const equal = (a: NuisanceSettings, b: NuisanceSettings): boolean =>
  a.learningRate === b.learningRate && a.dropout === b.dropout && a.auxiliaryWeight === b.auxiliaryWeight;

/** @param place  from 0, the range's low end, to 1 */
const settingsAt = (nuisances: readonly Nuisance[], place: (nuisance: Nuisance) => number): NuisanceSettings =>
  pick(nuisances, (nuisance) => {
    const { low, high, geometric } = SEARCHED[nuisance];
    const at = place(nuisance);
    return Number((geometric ? low * power(high / low, at) : low + (high - low) * at).toPrecision(2));
  });

function pick(nuisances: readonly Nuisance[], value: (nuisance: Nuisance) => number): NuisanceSettings {
  return { learningRate: 0, ...Object.fromEntries(nuisances.map((nuisance) => [nuisance, value(nuisance)])) };
}

/** `base` to a power in [0, 1), by square roots: each binary digit of the power is the root of the one before. */
function power(base: number, exponent: number): number {
  let [result, root, rest] = [1, base, exponent];
  for (let digit = 0; digit < 24; digit++) {
    root = Math.sqrt(root);
    rest *= 2;
    if (rest >= 1) {
      result *= root;
      rest -= 1;
    }
  }
  return result;
}
