import type { PlacedLayer } from "../../network/layer.js";
import type { Convolution } from "../../network/layers/convolution.js";
import { type Activations, allocateActivations, type Handover, SLACK } from "../activations.js";
import { Normalization } from "../operations/normalization.js";
import type { BuildContext, Operation } from "../operations/operation.js";
import { rectified } from "../operations/relu.js";
import { inOrder } from "../parameters.js";
import { convolutionContext, convolutionMethod } from "./choose.js";
import { WayBack } from "./way-back.js";

/** The layers of a convolution with batch norm. */
export interface NormalizedLayers {
  readonly convolution: PlacedLayer & { readonly layer: Convolution };
  readonly batchNorm: PlacedLayer;
  readonly relu?: PlacedLayer;
}

/**
 * convolution → batch norm → ReLU? over a few images while they are in the cache: the batch's moments are added right behind the
 * convolution, and the gradient of its output is computed right before it is sent back.
 *
 * @param handsOver  whether the layer behind is a convolution, to which the values are left
 */
export function normalizedConvolution(
  context: BuildContext,
  layers: NormalizedLayers,
  input: Activations,
  handsOver: boolean,
): Operation {
  const { kernels, examples: capacity } = context;
  const { run } = kernels;
  const { convolution: placed, batchNorm, relu } = layers;
  const { height, width } = placed.output;
  const where = convolutionContext({
    build: context,
    placed,
    layer: placed.layer,
    input,
    order: inOrder(height * width),
    normalized: true,
  });
  const convolution = convolutionMethod(where);
  const { group, pixels } = convolution;
  const own = allocateActivations(kernels, placed.output, capacity);
  const output = relu ? rectified(own) : own;
  const like = () => kernels.allocate((capacity + SLACK) * own.size);
  const convolved = like();
  // The gradient of an output that is not handed over may be others' to read.
  const convolvedGradient = handsOver ? own.gradients : like();
  const normalization = new Normalization(context, batchNorm, own);
  const { channels, scale, shift, slope, offset } = normalization;
  const floor = relu ? 0 : -Infinity;
  const imageBytes = own.size * 4;
  /** The gradient of batch norm's own output. */
  const masked = relu ? convolvedGradient : own.gradients;
  // Threads need the gradient of the convolution's output twice.
  const isKept = context.group !== undefined;

  const handover: Handover = {
    values(first, images) {
      const at = first * imageBytes;
      run.affine(convolved + at, images * pixels, channels, scale, shift, floor, own.values + at);
    },
    gradients(first, images) {
      const at = first * imageBytes;
      if (relu) {
        const rectifier = { y: own.values + at, gradient: own.gradients + at, masked: masked + at };
        normalization.addReluGradientMoments(rectifier, convolved + at, images, pixels);
      } else normalization.addGradientMoments(masked + at, convolved + at, images, pixels);
    },
  };
  /** Computes the gradient of the convolution's output. */
  const spread = (first: number, images: number) => {
    const at = first * imageBytes;
    const to = convolvedGradient + at;
    run.affineGradient(masked + at, convolved + at, images * pixels, channels, scale, slope, offset, to);
  };
  const gradientOf = (first: number, images: number) => {
    if (!isKept) spread(first, images);
    return convolvedGradient + first * imageBytes;
  };
  const wayBack = new WayBack(
    where,
    {
      group,
      sumsByGroup: convolution.sumsByGroup,
      get sums() {
        return convolution.sums;
      },
      both: (first, images) => convolution.backward(first, images, gradientOf(first, images)),
      weights: (first, images) => convolution.weightGradient(first, images, gradientOf(first, images)),
      input: (first, images) => convolution.inputGradient(first, images, gradientOf(first, images)),
      end: () => convolution.endBackward(),
    },
    false,
  );

  return {
    output: handsOver ? { ...output, handover } : output,
    studies: convolution.studies,
    forward(examples, training) {
      if (training) normalization.begin();
      else normalization.useRunning();
      convolution.beginForward();
      for (let i = 0; i < examples; i += group) {
        const images = Math.min(group, examples - i);
        const y = convolved + i * imageBytes;
        input.handover?.values(i, images);
        convolution.forward(i, images, y);
        if (training) normalization.addMoments(y, images, pixels);
      }
      if (training) {
        normalization.finish(examples, pixels);
        normalization.beginGradient();
      }
      if (!handsOver) handover.values(0, examples);
    },
    backward(examples) {
      if (!handsOver) handover.gradients(0, examples);
      normalization.finishGradient(examples, pixels);
      convolution.beginBackward();
      if (isKept) spread(0, examples);
      wayBack.run(examples);
    },
  };
}
