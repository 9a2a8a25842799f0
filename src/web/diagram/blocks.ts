import { kindOf } from "../../core/network/kinds.js";
import type { PlacedLayer } from "../../core/network/layer.js";

/** Consecutive layers that are drawn as one box: a main layer, the layers that prepare it and those that follow it. */
export interface Block {
  readonly layers: readonly PlacedLayer[];
  /** The number of equal blocks in a row. */
  readonly times: number;
}

const roleOf = ({ layer }: PlacedLayer) => kindOf(layer).role;
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

/** Merges consecutive blocks that have equal layers and the same input and output shape. */
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
