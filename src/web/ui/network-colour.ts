import { PAPER_NETWORKS } from "../../core/architectures/registry.js";

/** How many colours networks share that are not the paper's. */
export const SHARED_COLOURS = 3;

/**
 * The colour of a network, and so of the hint that it adds, in every figure and table: a value for CSS. The paper's networks have one each.
 * The others share some by their names, so that a network has the same colour in every view and on every visit.
 */
export const networkColour = (name: string): string =>
  PAPER_NETWORKS.includes(name) ? `var(--network-${name})` : `var(--network-other-${sharedColour(name)})`;

const sharedColour = (name: string): number =>
  [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % SHARED_COLOURS;
