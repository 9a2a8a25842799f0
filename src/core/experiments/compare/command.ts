import { experimentCommand, ROUNDS_OPTION } from "../shared/command.js";
import { MOST_TRIALS, OPTIMIZER_TRIALS } from "../tune/limits.js";
import { parseOptimizers } from "./parse-optimizers.js";

export const compareCommand = experimentCommand({
  description: "architectures over the same rounds: what differs, and whether it is shown",
  argument: {
    name: "<architectures...>",
    help: "two or more, or one with --optimizers; see pairlab architectures. With settings changed: best:augmentation=none,batch-size=25",
  },
  settings: "measured",
  options: {
    optimizers: {
      takes: "<names>",
      help: "compare optimizers of one architecture: names separated by commas, or all; the settings of each are searched on validation pairs",
    },
    trials: {
      takes: "<count>",
      help: `settings tried for each of --optimizers (default: ${OPTIMIZER_TRIALS})`,
      limits: { least: 2, most: MOST_TRIALS, whole: true },
    },
    baseline: { help: "compare the others only with the first: fewer tests than for every pair" },
    rounds: ROUNDS_OPTION,
  },
  asked: ({ named, variantOf, optimizers, trials, baseline, rounds, seed, settings }) => ({
    ...{ architectures: named.map(variantOf), rounds, seed, settings, baseline, trials },
    optimizers: optimizers === undefined ? undefined : parseOptimizers(optimizers),
  }),
  async load() {
    const [{ compare }, { comparePart }] = await Promise.all([import("./experiment.js"), import("./report.js")]);
    return [compare, comparePart];
  },
});
