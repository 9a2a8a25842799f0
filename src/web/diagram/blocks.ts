import type { PlacedLayer } from "../../core/network/index.js";
import { kindOf } from "../../core/network/kinds.js";

/** Consecutive layers that are drawn as one: a convolution or linear layer, and what prepares and follows it. */
export interface Block {
  readonly layers: readonly PlacedLayer[];
  /** How many blocks of the same layers there are in a row. */
  readonly times: number;
}

const roleOf = ({ layer }: PlacedLayer) => kindOf(layer).role;
/** What a block is about. */
export const isMain = (placed: PlacedLayer): boolean => roleOf(placed) === "main";

export function blocksOf(layers: readonly PlacedLayer[]): Block[] {
  const blocks: PlacedLayer[][] = [];
  for (const placed of layers) {
    const last = blocks.at(-1);
    if (last && belongs(placed, last)) last.push(placed);
    else blocks.push([placed]);
  }
  return blocks.map((block) => ({ layers: block, times: 1 }));
}

function belongs(placed: PlacedLayer, block: readonly PlacedLayer[]): boolean {
  if (block[0]?.branches) return roleOf(placed) === "activation";
  if (placed.branches) return false;
  return !block.some(isMain) || !(isMain(placed) || roleOf(placed) === "prepares");
}

/** Blocks of the same layers, from and to the same shape, as one. */
export function collapsed(blocks: readonly Block[]): Block[] {
  const kept: Block[] = [];
  for (const block of blocks) {
    const last = kept.at(-1);
    if (last && sameness(last) === sameness(block)) kept[kept.length - 1] = { ...last, times: last.times + 1 };
    else kept.push(block);
  }
  return kept;
}

const sameness = ({ layers }: Block) => JSON.stringify(layers.map(({ layer, input }) => [layer, input]));
