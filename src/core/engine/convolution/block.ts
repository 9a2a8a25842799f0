import type { PlacedLayer } from "../../network/layer.js";
import type { Convolution } from "../../network/layers/convolution.js";
import { type Activations, allocateActivations, SLACK } from "../activations.js";
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
export function convolutionBlock(context: BuildContext, layers: BlockLayers, input: Activations): Operation {
  const { kernels, examples: capacity } = context;
  const { run } = kernels;
  const last = layers.relu ?? layers.maxPool;
  const output = allocateActivations(kernels, last.output, capacity);
  const channels = output.stride;
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
  const { group, pixels, panels } = convolution;
  const windows = pixels / 4;
  const selected = kernels.allocate((capacity * windows + SLACK) * channels);
  const selectedGradient = layers.relu ? kernels.allocate((capacity * windows + SLACK) * channels) : output.gradients;
  const normalization = layers.batchNorm && new Normalization(context, layers.batchNorm, output);
  const pooling: Pooling = { windows, channels, selected, ...(normalization ?? identity(context, channels)) };
  const { scale, shift, sign } = pooling;
  const gradient: BlockGradient = SparseBlockGradient.pays(where, convolution, layers.relu !== undefined)
    ? new SparseBlockGradient(where, convolution, pooling)
    : new DenseBlockGradient(where, convolution, pooling);
  const wayBack = new WayBack(context, gradient, panels, !normalization);
  const floor = layers.relu ? 0 : -Infinity;
  const pooledBytes = windows * channels * 4;
  const allOf = (examples: number) => context.group?.all ?? examples;

  return {
    output,
    studies: [...convolution.studies, ...gradient.studies],
    forward(examples, training) {
      if (training) normalization?.begin();
      else normalization?.useRunning();
      convolution.beginForward();
      for (let i = 0; i < examples; i += group) {
        const images = Math.min(group, examples - i);
        const y = gradient.output(training ? i : 0);
        convolution.forward(i, images, y);
        if (training) gradient.select(i, images);
        else run.selectFromWindows(y, images * windows, channels, sign, selected + i * pooledBytes);
        if (training && normalization && !gradient.moments) normalization.addMoments(y, images, pixels);
      }
      if (training && normalization) {
        gradient.measure(examples);
        gradient.moments?.addOutputMoments(allOf(examples) * pixels, normalization.totals);
        normalization.finish(examples, pixels, gradient.moments !== undefined);
      }
      run.affine(selected, examples * windows, channels, scale, shift, floor, output.values);
    },
    backward(examples) {
      const rows = examples * windows;
      if (normalization) {
        const { values: y, gradients: outputGradient } = output;
        normalization.beginGradient();
        if (layers.relu) {
          const relu = { y, gradient: outputGradient, masked: selectedGradient };
          normalization.addReluGradientMoments(relu, selected, examples, windows);
        } else normalization.addGradientMoments(selectedGradient, selected, examples, windows);
        normalization.finishGradient(examples, pixels);
      } else if (layers.relu) {
        run.reluGradient(output.values, output.gradients, rows * channels, selectedGradient);
      }
      gradient.begin(examples, allOf(examples), selectedGradient);
      wayBack.run(examples, normalization ? undefined : { gradient: selectedGradient, rows });
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
