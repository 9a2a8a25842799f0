import type { Pairs } from "../../src/core/data/pairs.js";
import type { PlacedLayer } from "../../src/core/network/layer.js";
import type { AveragePool } from "../../src/core/network/layers/average-pool.js";
import type { MaxPool } from "../../src/core/network/layers/max-pool.js";
import type { PlacedNetwork } from "../../src/core/network/network.js";

/** One example's activations in double precision, in PyTorch's order: channel, row, column. */
type Example = Float64Array;

/** What a network holds, by the names of its state. */
export type Tensors = ReadonlyMap<string, Float64Array>;

/** Dropout's factors for each example that a layer sees, by the layer's name. */
export type Masks = ReadonlyMap<string, readonly Example[]>;

/** What the network is asked about a pair of classes. */
export type Holds = (first: number, second: number) => boolean;

export interface Outcome {
  /** Mean loss of a pair. */
  readonly loss: number;
  /** [pairs][2], where the network has a head. */
  readonly answers: readonly Example[] | undefined;
  /** [2 · pairs][classes], where a trunk ends in digit logits. */
  readonly digits: readonly Example[] | undefined;
  /** A training batch's mean and unbiased variance, by the batch norm's name. */
  readonly moments: ReadonlyMap<string, Moments>;
  /** What each layer made of every example that it saw, by the layer's name. */
  readonly layers: ReadonlyMap<string, readonly Example[]>;
}

export interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/**
 * Runs a network over pairs by the definitions of its layers: plain loops in double precision, with nothing of the
 * engine's layouts, order or fusing.
 */
export function reference(
  network: PlacedNetwork,
  tensors: Tensors,
  pairs: Pairs,
  training: boolean,
  masks: Masks = new Map(),
  holds: Holds = (first, second) => first <= second,
): Outcome {
  const moments = new Map<string, Moments>();
  const made = new Map<string, readonly Example[]>();
  const through = (layers: readonly PlacedLayer[], examples: Example[]): Example[] =>
    layers.reduce((seen, placed) => {
      const pass: Pass = {
        through,
        placed,
        training,
        moments,
        masks,
        holds,
        tensor: (name) => found(tensors, `${placed.name}.${name}`),
      };
      const output = forward(pass, seen);
      made.set(placed.name, output);
      return output;
    }, examples);

  const members = throughTrunks(network, imagesOf(pairs), through);
  const features = meanOf(members);
  const together = Array.from({ length: pairs.count }, (_, i) => joined(at(features, 2 * i), at(features, 2 * i + 1)));
  const answers = network.head.length > 0 ? through(network.head, together) : undefined;
  const digits = network.hasDigits ? features : undefined;
  const learners = training ? members : [features];

  let loss = 0;
  answers?.forEach((logits, i) => {
    if (network.pairWeight > 0) loss += network.pairWeight * crossEntropy(logits, at(pairs.targets, i));
  });
  if (network.auxiliaryWeight > 0)
    for (const learner of learners)
      learner.forEach((logits, i) => {
        loss += network.auxiliaryWeight * crossEntropy(logits, at(pairs.classes, i));
      });
  return { loss: loss / pairs.count, answers, digits, moments, layers: made };
}

/** Every member's features of all images: of one batch, or the first images in one trunk and the second in another. */
function throughTrunks(
  { trunks, separate }: PlacedNetwork,
  images: Example[],
  through: (layers: readonly PlacedLayer[], examples: Example[]) => Example[],
): Example[][] {
  const [first, second] = trunks;
  if (!first) return [images];
  if (!second || !separate) return trunks.map((layers) => through(layers, images));
  const firsts = through(
    first,
    images.filter((_, i) => i % 2 === 0),
  );
  const seconds = through(
    second,
    images.filter((_, i) => i % 2 === 1),
  );
  return [firsts.flatMap((features, pair) => [features, at(seconds, pair)])];
}

