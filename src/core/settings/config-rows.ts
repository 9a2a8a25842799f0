import { asked, inBrief, type RelationName, relationNamed, relationPatterns } from "../data/relations.js";
import { OPTIMIZERS } from "../engine/optimizers/registry.js";
import { count, nounFor } from "../text/format.js";
import { ABLATED_DIGITS, counted, share } from "./limits.js";
import type { Row } from "./row.js";
import type { Schedule } from "./schedules.js";

const SCHEDULE_WORDS: Readonly<Record<Schedule, string>> = {
  step: "a tenth of it after each third of the steps",
  cosine: "falling to 0 along half a cosine",
  "one-cycle": "at the height of one cycle, which starts at 1/25 of it and ends at 1/250,000",
};

/** Settings that every configuration has, in its order. */
export const CONFIG_ROWS = {
  epochs: {
    kind: "number",
    limits: counted(100_000),
    place: "config",
    words: "epochs",
    method: { name: "Epochs", value: count, remark: "; errors are those after the last" },
    option: { takes: "<count>", help: "epochs (default: the architecture's own, 25)" },
    page: { paper: "25" },
    search: { scale: "log", over: { factors: [0.5, 1, 2] }, onRequest: true },
  },
  /** Pairs in a batch. */
  batchSize: {
    kind: "number",
    limits: counted(10_000),
    place: "config",
    words: "batch size",
    method: { name: "Batch size", value: (pairs) => `${count(pairs)} ${nounFor(pairs, "pair")}` },
    option: { takes: "<pairs>", help: "(default: the architecture's own, 50)" },
    page: { paper: "50" },
    search: { scale: "log", over: { factors: [0.5, 1, 2, 4] } },
  },
  /** The highest rate, if it changes. */
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
    // The paper's rates differ by network.
    page: { paper: "0.002 or 0.003" },
    // A factor of five on each side of 0.003, which is the ablated networks' own.
    search: { scale: "log", over: { factor: 10 }, ablated: { low: 0.0006, high: 0.015, digits: ABLATED_DIGITS } },
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
    method: {
      name: "Dropout",
      value: String,
      remark: ([{ classWord }]) =>
        ` where an architecture has it${classWord === "digit" ? "; the paper prints no rate" : ""}`,
    },
    option: {
      takes: "<rate>",
      help: "dropout rate, where there is dropout (default: the architecture's own, 0.5)",
    },
    // This project's choice.
    page: { paper: "not printed; 0.5 here" },
    search: { scale: "linear", over: { low: 0, high: 0.7 }, ablated: { low: 0.1, high: 0.7 } },
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
      remark: (configs) => {
        if (configs.some(({ relation }) => relation.startsWith("listed-")))
          return ", drawn from those of the list: none occurs twice in a set";
        if (configs.some(({ reuse }) => reuse)) return "";
        const images = `the training images${configs.some(({ evaluateOn }) => evaluateOn === "test") ? " and the test images" : ""}`;
        return `, drawn without replacement from ${images}: no image occurs twice in a set`;
      },
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
    kind: "relation",
    place: "config",
    usual: "less-or-equal",
    words: "relation",
    short: (name) => `relation ${inBrief(name)}`,
    change: false,
    method: {
      name: "Question",
      value: (name) => asked(relationNamed(name as RelationName)),
      unlessUsual: true,
    },
    option: {
      takes: "<name|file>",
      help: `what is asked about a pair: ${relationPatterns().slice(0, -1).join(", ")}, or a file with a table of 0 and 1, a row for each first class (default: less-or-equal)`,
    },
    page: { paper: "less-or-equal" },
  },
  /** Evaluate after each epoch, or only at the end. */
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
      help: "losses and accuracies after each epoch, or only at the end (default: the architecture's own, each epoch)",
      of: "evaluated",
    },
  },
  /**
   * Where the pairs that measure the trained network come from: MNIST's test images, or training images that the round
   * does not train on, to choose settings by. `testPairs`, `testError` and the like refer to those pairs.
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
      help: "validation: pairs of training images that the round does not train on, to choose settings by (default: test)",
      of: "measured",
    },
  },
} as const satisfies Readonly<Record<string, Row>>;
