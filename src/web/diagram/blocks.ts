import type { Layer, PlacedLayer } from "../../core/network/index.js";

/** Consecutive layers that are drawn as one: a convolution or linear layer, and what prepares and follows it. */
export interface Block {
  readonly layers: readonly PlacedLayer[];
  /** How many blocks of the same layers there are in a row. */
  readonly times: number;
}

type Kinds = ReadonlySet<Layer["kind"]>;
/** What a block is about. */
export const MAIN: Kinds = new Set(["convolution", "linear", "ordinal", "residual"]);
/** What a block may begin with, to be followed by what it is about. */
const PREPARES: Kinds = new Set(["flatten", "global-average-pool", "softmax", "outer-product"]);
/** What belongs to the sum that it follows. */
const ACTIVATIONS: Kinds = new Set(["relu", "gelu", "silu", "leaky-relu"]);

export function blocksOf(layers: readonly PlacedLayer[]): Block[] {
  const blocks: PlacedLayer[][] = [];
  for (const placed of layers) {
    const last = blocks.at(-1);
    if (last && belongs(placed.layer, last)) last.push(placed);
    else blocks.push([placed]);
  }
  return blocks.map((block) => ({ layers: block, times: 1 }));
}

function belongs({ kind }: Layer, block: readonly PlacedLayer[]): boolean {
  if (block[0]?.layer.kind === "residual") return ACTIVATIONS.has(kind);
  if (kind === "residual") return false;
  return !block.some(({ layer }) => MAIN.has(layer.kind)) || !(MAIN.has(kind) || PREPARES.has(kind));
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