/** The mean over members of what they make of each image. */
function meanOf(members: readonly Example[][]): Example[] {
  return at(members, 0).map((features, image) =>
    features.map((_, e) => members.reduce((sum, member) => sum + at(at(member, image), e), 0) / members.length),
  );
}

/** Central differences of `loss` in every element of `values`, which are moved and put back. */
export function numericalGradient(loss: () => number, values: Float64Array, step = 1e-6): Float64Array {
  return values.map((value, i) => {
    values[i] = value + step;
    const above = loss();
    values[i] = value - step;
    const below = loss();
    values[i] = value;
    return (above - below) / (2 * step);
  });
}

/** −log softmax(logits)[label]. */
export function crossEntropy(logits: Example, label: number): number {
  const highest = Math.max(...logits);
  return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0)) + highest - at(logits, label);
}

interface Pass {
  readonly placed: PlacedLayer;
  readonly training: boolean;
  readonly moments: Map<string, Moments>;
  readonly masks: Masks;
  through(layers: readonly PlacedLayer[], examples: Example[]): Example[];
  readonly holds: Holds;
  tensor(name: string): Float64Array;
}

function forward(pass: Pass, examples: Example[]): Example[] {
  const { layer } = pass.placed;
  switch (layer.kind) {
    case "convolution":
      return examples.map((x) => convolve(pass, layer.kernel, layer.stride, layer.padding, x));
    case "linear":
      return examples.map((x) => multiply(pass, x));
    case "max-pool":
      return examples.map((x) => maxPool(pass, layer, x));
    case "batch-norm":
      return normalize(pass, examples);
    case "relu":
      return examples.map((x) => x.map((value) => Math.max(value, 0)));
    case "flatten":
      return examples;
    case "average-pool":
      return examples.map((x) => averagePool(pass, layer, x));
    case "global-average-pool":
      return examples.map((x) => {
        const { height, width } = pass.placed.input;
        const pixels = height * width;
        return filled(pass.placed.output, (c) => sum(x.subarray(c * pixels, (c + 1) * pixels)) / pixels);
      });
    case "residual": {
      const { body, shortcut } = pass.placed.branches ?? { body: [], shortcut: [] };
      const beside = pass.through(shortcut, examples);
      return pass.through(body, examples).map((x, i) => x.map((value, e) => value + at(at(beside, i), e)));
    }
    case "dropout":
      if (!pass.training) return examples;
      return examples.map((x, i) => {
        const mask = at(found(pass.masks, pass.placed.name), i);
        return x.map((value, e) => value * at(mask, e));
      });
    case "softmax":
      return examples.map((x) =>
        grouped(
          layer.groups,
          x.map((value) => value / (layer.temperature ?? 1)),
          softmax,
        ),
      );
    case "outer-product":
      return examples.map((x) => {
        const [p, q] = [x.subarray(0, x.length / 2), x.subarray(x.length / 2)];
        return filled(pass.placed.output, (e) => at(p, Math.floor(e / q.length)) * at(q, e % q.length));
      });
    case "gelu":
      return examples.map((x) => x.map((value) => value * normalDistribution(value)));
    case "silu":
      return examples.map((x) => x.map((value) => value / (1 + Math.exp(-value))));
    case "leaky-relu":
      return examples.map((x) => x.map((value) => (value > 0 ? value : layer.slope * value)));
    case "group-norm":
      return examples.map((x) => normalizeGroups(pass, layer.groups, x));
    case "ordinal":
      return examples.map((x) => logProbabilities(pass.holds, x));
    case "difference":
      return examples.map((x) => halvesOf(x, (f, g) => f.map((value, e) => value - at(g, e))));
    case "absolute-difference":
      return examples.map((x) => halvesOf(x, (f, g) => f.map((value, e) => Math.abs(value - at(g, e)))));
    case "product":
      return examples.map((x) => halvesOf(x, (f, g) => f.map((value, e) => value * at(g, e))));
    case "matching":
      return examples.map((x) =>
        halvesOf(x, (f, g) =>
          joined(
            f.map((value, e) => Math.abs(value - at(g, e))),
            f.map((value, e) => value * at(g, e)),
          ),
        ),
      );
    case "normalize":
      return examples.map((x) =>
        grouped(layer.groups, x, (run) => run.map((value) => value / Math.max(Math.hypot(...run), 1e-12))),
      );
    case "cosine":
      return examples.map((x) =>
        halvesOf(x, (f, g) => {
          const lengths = [f, g].map((half) => Math.max(Math.hypot(...half), 1e-8));
          return scored(pass, sum(f.map((value, e) => value * at(g, e))) / (at(lengths, 0) * at(lengths, 1)));
        }),
      );
    case "squared-distance":
      return examples.map((x) =>
        halvesOf(x, (f, g) => scored(pass, sum(f.map((value, e) => (value - at(g, e)) ** 2)))),
      );
    case "score-difference":
      return examples.map((x) => Float64Array.of(0, at(x, 1) - at(x, 0)));
    default:
      throw new Error(`${layer satisfies never} has no definition here`);
  }
}

