import { relationNames } from "../data/relations.js";
import { MOMENTA, WEIGHT_DECAYS } from "../engine/optimizers/optimizer.js";
import { OPTIMIZERS } from "../engine/optimizers/registry.js";
import { count } from "../text/format.js";
import { augmentationParts } from "./augmentation-words.js";
import type { Row } from "./row.js";
import { SCHEDULES, type Schedule } from "./schedules.js";

const counted = (most: number) => ({ least: 1, most, whole: true }) as const;
/** Below 1: what is kept or dropped of something is never all of it. */
const share = { least: 0, most: 1, open: "most" } as const;
const weight = { least: 0, most: 1000 } as const;

const SCHEDULE_WORDS: Readonly<Record<Schedule, string>> = {
  step: "a tenth of it after each third of the steps",
  cosine: "falling to 0 along half a cosine",
  "one-cycle": "at the height of one cycle, which starts at 1/25 of it and ends at 1/250,000",
};

/**
 * Every setting, a row each, in the order in which a configuration has them, and of which a run's id is made. Types, checks, the
 * schema of stored configurations, options, words, the page's fields and what `tune` searches are derived from the rows: a new
 * setting is a row here, and the code that acts on it.
 */
export const SETTINGS = {
  epochs: {
    kind: "number",
    limits: counted(100_000),
    place: "config",
    words: "epochs",
    method: { name: "Epochs", value: count, remark: "; errors are those after the last" },
    option: { takes: "<count>", help: "epochs (default: the architecture's own, 25)" },
    page: { paper: "25" },
  },
  /** Pairs in a batch. */
  batchSize: {
    kind: "number",
    limits: counted(10_000),
    place: "config",
    words: "batch size",
    method: { name: "Batch size", value: (pairs) => `${count(pairs)} pairs` },
    option: { takes: "<pairs>", help: "(default: the architecture's own, 50)" },
    page: { paper: "50" },
    search: { scale: "log", over: { factors: [0.5, 1, 2, 4] } },
  },
  /** The highest, where it changes. */
  learningRate: {
    kind: "number",
    limits: { least: 0, most: 100, open: "least" },
    place: "config",
    words: "learning rate",
    method: {
      name: "Learning rate",
      value: (rate, { schedule }) => [rate, ...(schedule ? [SCHEDULE_WORDS[schedule]] : [])].join(", "),
    },
    option: { takes: "<rate>", help: "(default: the architecture's own)" },
    // The paper's differ by network.
    page: { paper: "0.002 or 0.003" },
    search: { scale: "log", over: { factor: 10 } },
  },
  optimizer: {
    kind: "choice",
    names: OPTIMIZERS,
    place: "config",
    words: "optimizer",
    change: ({ optimizerInWords }) => optimizerInWords,
    method: {
      name: "Optimizer",
      value: (_, { optimizerInWords }) => optimizerInWords,
      remark: ", on the cross-entropy",
    },
    option: { takes: "<name>", help: "(default: the architecture's own, adam)" },
    page: { paper: "adam" },
    search: { scale: "linear", over: "names", onRequest: true },
  },
  /** Dropout rate of layers that name none. */
  dropout: {
    kind: "number",
    limits: share,
    place: "config",
    of: "dropout",
    words: "dropout",
    title: "dropout rate",
    method: { name: "Dropout", value: String, remark: " where an architecture has it; the paper prints no rate" },
    option: {
      takes: "<rate>",
      help: "dropout rate, where there is dropout (default: the architecture's own, 0.5)",
    },
    // This project's choice.
    page: { paper: "not printed; 0.5 here" },
    search: { scale: "linear", over: { low: 0, high: 0.7 } },
  },
  trainPairs: {
    kind: "number",
    limits: counted(1_000_000),
    place: "config",
    usual: 1000,
    words: "training pairs",
    method: {
      name: "Pairs",
      value: (pairs, { testPairs, evaluateOn }) =>
        `${count(pairs)} training and ${count(testPairs)} ${evaluateOn} pairs a round`,
      remark: (configs) =>
        `, drawn without replacement from the training images${configs.some(({ evaluateOn }) => evaluateOn === "test") ? " and the test images" : ""}: no image occurs twice in a set`,
    },
    option: { name: "pairs", takes: "<count>", help: "training pairs of a round (default: 1000)" },
    page: { paper: "1000" },
  },
  testPairs: {
    kind: "number",
    limits: counted(1_000_000),
    place: "config",
    usual: 1000,
    words: "test pairs",
    change: false,
    method: { by: "trainPairs" },
    option: null,
  },
  /** What a network is asked about a pair. */
  relation: {
    kind: "choice",
    get names() {
      return relationNames();
    },
    place: "config",
    usual: "less-or-equal",
    words: "relation",
    change: false,
    method: { untold: "the command line asks one question" },
    option: null,
  },
  /** Evaluate after each epoch, or at the end alone. */
  evaluate: {
    kind: "choice",
    names: ["epoch", "end"],
    place: "config",
    usual: "epoch",
    words: "evaluate",
    short: (when) => (when === "end" ? "evaluated at the end" : "evaluated after each epoch"),
    change: false,
    method: { untold: "it decides no weight" },
    option: {
      takes: "<when>",
      help: "losses and accuracies after each epoch, or at the end alone (default: the architecture's own, each epoch)",
      of: "evaluated",
    },
  },
  /**
   * Where the pairs that measure the trained network come from: MNIST's test images, or training images that the round
   * does not train on, for whoever has a choice to make. `testPairs`, `testError` and the like are of those pairs.
   */
  evaluateOn: {
    kind: "choice",
    names: ["test", "validation"],
    place: "config",
    usual: "test",
    words: "evaluate on",
    short: (pairs) => `on ${pairs} pairs`,
    change: false,
    method: { by: "trainPairs" },
    option: {
      takes: "<pairs>",
      help: "validation: pairs of training images that the round does not train on, for whoever has a choice to make (default: test)",
      of: "measured",
    },
  },
  /** Of SGD, 0 for none, default 0.9; and of Muon, default 0.95. */
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
    option: { takes: "<part>", help: "of sgd (default: 0.9) and muon (default: 0.95)" },
    search: { scale: "log of rest", over: { low: 0.5, high: 0.99 } },
  },
  /** Of SGD alone: Nesterov's momentum. */
  nesterov: {
    kind: "flag",
    place: "optional",
    usual: false,
    of: "optimizer",
    words: "nesterov",
    short: (is) => (is === "true" ? "Nesterov's momentum" : "no Nesterov's momentum"),
    change: false,
    method: { by: "optimizer" },
    option: { help: "Nesterov's momentum, of sgd" },
  },
  /**
   * λ. Decoupled from the gradient in AdamW and Muon, where 0.01 is the default, and in Lion; an L2 penalty's elsewhere. Of all
   * parameters, biases and batch norm's too, as in PyTorch.
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
    // What is felt depends on the optimizer.
    search: { scale: "log", over: { low: 1e-6, high: 1e-2 } },
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
  /** The most that the norm of all gradients together may be; larger ones are scaled down. */
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
      value: (norm) => `gradients whose norm, of all together, is above ${norm} are scaled down to it`,
    },
    option: { takes: "<norm>", help: "the most that the gradients' norm may be; 0 for no limit" },
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
      value: (decay) => `evaluated and kept is a moving average of the weights, of which each step keeps ${decay}`,
    },
    option: {
      takes: "<decay>",
      help: "the part that a step keeps of an average of the weights, which is then what is tested and saved; 0 for no average",
    },
  },
  /**
   * ε of label smoothing (Szegedy et al. 2016), as PyTorch's `CrossEntropyLoss(label_smoothing=ε)`: each digit's target is
   * (1 − ε) · onehot + ε / classes. In training's digit loss alone: the relation's two logits may come of an exact
   * comparison, which has nothing to smooth, and what evaluation reports is the plain cross-entropy. Absent: none.
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
      remark: " of the digits' loss in training; evaluation reports the plain cross-entropy",
    },
    option: { takes: "<epsilon>", help: "of the digits' loss, where there is one (default: 0)" },
    search: { scale: "linear", over: { low: 0, high: 0.3 } },
  },
  /**
   * How an image is looked at when the network is evaluated; absent: once, as it is. `shifts`: the trunk sees each image and its
   * four shifts by one pixel, background moving in. The digit logits become their mean over the five, the image itself with
   * weight 1 and each shift with ½; head or rule decide on those.
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
      value: () =>
        "in evaluation each image and its four shifts by one pixel are looked at, and decided on the mean of the digit logits, the image with weight 1 and each shift with ½",
    },
    option: {
      takes: "<kind>",
      help: "shifts: in evaluation, average the digits over an image and its four shifts by one pixel (default: none)",
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
   * Others of its batch that each image is paired with in training, at random for each batch; absent: its own partner alone. At
   * most all of them. The head learns from so many times twice the batch's pairs, while the trunk sees as many images as before.
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
      remark: "; evaluated in its pair alone",
    },
    option: {
      takes: "<count>",
      help: "others of its batch that each image is paired with, for networks with a shared trunk (default: 1)",
    },
  },
  /** Weight of each image's digit cross-entropy in the loss; 0 or absent for none. */
  auxiliaryWeight: {
    kind: "number",
    limits: weight,
    place: "network",
    usual: 0,
    of: "digits",
    words: "auxiliary weight",
    method: {
      name: "Weight of each image's digit loss",
      value: (digits, { network: { head, pairWeight = 1 } }) =>
        head.length > 0 && pairWeight > 0
          ? `${digits}, beside ${pairWeight} for the pair's label`
          : `${digits}, with no other loss`,
    },
    option: { takes: "<weight>", help: "weight of each digit's cross-entropy, where there is one (default: 0.5)" },
    page: { paper: "0.5" },
    search: { scale: "log", over: { factor: 10 }, possible: { ...weight, open: "least" } },
  },
  /** Weight of the head's cross-entropy in the loss, default 1. With 0 the head decides and nothing is trained through it. */
  pairWeight: {
    kind: "number",
    limits: weight,
    place: "network",
    usual: 1,
    words: "pair weight",
    method: { by: "auxiliaryWeight" },
    option: null,
  },
  /** How many trunks there are, each with weights of its own; default 1. What decides sees the mean of their digit logits. */
  members: {
    kind: "number",
    limits: counted(64),
    place: "network",
    usual: 1,
    words: "members",
    short: (members) => (members === "1" ? "one member" : `${members} members`),
    method: {
      name: "Members",
      value: (members) => `${members} trunks`,
      remark: ", each with weights of its own, learn from the same batches; decided on the mean of their digit logits",
    },
    option: {
      takes: "<count>",
      help: "trunks with weights of their own whose digits are averaged, for networks that learn from digits alone (default: 1)",
    },
  },
} as const satisfies Readonly<Record<string, Row>>;

