import { MOST_TUNINGS } from "../../limits.js";
import { experimentCommand, PAIR_SETTINGS, presetOptions } from "../shared/command.js";
import { MOST_CANDIDATES } from "./limits.js";

export const ablateCommand = experimentCommand({
  description: "what each hint is worth: every combination of five hints, each tuned on validation pairs",
  settings: [...PAIR_SETTINGS, "epochs", "batchSize", "trainPairs"],
  options: {
    ...presetOptions(
      "quick: 1 tuning, 10 rounds, 8 candidates; full: 10 tunings, 3 rounds of each, 4 candidates",
      "rounds of each tuning (default: the preset's)",
    ),
    tunings: {
      takes: "<count>",
      help: "times that all networks are tuned, each with rounds of its own (default: the preset's)",
      limits: { least: 1, most: MOST_TUNINGS, whole: true },
    },
    candidates: {
      takes: "<count>",
      help: "settings tried for each network in a tuning (default: the preset's)",
      limits: { least: 1, most: MOST_CANDIDATES, whole: true },
    },
  },
  asked: ({ preset, rounds, seed, tunings, candidates, settings }) => ({
    ...{ preset, rounds, seed, tunings, candidates },
    ...settings,
  }),
  async load() {
    const [{ ablate }, { ablatePart }] = await Promise.all([import("./experiment.js"), import("./report.js")]);
    return [ablate, ablatePart];
  },
});
