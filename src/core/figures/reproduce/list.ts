import { findArchitecture } from "../../architectures/index.js";
import { PAPER_CURVES } from "../../architectures/registry.js";
import type { Reproduction } from "../../experiments/index.js";
import type { ReproducedArchitecture } from "../../experiments/reproduce/reproduction.js";

/** A figure to draw: its architecture and its name. */
export interface FigureEntry {
  readonly architecture: ReproducedArchitecture;
  /** Its number in the paper. */
  readonly number?: number;
  readonly title: string;
  readonly fileName: string;
}

/** The paper's figures, then those of architectures that it gives no curves for; none is the paper's where networks are asked something else. */
export function figuresOf({ architectures }: Reproduction): FigureEntry[] {
  const entries = architectures.map((architecture): FigureEntry => {
    const { name, paper } = architecture;
    const { title } = findArchitecture(name);
    if (!paper) return { architecture, title, fileName: `figure-${name}.svg` };
    const number = PAPER_CURVES.indexOf(name) + 1;
    return number > 0
      ? { architecture, number, title, fileName: `figure-${number}-${name}.svg` }
      : { architecture, title: `Beyond the paper: ${title}`, fileName: `figure-${name}.svg` };
  });
  const rank = ({ number }: FigureEntry) => number ?? PAPER_CURVES.length + 1;
  return entries.toSorted((a, b) => rank(a) - rank(b));
}