/** A setting's name, as a configuration or its network has it. */
export type SettingName = keyof typeof SETTINGS;

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

export const isSetting = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name);

/** A setting's row, whichever it is. */
export const rowOf = (name: SettingName): Row => SETTINGS[name];

/** All settings, those that are named first; the others follow in the table's order. */
export const namesFrom = (...first: readonly SettingName[]): SettingName[] => [
  ...first,
  ...SETTING_NAMES.filter((name) => !first.includes(name)),
];

type Rows = typeof SETTINGS;

/** The names of settings whose rows have something in common. */
export type NamesOf<What> = { [Name in SettingName]: Rows[Name] extends What ? Name : never }[SettingName];

const namesOf = <What extends Partial<Row>>(what: What): readonly NamesOf<What>[] =>
  SETTING_NAMES.filter((name) =>
    Object.entries(what).every(([field, value]) => rowOf(name)[field as keyof Row] === value),
  ) as NamesOf<What>[];

export const CONFIG_SETTINGS = namesOf({ place: "config" } as const);
export const OPTIONAL_SETTINGS = namesOf({ place: "optional" } as const);
export const NETWORK_SETTINGS = namesOf({ place: "network" } as const);
/** They mean something else, or nothing, with another optimizer. */
export const OPTIMIZER_SETTINGS = namesOf({ of: "optimizer" } as const);

/** What each setting that is a number can be: for the command line, the page, tuning and whoever calls the library. */
export const SETTING_LIMITS = Object.fromEntries(
  namesOf({ kind: "number" } as const).map((name) => [name, SETTINGS[name].limits]),
) as { readonly [Name in NamesOf<{ kind: "number" }>]: Rows[Name]["limits"] };