function convolve({ placed, tensor }: Pass, kernel: number, stride: number, padding: number, x: Example): Example {
  const { input, output } = placed;
  const [weight, bias] = [tensor("weight"), tensor("bias")];
  const pixel = (c: number, row: number, column: number) =>
    row >= 0 && row < input.height && column >= 0 && column < input.width
      ? (x[(c * input.height + row) * input.width + column] as number)
      : 0;
  return filled(output, (o, row, column) => {
    let sum = at(bias, o);
    for (let c = 0; c < input.channels; c++)
      for (let i = 0; i < kernel; i++)
        for (let j = 0; j < kernel; j++)
          sum +=
            (weight[((o * input.channels + c) * kernel + i) * kernel + j] as number) *
            pixel(c, row * stride + i - padding, column * stride + j - padding);
    return sum;
  });
}

function multiply({ tensor }: Pass, x: Example): Example {
  const [weight, bias] = [tensor("weight"), tensor("bias")];
  return bias.map((start, o) => x.reduce((sum, value, i) => sum + value * (weight[o * x.length + i] as number), start));
}

function maxPool(pass: Pass, layer: MaxPool, x: Example): Example {
  return filled(pass.placed.output, (...place) => Math.max(...windowOf(pass, layer, x, -Infinity, ...place)));
}

function averagePool(pass: Pass, layer: AveragePool, x: Example): Example {
  return filled(pass.placed.output, (...place) => sum(windowOf(pass, layer, x, 0, ...place)) / layer.size ** 2);
}

/** The size² values that a pool sees at one place, those of the padding included. */
function windowOf(
  { placed: { input } }: Pass,
  { size, stride = size, padding = 0 }: MaxPool | AveragePool,
  x: Example,
  outside: number,
  channel: number,
  row: number,
  column: number,
): number[] {
  return Array.from({ length: size ** 2 }, (_, k) => {
    const y = row * stride - padding + Math.floor(k / size);
    const across = column * stride - padding + (k % size);
    if (y < 0 || y >= input.height || across < 0 || across >= input.width) return outside;
    return at(x, (channel * input.height + y) * input.width + across);
  });
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);

function normalize({ placed, training, moments, tensor }: Pass, examples: Example[]): Example[] {
  const { height, width, channels } = placed.input;
  const [gamma, beta] = [tensor("weight"), tensor("bias")];
  const pixels = height * width;
  const count = examples.length * pixels;
  const channelOf = (element: number) => Math.floor(element / pixels);
  let [mean, variance] = [tensor("running_mean"), tensor("running_var")];
  if (training) {
    const average = (value: (x: number, channel: number) => number) => {
      const sums = new Float64Array(channels);
      for (const x of examples)
        x.forEach((v, e) => {
          const c = channelOf(e);
          sums[c] = at(sums, c) + value(v, c) / count;
        });
      return sums;
    };
    mean = average((x) => x);
    variance = average((x, c) => (x - at(mean, c)) ** 2);
    moments.set(placed.name, { mean, variance: variance.map((v) => (count > 1 ? (v * count) / (count - 1) : v)) });
  }
  return examples.map((x) =>
    x.map((value, e) => {
      const c = channelOf(e);
      return (at(gamma, c) * (value - at(mean, c))) / Math.sqrt(at(variance, c) + 1e-5) + at(beta, c);
    }),
  );
}

