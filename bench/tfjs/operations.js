/** Operations with gradients by hand. Maps are [N, H, W, C]. */
import * as tf from "@tensorflow/tfjs";

const EPSILON = 1e-5;
/** The second convolution's kernel is 2×2: a patch has 4 pieces. */
const PIECES = 4;
/** A factor that makes any nonzero difference of floats at least 1, for clipping. */
const HUGE = 1e30;

/** The mean over all but the channels, [1, channels]: one window over all. */
function channelMeans(x) {
  const channels = x.shape.at(-1);
  const rows = x.size / channels;
  return tf.avgPool(x.reshape([1, rows, 1, channels]), [rows, 1], 1, "valid").reshape([1, channels]);
}

/** [..., n] as [rows, n]. */
const asMatrix = (x) => x.reshape([-1, x.shape.at(-1)]);

/** x · weight + bias. */
function product(x, weight, bias) {
  return tf
    .matMul(asMatrix(x), weight)
    .add(bias)
    .reshape([...x.shape.slice(0, -1), weight.shape[1]]);
}

/** The gradients of a product's weight and bias. */
function productGradients(dy, x) {
  const rows = asMatrix(dy);
  return [tf.matMul(asMatrix(x).transpose(), rows), channelMeans(dy).mul(rows.shape[0])];
}

/** A linear layer of the network's input, or a convolution of its patches. It needs no gradient of x. */
export const firstLinear = (x, weight, bias) =>
  tf.customGrad((weight, bias, save) => {
    save([]);
    return { value: product(x, weight, bias), gradFunc: (dy) => productGradients(dy, x) };
  })(weight, bias);

export const linear = tf.customGrad((x, weight, bias, save) => {
  save([x, weight]);
  return {
    value: product(x, weight, bias),
    gradFunc: (dy, [x, weight]) => [tf.matMul(dy, weight.transpose()), ...productGradients(dy, x)],
  };
});

/** A 2×2 convolution. Its weight is a matrix [channels · pieces, out], like the patches of `patchesOf`. */
export const convolution = tf.customGrad((x, weight, bias, save) => {
  const patches = patchesOf(x);
  save([patches, weight]);
  return {
    value: product(patches, weight, bias),
    gradFunc: (dy, [patches, weight]) => {
      // The input's gradient is the convolution of the padded output's gradient with the kernel turned by 180°.
      const outputs = weight.shape[1];
      const turned = tf.reverse(weight.reshape([-1, PIECES, outputs]).transpose([1, 2, 0]), 0);
      const border = tf.pad(dy, [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ]);
      const dx = tf.conv2d(border, turned.reshape([2, 2, outputs, -1]), 1, "valid");
      return [dx, ...productGradients(dy, patches)];
    },
  };
});

/** Patches [N, H − 1, W − 1, channels · pieces], by a depthwise convolution that only copies: slices take longer. */
function patchesOf(x) {
  const channels = x.shape.at(-1);
  copiers[channels] ??= tf.keep(copier(channels));
  return tf.depthwiseConv2d(x, copiers[channels], 1, "valid");
}

const copiers = {};

/** [2, 2, channels, pieces]: each piece is one pixel of the patch. */
function copier(channels) {
  const filter = new Float32Array(PIECES * channels * PIECES);
  for (let piece = 0; piece < PIECES; piece++)
    for (let channel = 0; channel < channels; channel++) filter[(piece * channels + channel) * PIECES + piece] = 1;
  return tf.tensor4d(filter, [2, 2, channels, PIECES]);
}

/**
 * In training mode.
 *
 * @param track  given the mean and the biased variance, [1, channels]
 */
export const batchNorm = (x, scale, shift, track) =>
  tf.customGrad((x, scale, shift, save) => {
    const rows = x.size / x.shape.at(-1);
    const mean = channelMeans(x);
    const centred = x.sub(mean);
    const variance = channelMeans(centred.square());
    track(mean, variance);
    const inverse = variance.add(EPSILON).rsqrt();
    save([centred, inverse, scale]);
    return {
      value: centred.mul(inverse.mul(scale)).add(shift),
      gradFunc: (dy, [centred, inverse, scale]) => {
        const meanOfGradient = channelMeans(dy);
        const meanOfProduct = channelMeans(dy.mul(centred));
        const parallel = centred.mul(meanOfProduct.mul(inverse.square()));
        const dx = dy.sub(meanOfGradient).sub(parallel).mul(inverse.mul(scale));
        return [dx, meanOfProduct.mul(inverse).mul(rows), meanOfGradient.mul(rows)];
      },
    };
  })(x, scale, shift);

/** 2×2. Equal largest values share the gradient. */
export const maxPool = tf.customGrad((x, save) => {
  const value = tf.maxPool(x, 2, 2, "valid");
  save([x, value]);
  return {
    value,
    gradFunc: (dy, [x, value]) => {
      const [, height, width] = x.shape;
      const spread = (windows) => tf.image.resizeNearestNeighbor(windows, [height, width]);
      const losers = spread(value).sub(x).mul(HUGE).clipByValue(0, 1);
      const winners = tf.sub(1, losers);
      const winnersOfWindow = tf.avgPool(winners, 2, 2, "valid").mul(4);
      return winners.mul(spread(dy.div(winnersOfWindow)));
    },
  };
});
