/** Operations with gradients by hand, on matrices of rows × channels. */
import * as tf from "@tensorflow/tfjs";

const EPSILON = 1e-5;

/** [1, columns]. A product with ones: the backend's own sums over rows are slower. */
const columnSums = (x) => tf.matMul(tf.ones([1, x.shape[0]]), x);

/** x · weight + bias, of the network's input, which wants no gradient. */
export const firstLinear = (x, weight, bias) =>
  tf.customGrad((weight, bias, save) => {
    save([]);
    return {
      value: tf.matMul(x, weight).add(bias),
      gradFunc: (dy) => [tf.matMul(x.transpose(), dy), columnSums(dy)],
    };
  })(weight, bias);

/** x · weight + bias. */
export const linear = tf.customGrad((x, weight, bias, save) => {
  save([x, weight]);
  return {
    value: tf.matMul(x, weight).add(bias),
    gradFunc: (dy, [x, weight]) => [tf.matMul(dy, weight.transpose()), tf.matMul(x.transpose(), dy), columnSums(dy)],
  };
});

/** A 2×2 convolution of a map's pixels as rows. Its output's rows stand as the plan has them. */
export function convolution(x, weight, bias, plan) {
  return linear(gatherPatches(x, plan), weight, bias);
}

function gatherPatches(x, { patches, takers, kernelArea }) {
  const channels = x.shape[1];
  return tf.customGrad((x, save) => {
    save([]);
    return {
      value: tf.gather(x, patches).reshape([-1, kernelArea * channels]),
      // A pixel's gradient is the sum over the patches that it is in; pixels at the border are in fewer.
      gradFunc: (dy) => {
        const pieces = tf.concat([dy.reshape([-1, channels]), tf.zeros([1, channels])]);
        return tf.addN(takers.map((rows) => tf.gather(pieces, rows)));
      },
    };
  })(x);
}

/**
 * In training mode.
 *
 * @param track  given the mean and the biased variance, [1, channels]
 */
export const batchNorm = (x, scale, shift, track) =>
  tf.customGrad((x, scale, shift, save) => {
    const rows = x.shape[0];
    const mean = columnSums(x).div(rows);
    const centred = x.sub(mean);
    const variance = columnSums(centred.square()).div(rows);
    track(mean, variance);
    const inverse = variance.add(EPSILON).rsqrt();
    save([centred, inverse, scale]);
    return {
      value: centred.mul(inverse.mul(scale)).add(shift),
      gradFunc: (dy, [centred, inverse, scale]) => {
        const dShift = columnSums(dy);
        const dScale = columnSums(dy.mul(centred)).mul(inverse);
        const parallel = centred.mul(dScale.mul(inverse).div(rows));
        return [dy.sub(dShift.div(rows)).sub(parallel).mul(inverse.mul(scale)), dScale, dShift];
      },
    };
  })(x, scale, shift);

/** Rows stand window position by window position: the first quarter has all windows' first values. The first of equal values wins. */
export function maxPool(x) {
  const [rows, channels] = x.shape;
  const quarter = rows / 4;
  return tf.customGrad((x, save) => {
    const [a, b, c, d] = tf.split(x, 4);
    const [top, bottom] = [tf.maximum(a, b), tf.maximum(c, d)];
    save([a, b, c, d, top, bottom]);
    const share = (dy, one, other) => {
      const first = dy.mul(tf.greaterEqual(one, other).cast("float32"));
      return [first, dy.sub(first)];
    };
    return {
      value: tf.maximum(top, bottom).reshape([quarter, channels]),
      gradFunc: (dy, [a, b, c, d, top, bottom]) => {
        const [dTop, dBottom] = share(dy, top, bottom);
        return tf.concat([...share(dTop, a, b), ...share(dBottom, c, d)]);
      },
    };
  })(x);
}
