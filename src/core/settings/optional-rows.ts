import { MOMENTA, WEIGHT_DECAYS } from "../engine/optimizers/optimizer.js";
import { SEEDS } from "../limits.js";
import { augmentationParts } from "./augmentation-words.js";
import { counted, share } from "./limits.js";
import type { Row } from "./row.js";
import { SCHEDULES } from "./schedules.js";

/** The value of a seed that does not change with the rounds. */
const fixedAt = (seed: number): string => `${seed} in every round`;

/** Settings that a configuration has only if they are not the usual ones, in its order. */
export const OPTIONAL_ROWS = {
  /** The momentum of SGD, 0 for none, default 0.9; and of Muon, default 0.95. */
  momentum: {
    kind: "number",
    limits: MOMENTA,
    place: "optional",
    of: "optimizer",
    words: "momentum",
    absent: "default",
    short: (part) => `${part} momentum`,
    change: false,
    method: { by: "optimizer" },
    option: { takes: "<part>", help: "momentum of sgd (default: 0.9) and muon (default: 0.95)" },
    search: { scale: "log of rest", over: { low: 0.5, high: 0.99 } },
  },
  /** Nesterov's momentum, only for SGD. */
  nesterov: {
    kind: "flag",
    place: "optional",
    usual: false,
    of: "optimizer",
    words: "nesterov",
    short: (is) => (is === "true" ? "Nesterov's momentum" : "no Nesterov's momentum"),
    change: false,
    method: { by: "optimizer" },
    option: { help: "Nesterov's momentum, for sgd" },
  },
  /**
   * λ. Decoupled from the gradient in AdamW and Muon, where 0.01 is the default, and in Lion; an L2 penalty elsewhere. It applies to all
   * parameters, also biases and batch norm's, as in PyTorch.
   */
  weightDecay: {
    kind: "number",
    limits: WEIGHT_DECAYS,
    place: "optional",
    of: "optimizer",
    words: "weight decay",
    absent: "default",
    short: (rate) => `${rate} weight decay`,
    change: false,
    method: { by: "optimizer" },
    option: {
      takes: "<rate>",
      help: "decoupled for adamw (default: 0.01) and lion, an L2 penalty for the others (default: none)",
    },
    // The rates that have an effect depend on the optimizer.
    // A penalty has an effect at smaller rates than decay of the weights themselves, which is multiplied by the learning rate.
    search: { scale: "log", over: { low: 1e-6, high: 1e-2 }, decoupled: { low: 1e-3, high: 1 } },
  },
  /** How the learning rate, which is the highest, changes with the steps. Without one it is constant. */
  schedule: {
    kind: "choice",
    names: ["constant", ...SCHEDULES],
    place: "optional",
    usual: "constant",
    words: "schedule",
    short: (name) => `${name} learning rate`,
    method: { by: "learningRate" },
    option: { takes: "<name>", help: "how the learning rate falls (default: the architecture's own, constant)" },
    search: { scale: "linear", over: "names", onRequest: true },
  },
  /** The largest norm of all gradients together; larger ones are scaled down. */
  clipNorm: {
    kind: "number",
    limits: { least: 0, most: 1_000_000 },
    place: "optional",
    usual: 0,
    words: "clipping",
    absent: "none",
    short: (norm) => (norm === "none" ? "no clipping" : `clipping at ${norm}`),
    method: {
      name: "Clipping",
      value: (norm) => `if the norm of all gradients together is above ${norm}, they are scaled down to it`,
    },
    option: { takes: "<norm>", help: "the largest norm that the gradients may have; 0 for no limit" },
  },
  /** The part that a step keeps of the weights' moving average; that average is evaluated, and is the trained network. */
  weightAverage: {
    kind: "number",
    limits: share,
    place: "optional",
    usual: 0,
    words: "weight average",
    absent: "none",
    short: (decay) => (decay === "none" ? "no weight average" : `weight average ${decay}`),
    method: {
      name: "Weight average",
      value: (decay) => `a moving average of the weights is evaluated and kept; each step keeps ${decay} of it`,
    },
    option: {
      takes: "<decay>",
      help: "the part that each step keeps of a moving average of the weights; that average is tested and saved; 0 for no average",
    },
  },
  /**
   * ε of label smoothing (Szegedy et al. 2016), as PyTorch's `CrossEntropyLoss(label_smoothing=ε)`: each digit's target is
   * (1 − ε) · onehot + ε / classes. It applies only to training's digit loss: the relation's two logits may come from an exact
   * comparison, which has nothing to smooth, and evaluation reports the plain cross-entropy. Absent: none.
   */
  labelSmoothing: {
    kind: "number",
    limits: share,
    place: "optional",
    usual: 0,
    of: "digits",
    words: "label smoothing",
    method: {
      name: "Label smoothing",
      value: String,
      remark: ([{ classWord }]) =>
        ` of ${classWord === "digit" ? "the digits' loss" : "the loss on classes"} in training; evaluation reports the plain cross-entropy`,
    },
    option: { takes: "<epsilon>", help: "label smoothing of the loss on classes, where there is one (default: 0)" },
    search: { scale: "linear", over: { low: 0, high: 0.3 } },
  },
  /**
   * The part of the training pairs whose classes the auxiliary loss learns; absent: all. They are the first ones of the round, at least
   * one: those of a smaller part are among those of a larger. Their loss is divided by the part, so that `auxiliaryWeight` weighs the mean
   * over the pairs that have it, as before. All pairs teach their answer.
   */
  labelFraction: {
    kind: "number",
    limits: { least: 0, most: 1, open: "least" },
    place: "optional",
    usual: 1,
    of: "digits",
    words: "label fraction",
    method: {
      name: "Label fraction",
      value: String,
      remark: ([{ classWord }]) =>
        `: the loss on ${classWord === "digit" ? "digits" : "classes"} learns from this part of the training pairs, and is divided by it`,
    },
    option: {
      takes: "<part>",
      help: "part of the training pairs whose classes the loss on classes learns, where there is one (default: 1, all)",
    },
  },
  /**
   * How an image is looked at when the network is evaluated; absent: once, as it is. `shifts`: the trunk sees each image and its
   * four shifts by one pixel, background moving in. The digit logits become their mean over the five, the image itself with
   * weight 1 and each shift with ½; the head or the rule decides on those.
   */
  views: {
    kind: "choice",
    names: ["shifts", "none"],
    place: "optional",
    usual: "none",
    of: "digits",
    words: "views",
    method: {
      name: "Views",
      value: (_, { classWord }) =>
        `evaluation looks at each image and its four shifts by one pixel, and decides on the mean of the ${classWord} logits; the image has weight 1, each shift ½`,
    },
    option: {
      takes: "<kind>",
      help: "shifts: in evaluation, average the class logits over an image and its four shifts by one pixel (default: none)",
    },
  },
  /** How training images are changed each time that they are seen. */
  augmentation: {
    kind: "augmentation",
    place: "optional",
    usual: {},
    words: "augmentation",
    absent: "none",
    method: {
      name: "Augmentation",
      value: augmentationParts,
      remark: "; of training images, each time anew",
      ofAll: true,
    },
    option: { takes: "<name>", help: "how training images are changed each time (default: not at all)" },
  },
  /**
   * How training images are paired anew in each epoch; absent: as they were drawn. `swapped`: each pair's images change places
   * with probability ½. `shuffled`: all images are dealt out again, two to a pair.
   */
  pairing: {
    kind: "choice",
    names: ["swapped", "shuffled", "drawn"],
    place: "optional",
    usual: "drawn",
    words: "training pairs",
    absent: "as drawn",
    short: (how) => `pairs ${how}`,
    method: {
      name: "Training pairs",
      value: (how) => (how === "drawn" ? "as drawn" : how),
      remark: "; evaluated as drawn",
      ofAll: true,
    },
    option: { takes: "<how>", help: "training pairs swapped or shuffled anew in each epoch, or as drawn (default)" },
  },
  /**
   * Others of its batch that each image is paired with in training, at random for each batch; absent: only its own partner. At
   * most all of them. The head learns from twice the batch's pairs times this number, while the trunk sees no more images than before.
   */
  partners: {
    kind: "number",
    limits: counted(10_000),
    place: "optional",
    usual: 1,
    words: "partners",
    method: {
      name: "Partners",
      value: (partners) => `${partners} others of its batch for each image, at random`,
      remark: "; evaluated only in its pair",
    },
    option: {
      takes: "<count>",
      help: "others of its batch that each image is paired with, for networks with a shared trunk (default: 1)",
    },
  },
  /** Every other pair has the answer yes; absent: pairs as they are drawn. */
  balance: {
    kind: "flag",
    place: "optional",
    usual: false,
    words: "balanced pairs",
    change: false,
    method: {
      name: "Balance",
      value: () => "every other pair has the answer yes",
      remark: ", in training, validation and test pairs",
    },
    option: {
      negative: "draw pairs as they come, even where one answer is rare",
      help: "draw as many pairs with the answer yes as with no (default: where one answer has over 80% of the pairs)",
    },
    page: { paper: "no" },
  },
  /** What training and test pairs do not share. Absent: images; `classes`: the test pairs' classes are in no training pair. */
  split: {
    kind: "choice",
    names: ["images", "classes"],
    place: "optional",
    usual: "images",
    words: "split by",
    change: false,
    method: {
      name: "Split",
      value: () =>
        "by class: each seed deals the classes out anew, and test pairs are of classes that training never saw",
    },
    option: {
      takes: "<by>",
      help: "classes: test pairs are of classes that no training pair has (default: images; classes for the relation equal)",
    },
    page: { paper: "images" },
  },
  /** An image may be in several pairs of a set, and no two images meet twice; absent: each image is in one pair at most. */
  reuse: {
    kind: "flag",
    place: "optional",
    usual: false,
    words: "images in several pairs",
    change: false,
    method: { name: "Images", value: () => "in several pairs; no two images meet twice in a set" },
    option: {
      help: "let an image be in several pairs, for more pairs than half the images",
      negative: "let an image be in one pair only",
    },
    page: { paper: "no" },
  },
  /**
   * The seed of the training pairs and the validation pairs, and of what deals out classes or images to them; absent: the run's seed. Test
   * pairs are always the run's seed's.
   */
  dataSeed: {
    kind: "number",
    limits: SEEDS,
    place: "optional",
    words: "data seed",
    absent: "the run's",
    change: false,
    method: { name: "Seed of the training pairs", value: fixedAt, remark: "; test pairs are the round's" },
    option: { takes: "<seed>", help: "seed of the training and validation pairs (default: the run's)" },
  },
  /** The seed of the starting weights; absent: the run's seed. */
  initSeed: {
    kind: "number",
    limits: SEEDS,
    place: "optional",
    words: "init seed",
    absent: "the run's",
    change: false,
    method: { name: "Seed of the starting weights", value: fixedAt },
    option: { takes: "<seed>", help: "seed of the starting weights (default: the run's)" },
  },
  /** The seed of the batch order, the pairing and the partners; absent: the run's seed. */
  orderSeed: {
    kind: "number",
    limits: SEEDS,
    place: "optional",
    words: "order seed",
    absent: "the run's",
    change: false,
    method: { name: "Seed of the batch order", value: fixedAt, remark: "; also of pairing and partners" },
    option: { takes: "<seed>", help: "seed of the batch order, pairing and partners (default: the run's)" },
  },
  /** The seed of the dropout masks; absent: the run's seed, or no dropout. */
  dropoutSeed: {
    kind: "number",
    limits: SEEDS,
    place: "optional",
    words: "dropout seed",
    absent: "the run's",
    change: false,
    method: { name: "Seed of dropout", value: fixedAt },
    option: { takes: "<seed>", help: "seed of the dropout masks (default: the run's)" },
  },
  /** The seed of the augmentation; absent: the run's seed, or no augmentation. */
  augmentationSeed: {
    kind: "number",
    limits: SEEDS,
    place: "optional",
    words: "augmentation seed",
    absent: "the run's",
    change: false,
    method: { name: "Seed of the augmentation", value: fixedAt },
    option: { takes: "<seed>", help: "seed of the augmentation (default: the run's)" },
  },
} as const satisfies Readonly<Record<string, Row>>;
