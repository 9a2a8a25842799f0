/** The networks in jax-js. What can be written in more than one way comes from usual.js or best.js. */
import { nn, numpy as np, random } from "@jax-js/jax";

const MOMENTUM = 0.1;
const EPSILON = 1e-5;
const CLASSES = 10;
const ONE_IMAGE = 1;
const BOTH_IMAGES = 2;

/**
 * A batch's loss as a function of the parameters; besides it, the running statistics that batch norm leaves behind.
 *
 * @param {import("../javascript/task.js").Task} task
 */
export function lossOf({ trunk, head, auxiliaryWeight, batchSize }, form, dropout) {
  return (params, running, { images, classes, targets }, key) => {
    const statistics = {};
    const context = { params, running, statistics, form, dropout, mask: dropoutMasks(key, trunk.length + head.length) };
    const shared = trunk.length > 0;
    let features = form.input(images, shared ? ONE_IMAGE : BOTH_IMAGES);
    for (const layer of trunk) features = LAYERS[layer.kind](features, layer, context);
    const losses = [];
    if (auxiliaryWeight > 0) {
      // A mean over pairs, once for each side: both sides together are twice the mean over images.
      const digits = head.length > 0 ? features.ref : features;
      losses.push(crossEntropy(digits, classes.reshape([-1]), CLASSES).mul(2 * auxiliaryWeight));
    } else classes.dispose();
    if (head.length > 0) {
      let answer = shared ? features.reshape([batchSize, -1]) : features;
      for (const layer of head) answer = LAYERS[layer.kind](answer, layer, context);
      losses.push(crossEntropy(answer, targets, 2));
    } else targets.dispose();
    context.mask.end();
    return [losses.reduce((sum, loss) => sum.add(loss)), statistics];
  };
}

const LAYERS = {
  convolution: (x, layer, { params, form }) =>
    form.convolution(x, params[`${layer.name}.weight`], params[`${layer.name}.bias`], layer),
  "max-pool": (x, _, { form }) => form.maxPool(x),
  relu: (x) => nn.relu(x),
  flatten: (x, _, { form }) => form.flatten(x),
  linear: (x, { name }, { params, form }) => form.linear(x, params[`${name}.weight`], params[`${name}.bias`]),
  dropout: (x, _, { dropout, mask }) =>
    dropout === 0 ? x : x.mul(mask.next(1 - dropout, x.shape)).mul(1 / (1 - dropout)),
  "batch-norm": batchNorm,
};

function batchNorm(x, { name }, { params, running, statistics, form: { axes, channelShape } }) {
  const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
  const mean = np.mean(x.ref, axes);
  const centred = x.sub(mean.ref.reshape(channelShape));
  const variance = np.mean(np.square(centred.ref), axes);
  const [runningMean, runningVariance] = [`${name}.running_mean`, `${name}.running_var`];
  statistics[runningMean] = running[runningMean].mul(1 - MOMENTUM).add(mean.mul(MOMENTUM));
  statistics[runningVariance] = running[runningVariance]
    .mul(1 - MOMENTUM)
    .add(variance.ref.mul((MOMENTUM * count) / (count - 1)));
  const scale = params[`${name}.weight`].div(np.sqrt(variance.add(EPSILON)));
  return centred.mul(scale.reshape(channelShape)).add(params[`${name}.bias`].reshape(channelShape));
}

function crossEntropy(logits, labels, classes) {
  const rows = logits.shape[0];
  return nn
    .logSoftmax(logits)
    .mul(nn.oneHot(labels, classes))
    .sum()
    .mul(-1 / rows);
}

/** Masks one after the other. Each has a key split off the batch's own: a chain of splits would be computed for each number. */
function dropoutMasks(key, layers) {
  const keys = random.split(key, 1 + layers);
  let used = 0;
  return {
    next: (keep, shape) => random.bernoulli(keys.ref.slice(used++), keep, shape).astype(np.float32),
    end: () => keys.dispose(),
  };
}
