import type { PlacedLayer } from "../../network/layer.js";
import type { Convolution } from "../../network/layers/convolution.js";
import { type Activations, allocateActivations, type Handover, SLACK } from "../activations.js";
import { Normalization } from "../operations/normalization.js";
import type { BuildContext, Operation } from "../operations/operation.js";
import { type BlockGradient, DenseBlockGradient, type Pooling, SparseBlockGradient } from "./block-gradient.js";
import { convolutionContext, convolutionMethod } from "./choose.js";
import { WayBack } from "./way-back.js";

/** The layers of a block. */
export interface BlockLayers {
  readonly convolution: PlacedLayer & { readonly layer: Convolution };
  readonly batchNorm?: PlacedLayer;
  readonly maxPool: PlacedLayer;
  readonly relu?: PlacedLayer;
}

/**
 * convolution → batch norm? → 2×2 max-pool → ReLU? in one pass over each image while it is in the cache.
 *
 * The convolution's rows are in the order of the pooling windows. Batch norm is monotonic in each channel, so a window's winner is
 * known before the batch's statistics: the largest value where γ > 0, the smallest where γ < 0. Only winners are normalized, and
 * evaluation does not keep the convolution's output.
 */
export function convolutionBlock(
  context: BuildContext,
  layers: BlockLayers,
  input: Activations,
  handsOver = false,
): Operation {
  const { kernels, examples: capacity } = context;
  const { run } = kernels;
  const last = layers.relu ?? layers.maxPool;
  const own = allocateActivations(kernels, last.output, capacity);
  const channels = own.stride;
  const { height, width } = layers.convolution.output;
  const where = convolutionContext({
    build: context,
    placed: layers.convolution,
    layer: layers.convolution.layer,
    input,
    order: byWindow(height, width),
    normalized: layers.batchNorm !== undefined,
  });
  const convolution = convolutionMethod(where);
  const { group, pixels } = convolution;
  const windows = pixels / 4;
  const selected = kernels.allocate((capacity * windows + SLACK) * channels);
  const selectedGradient =
    layers.relu && !handsOver ? kernels.allocate((capacity * windows + SLACK) * channels) : own.gradients;
  const normalization = layers.batchNorm && new Normalization(context, layers.batchNorm, own);
  const pooling: Pooling = { windows, channels, selected, ...(normalization ?? identity(context, channels)) };
  const { scale, shift, sign } = pooling;
  const gradient: BlockGradient = SparseBlockGradient.pays(where, convolution, layers.relu !== undefined)
    ? new SparseBlockGradient(where, convolution, pooling)
    : new DenseBlockGradient(where, convolution, pooling);
  const wayBack = new WayBack(where, gradient, !normalization);
  const floor = layers.relu ? 0 : -Infinity;
  const pooledBytes = windows * channels * 4;
  const allOf = (examples: number) => context.group?.all ?? examples;

  const handover: Handover = {
    values(first, images) {
      const at = first * pooledBytes;
      run.affine(selected + at, images * windows, channels, scale, shift, floor, own.values + at);
    },
    gradients(first, images) {
      const at = first * pooledBytes;
      const gradients = selectedGradient + at;
      if (normalization && layers.relu) {
        const relu = { y: own.values + at, gradient: own.gradients + at, masked: gradients };
        normalization.addReluGradientMoments(relu, selected + at, images, windows);
      } else if (normalization) {
        normalization.addGradientMoments(gradients, selected + at, images, windows);
      } else if (layers.relu) {
        run.reluGradient(own.values + at, own.gradients + at, images * windows * channels, gradients);
      }
    },
  };

  return {
    output: handsOver ? { ...own, handover } : own,
    studies: [...convolution.studies, ...gradient.studies],
    forward(examples, training) {
      if (training) normalization?.begin();
      else normalization?.useRunning();
      convolution.beginForward();
      for (let i = 0; i < examples; i += group) {
        const images = Math.min(group, examples - i);
        const y = gradient.output(training ? i : 0);
        input.handover?.values(i, images);
        convolution.forward(i, images, y);
        if (training) gradient.select(i, images);
        else run.selectFromWindows(y, images * windows, channels, sign, selected + i * pooledBytes);
        if (training && normalization && !gradient.moments) normalization.addMoments(y, images, pixels);
      }
      if (training && normalization) {
        gradient.measure(examples);
        gradient.moments?.addOutputMoments(allOf(examples) * pixels, normalization.totals);
        normalization.finish(examples, pixels, gradient.moments !== undefined);
        normalization.beginGradient();
      }
      if (!handsOver) handover.values(0, examples);
    },
    backward(examples) {
      if (!handsOver) handover.gradients(0, examples);
      normalization?.finishGradient(examples, pixels);
      gradient.begin(examples, allOf(examples), selectedGradient);
      wayBack.run(examples, normalization ? undefined : { gradient: selectedGradient, rows: examples * windows });
    },
  };
}

/** The numbers of a block without batch norm: scale 1, shift 0. */
function identity({ kernels }: BuildContext, channels: number) {
  const [ones, zeros] = [kernels.allocate(channels), kernels.allocate(channels)];
  kernels.floats(ones, channels).fill(1);
  return { scale: ones, shift: zeros, sign: ones, slope: zeros, offset: zeros, centre: zeros };
}

/** The pixels of a map in the order of its 2×2 windows, each window row by row. */
function byWindow(height: number, width: number): Int32Array {
  const order: number[] = [];
  for (let y = 0; y < height; y += 2)
    for (let x = 0; x < width; x += 2)
      order.push(y * width + x, y * width + x + 1, (y + 1) * width + x, (y + 1) * width + x + 1);
  return Int32Array.from(order);
}
