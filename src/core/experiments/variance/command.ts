import { SETTING_LIMITS, SETTINGS } from "../../settings/table.js";
import { FEWEST_LEVELS, MOST_LEVELS } from "../../statistics/crossed-design.js";
import { parseStreams, STREAM_NAMES } from "../../training/stream-seeds.js";
import { experimentCommand } from "../shared/command.js";
import { CANDIDATE_LIMITS, CANDIDATES, LEVELS } from "./design.js";

export const varianceCommand = experimentCommand({
  description:
    "what the variance of an architecture's test error comes from: data, starting weights, batch order, tuning, test images and pairs",
  argument: { name: "<architecture>", help: "see pairlab architectures" },
  settings: "evaluated",
  options: {
    factors: {
      takes: "<streams>",
      help: `sources of chance that are crossed: ${STREAM_NAMES.join(", ")} (default: all that training draws from and --fix does not hold)`,
      read: parseStreams,
    },
    levels: {
      takes: "<count>",
      help: `seeds of each source, for so many squared runs (default: ${LEVELS.few}, and ${LEVELS.many} for five sources)`,
      limits: { least: FEWEST_LEVELS, most: MOST_LEVELS, whole: true },
    },
    tunings: {
      takes: "<count>",
      help: "tune the network so often on validation pairs, and cross what each tuning chooses with the other sources; each tuning is a level",
      limits: { least: FEWEST_LEVELS, most: MOST_LEVELS, whole: true },
    },
    candidates: {
      takes: "<count>",
      help: `with --tunings: settings that each tries (default: ${CANDIDATES})`,
      limits: CANDIDATE_LIMITS,
    },
    testPairs: {
      takes: "<count>",
      help: `test pairs of each run (default: ${SETTINGS.testPairs.usual})`,
      limits: SETTING_LIMITS.testPairs,
    },
  },
  pairNames: { trainPairs: "--pairs", testPairs: "--test-pairs" },
  asked: ({ factors, levels, tunings, candidates, testPairs, seed, settings, named: [architecture] }) => ({
    ...{ architecture: architecture as string, factors, levels, tunings, candidates, seed },
    settings: { ...settings, ...(testPairs !== undefined && { testPairs }) },
  }),
  async load() {
    const [{ variance }, { variancePart }] = await Promise.all([import("./experiment.js"), import("./report.js")]);
    return [variance, variancePart];
  },
});
