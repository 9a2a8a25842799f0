import type { PlacedLayer } from "../network/layer.js";
import type { MaxPool } from "../network/layers/max-pool.js";
import type { Activations } from "./activations.js";
import { type BlockLayers, convolutionBlock } from "./convolution/block.js";
import { convolutionOperation } from "./convolution/convolution.js";
import { averagePoolOperation, globalAveragePoolOperation } from "./operations/average-pool.js";
import { batchNormOperation } from "./operations/batch-norm.js";
import { ordinalOperation, outerProductOperation, softmaxOperation } from "./operations/beliefs.js";
import { dropoutOperation, flattenOperation, reluOperation } from "./operations/elementwise.js";
import { groupNormOperation } from "./operations/group-norm.js";
import { linearOperation } from "./operations/linear.js";
import { maxPoolOperation } from "./operations/max-pool.js";
import type { Operation, Workshop } from "./operations/operation.js";
import { residualOperation } from "./operations/residual.js";
import { leakyReluOperation, smoothOperation } from "./operations/smooth.js";

/**
 * Turns the layers of a part, or of a residual branch, into operations, fusing convolution → batch norm? → 2×2 max-pool → ReLU? where it finds it.
 *
 * @param fuse  false runs every layer by itself, for tests and for measuring
 */
export function plan(
  workshop: Workshop,
  layers: readonly PlacedLayer[],
  input: Activations,
  fuse: boolean,
): Operation[] {
  const operations: Operation[] = [];
  let current = input;
  for (let at = 0; at < layers.length; ) {
    const block = fuse ? blockAt(layers, at) : undefined;
    const operation = block
      ? convolutionBlock(workshop, block, current)
      : single(workshop, layers[at] as PlacedLayer, layers.slice(at + 1), current, fuse);
    operations.push(operation);
    current = operation.output;
    at += block ? Object.values(block).length : 1;
  }
  return operations;
}

/** The block that starts at a layer, if its shapes allow one: maps of even height and width. */
function blockAt(layers: readonly PlacedLayer[], start: number): BlockLayers | undefined {
  let at = start;
  const next = (kind: string) => (layers[at]?.layer.kind === kind ? layers[at++] : undefined);
  const convolution = next("convolution");
  if (convolution?.layer.kind !== "convolution") return undefined;
  const batchNorm = next("batch-norm");
  const maxPool = next("max-pool");
  if (maxPool?.layer.kind !== "max-pool" || !isHalving(maxPool.layer)) return undefined;
  if (convolution.output.height % 2 || convolution.output.width % 2) return undefined;
  const relu = next("relu");
  return {
    convolution: { ...convolution, layer: convolution.layer },
    ...(batchNorm && { batchNorm }),
    maxPool,
    ...(relu && { relu }),
  };
}

/** 2×2 windows side by side, none over padding. */
const isHalving = ({ size, stride = size, padding = 0 }: MaxPool): boolean =>
  size === 2 && stride === 2 && padding === 0;

function single(
  workshop: Workshop,
  placed: PlacedLayer,
  next: readonly PlacedLayer[],
  input: Activations,
  fuse: boolean,
): Operation {
  const { layer } = placed;
  switch (layer.kind) {
    case "convolution":
      return convolutionOperation(workshop, placed, layer, input, next[0]?.layer.kind === "batch-norm");
    case "batch-norm":
      return batchNormOperation(workshop, placed, input);
    case "max-pool":
      return maxPoolOperation(workshop, placed, layer, input);
    case "linear":
      return linearOperation(workshop, placed, layer, input, passing(next, workshop.dropout));
    case "dropout":
      return dropoutOperation(workshop, layer, input);
    case "relu":
      return reluOperation(workshop, input);
    case "flatten":
      return flattenOperation(input);
    case "average-pool":
      return averagePoolOperation(workshop, placed, layer, input);
    case "global-average-pool":
      return globalAveragePoolOperation(workshop, placed, input);
    case "residual": {
      const branches = placed.branches ?? { body: [], shortcut: [] };
      return residualOperation(workshop, branches, input, (branch, from) => plan(workshop, branch, from, fuse));
    }
    case "softmax":
      return softmaxOperation(workshop, layer, input);
    case "outer-product":
      return outerProductOperation(workshop, placed, input);
    case "ordinal":
      return ordinalOperation(workshop, placed, input);
    case "gelu":
    case "silu":
      return smoothOperation(workshop, layer.kind, input);
    case "leaky-relu":
      return leakyReluOperation(workshop, layer, input);
    case "group-norm":
      return groupNormOperation(workshop, placed, layer, input);
  }
}

/** The part of a gradient that the layers behind are expected to let pass: half of it at a ReLU. */
function passing(next: readonly PlacedLayer[], dropout: number): number {
  let part = 1;
  for (const { layer } of next) {
    if (layer.kind === "relu") part *= 0.5;
    else if (layer.kind === "dropout") part *= 1 - (layer.rate ?? dropout);
    else if (layer.kind !== "flatten") break;
  }
  return part;
}
