import type { PlacedLayer } from "../network/layer.js";
import type { MaxPool } from "../network/layers/max-pool.js";
import type { Activations } from "./activations.js";
import { type BlockLayers, convolutionBlock } from "./convolution/block.js";
import { type NormalizedLayers, normalizedConvolution } from "./convolution/normalized.js";
import { normalize } from "./operations/batch-norm.js";
import { operationOf } from "./operations/kinds.js";
import type { BuildContext, Operation } from "./operations/operation.js";

/**
 * Turns the layers of a part, or of a residual branch, into operations.
 *
 * @param fuse  whether convolution → batch norm? → 2×2 max-pool → ReLU?, convolution → batch norm → ReLU?, and batch norm → ReLU become one
 *   operation each
 */
export function plan(
  context: BuildContext,
  layers: readonly PlacedLayer[],
  input: Activations,
  fuse: boolean,
): Operation[] {
  const operations: Operation[] = [];
  let current = input;
  for (let at = 0; at < layers.length; ) {
    const { operation, taken } = (fuse && fusedAt(context, layers, at, current)) || {
      operation: single(context, layers.slice(at) as [PlacedLayer, ...PlacedLayer[]], current, fuse),
      taken: 1,
    };
    operations.push(operation);
    current = operation.output;
    at += taken;
  }
  return operations;
}

/** The operation of the first of these layers. */
function single(
  context: BuildContext,
  [placed, ...next]: readonly [PlacedLayer, ...PlacedLayer[]],
  input: Activations,
  fuse: boolean,
): Operation {
  return operationOf(placed.layer).make(context, placed, input, {
    next,
    passing: passing(next, context.dropout),
    plan: (branch, from) => plan(context, branch, from, fuse),
  });
}

/**
 * Whether the moments of the images that a first block sees are measured for each batch. They are of the whole batch. A residual layer sees
 * images whose pixels have eight lanes, and its patches are too long for moments.
 */
export function isMeasuredByBatch({ changing = false }: BuildContext, layers: readonly PlacedLayer[]): boolean {
  return changing && blockAt(layers, 0)?.batchNorm !== undefined;
}

/** One operation of several layers from a place on, and how many it takes, if they can be one. */
function fusedAt(
  context: BuildContext,
  layers: readonly PlacedLayer[],
  at: number,
  input: Activations,
): { readonly operation: Operation; readonly taken: number } | undefined {
  /** Whether the layer behind so many is a convolution, which can compute the values that it reads. */
  const handsOver = (taken: number) => layers[at + taken]?.layer.kind === "convolution";
  const block = blockAt(layers, at);
  if (block) {
    const taken = Object.values(block).length;
    return { operation: convolutionBlock(context, block, input, handsOver(taken)), taken };
  }
  const normalized = normalizedAt(layers, at);
  if (normalized) {
    const taken = Object.values(normalized).length;
    return { operation: normalizedConvolution(context, normalized, input, handsOver(taken)), taken };
  }
  const [first, second] = layers.slice(at);
  if (first?.layer.kind === "batch-norm" && second?.layer.kind === "relu")
    return { operation: normalize(context, first, input, true), taken: 2 };
  return undefined;
}

/** The block that starts at a layer, if there is one. It needs maps of even height and width. */
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

/** The convolution with batch norm that starts at a layer, if there is one. */
function normalizedAt(layers: readonly PlacedLayer[], start: number): NormalizedLayers | undefined {
  const [convolution, batchNorm, relu] = layers.slice(start);
  if (convolution?.layer.kind !== "convolution" || batchNorm?.layer.kind !== "batch-norm") return undefined;
  return {
    convolution: { ...convolution, layer: convolution.layer },
    batchNorm,
    ...(relu?.layer.kind === "relu" && { relu }),
  };
}

/** Whether the windows are 2×2, side by side and without padding. */
const isHalving = ({ size, stride = size, padding = 0 }: MaxPool): boolean =>
  size === 2 && stride === 2 && padding === 0;

/** The expected share of a gradient that layers let pass, up to the first layer that mixes its gradients. */
function passing(layers: readonly PlacedLayer[], dropout: number): number {
  let part = 1;
  for (const { layer } of layers) {
    const passes = operationOf(layer).passes?.(layer, dropout);
    if (passes === undefined) break;
    part *= passes;
  }
  return part;
}
