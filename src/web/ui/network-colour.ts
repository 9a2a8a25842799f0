import { PAPER_NETWORKS } from "../../core/architectures/registry.js";

/** How many colours networks share that are not the paper's. */
export const SHARED_COLOURS = 3;

/**
 * The colour of a network, and so of the hint that it adds, in every figure and table: a value for CSS. The paper's networks have one each.
 * The others share some by their names, so that a network has the same colour in every view and on every visit.
 */
export const networkColour = (name: string): string =>
  PAPER_NETWORKS.includes(name) ? `var(--network-${name})` : `var(--network-other-${sharedColour(name)})`;

/** A colour for each of several runs of networks: a network's own, unless another of them has it already. */
export function distinctColours(names: readonly string[]): string[] {
  const own = new Set(names.map(networkColour));
  const spare = ALL_COLOURS.filter((colour) => !own.has(colour));
  const taken = new Set<string>();
  return names.map((name) => {
    const colour = networkColour(name);
    const free = taken.has(colour) ? (spare.shift() ?? colour) : colour;
    taken.add(colour);
    return free;
  });
}

const sharedColour = (name: string): number =>
  [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % SHARED_COLOURS;

const ALL_COLOURS: readonly string[] = [
  ...PAPER_NETWORKS.map((name) => `var(--network-${name})`),
  ...Array.from({ length: SHARED_COLOURS }, (_, i) => `var(--network-other-${i})`),
];
