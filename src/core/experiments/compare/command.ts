import { InvalidRequest } from "../../errors.js";
import { MOST_TUNINGS } from "../../limits.js";
import { experimentCommand, ROUNDS_OPTION } from "../shared/command.js";
import { MOST_TRIALS, OPTIMIZER_TRIALS } from "../tune/limits.js";
import { parseOptimizers } from "./parse-optimizers.js";
import { plannedOptions } from "./planned-options.js";
import { readPlan } from "./sealed-plan.js";

/** With --until. */
const ROUNDS_AT_MOST = 100;

export const compareCommand = experimentCommand({
  description: "architectures over the same rounds: what differs, and whether it is shown",
  argument: {
    name: "[architectures...]",
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
    tunings: {
      takes: "<count>",
      help: "times that each of --optimizers is tuned, each with rounds of its own (default: 1)",
      limits: { least: 1, most: MOST_TUNINGS, whole: true },
    },
    baseline: { help: "compare the others only with the first: fewer tests than for every pair" },
    rounds: {
      takes: "<count>",
      help: `${ROUNDS_OPTION.help} (default: ${ROUNDS_OPTION.usual})`,
      limits: ROUNDS_OPTION.limits,
    },
    until: {
      takes: "<shown>",
      help: "shown: add rounds until each difference is shown, or shown to be below --margin",
      names: ["shown"],
    },
    margin: {
      takes: "<points>",
      help: "with --until: differences of error below so many percentage points do not matter",
      limits: { least: 0.001, most: 100 },
    },
    roundsAtMost: {
      takes: "<count>",
      help: `with --until: rounds after which it stops in any case (default: ${ROUNDS_AT_MOST})`,
      limits: ROUNDS_OPTION.limits,
    },
    plan: {
      takes: "<file>",
      help: "what a plan says, sealed by pairlab plan: it has the networks, settings and seeds",
      file: readPlan,
    },
  },
  asked({ plan, named, variantOf, seed, settings, ...given }) {
    if (plan) return plannedOptions(plan);
    if (named.length === 0)
      throw new InvalidRequest("missing required argument 'architectures': name two or more, or a plan with --plan");
    const { optimizers, trials, tunings, baseline, rounds, until, margin, roundsAtMost } = given;
    if (until === undefined && (margin !== undefined || roundsAtMost !== undefined))
      throw new InvalidRequest(
        `--${margin === undefined ? "rounds-at-most" : "margin"} says when --until shown stops: without --until the number of rounds is fixed`,
      );
    if (until !== undefined && rounds !== undefined)
      throw new InvalidRequest(
        "--rounds is a fixed number and --until shown decides it by what the rounds show: use --rounds-at-most",
      );
    return {
      ...{ architectures: named.map(variantOf), seed, settings, baseline, trials, tunings },
      rounds: until === undefined ? (rounds ?? ROUNDS_OPTION.usual) : (roundsAtMost ?? ROUNDS_AT_MOST),
      until: until === undefined ? undefined : { margin: margin === undefined ? undefined : margin / 100 },
      optimizers: optimizers === undefined ? undefined : parseOptimizers(optimizers),
    };
  },
  async load() {
    const [{ compare }, { comparePart }] = await Promise.all([import("./experiment.js"), import("./report.js")]);
    return [compare, comparePart];
  },
});