const halvesOf = (x: Example, make: (f: Example, g: Example) => Example): Example =>
  make(x.slice(0, x.length / 2), x.slice(x.length / 2));

/** The logits of a number: none, and the number scaled and shifted. */
const scored = ({ tensor }: Pass, measure: number): Example =>
  Float64Array.of(0, at(tensor("weight"), 0) * measure + at(tensor("bias"), 0));

/** Does the same with each of equal runs of elements. */
function grouped(groups: number, x: Example, make: (group: Example) => Example): Example {
  const length = x.length / groups;
  return Float64Array.from(
    Array.from({ length: groups }, (_, k) => [...make(x.slice(k * length, (k + 1) * length))]).flat(),
  );
}

function normalizeGroups({ placed, tensor }: Pass, groups: number, x: Example): Example {
  const [gamma, beta] = [tensor("weight"), tensor("bias")];
  const pixels = placed.input.height * placed.input.width;
  const normalized = grouped(groups, x, (group) => {
    const mean = group.reduce((sum, value) => sum + value, 0) / group.length;
    const variance = group.reduce((sum, value) => sum + (value - mean) ** 2, 0) / group.length;
    return group.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
  });
  return normalized.map((value, e) => at(gamma, Math.floor(e / pixels)) * value + at(beta, Math.floor(e / pixels)));
}

/**
 * The normal distribution function: its Taylor series at 0, and in the tails, where that would cancel, Laplace's continued
 * fraction of Mills' ratio.
 */
export function normalDistribution(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (Math.abs(x) < 3) {
    let [sum, term] = [x, x];
    for (let k = 1; k < 100; k++) {
      term *= (x * x) / (2 * k + 1);
      sum += term;
    }
    return 0.5 + density * sum;
  }
  if (Math.abs(x) === Number.POSITIVE_INFINITY) return x > 0 ? 1 : 0;
  let fraction = 0;
  for (let k = 200; k >= 1; k--) fraction = k / (Math.abs(x) + fraction);
  const tail = density / (Math.abs(x) + fraction);
  return x > 0 ? 1 - tail : tail;
}

function softmax(x: Example): Example {
  const highest = Math.max(...x);
  const powers = x.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** ln of the probability that the relation does not hold of two independent beliefs, and that it does. */
function logProbabilities(holds: Holds, beliefs: Example): Example {
  const [p, q] = [beliefs.slice(0, beliefs.length / 2), beliefs.slice(beliefs.length / 2)];
  const sums = new Float64Array(2);
  p.forEach((first, i) => {
    q.forEach((second, j) => {
      const side = Number(holds(i, j));
      sums[side] = at(sums, side) + first * second;
    });
  });
  return sums.map((sum) => Math.log(Math.max(sum, 2 ** -126)));
}

function filled(
  { height, width, channels }: PlacedLayer["output"],
  value: (channel: number, row: number, column: number) => number,
): Example {
  const example = new Float64Array(channels * height * width);
  let e = 0;
  for (let c = 0; c < channels; c++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) example[e++] = value(c, row, column);
  return example;
}

function imagesOf({ count, channels, height, width, images }: Pairs): Example[] {
  const size = channels * height * width;
  return Array.from({ length: 2 * count }, (_, i) => Float64Array.from(images.subarray(i * size, (i + 1) * size)));
}

function joined(first: Example, second: Example): Example {
  return Float64Array.from([...first, ...second]);
}

function found<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`no ${name} among ${[...map.keys()].join(", ")}`);
  return value;
}

/** The element at an index that must exist. */
export function at<T>(from: ArrayLike<T>, index: number): T {
  const value = from[index];
  if (value === undefined) throw new RangeError(`no element ${index} of ${from.length}`);
  return value;
}
