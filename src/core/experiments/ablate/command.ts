import { experimentCommand, PAIR_SETTINGS, presetOptions } from "../shared/command.js";
import { MOST_CANDIDATES } from "./limits.js";

export const ablateCommand = experimentCommand({
  description: "what each hint is worth: every combination of five hints, each tuned on validation pairs",
  settings: [...PAIR_SETTINGS, "epochs", "batchSize", "trainPairs"],
  options: {
    ...presetOptions("quick: 10 rounds, 8 candidates; full: 30 rounds, 16 candidates"),
    candidates: {
      takes: "<count>",
      help: "settings tried for each network (default: the preset's)",
      limits: { least: 1, most: MOST_CANDIDATES, whole: true },
    },
  },
  asked: ({ preset, rounds, seed, candidates, settings }) => ({ preset, rounds, seed, candidates, ...settings }),
  async load() {
    const [{ ablate }, { ablatePart }] = await Promise.all([import("./experiment.js"), import("./report.js")]);
    return [ablate, ablatePart];
  },
});
