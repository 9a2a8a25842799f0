import { experimentCommand } from "../shared/command.js";
import { MOST_TRIALS, MOST_TUNING_ROUNDS } from "./limits.js";

export const tuneCommand = experimentCommand({
  description: "an architecture's learning rate, dropout and the like, searched on validation pairs",
  argument: { name: "<architecture>", help: "see pairlab architectures" },
  settings: "all",
  options: {
    over: {
      takes: "<settings>",
      help: "what to search, such as learning-rate=1e-4..1e-1,dropout,batch-size=25/50 (default: the settings that the architecture has, around its own values)",
    },
    trials: {
      takes: "<count>",
      help: "settings tried",
      limits: { least: 2, most: MOST_TRIALS, whole: true },
      usual: 60,
    },
    rounds: {
      takes: "<count>",
      help: "rounds of the best trials, and fresh rounds to check the chosen settings",
      limits: { least: 1, most: MOST_TUNING_ROUNDS, whole: true },
      usual: 10,
    },
  },
  asked: ({ over, trials, rounds, seed, settings, named: [architecture] }) => ({
    ...{ architecture: architecture as string, over, trials, rounds, seed, settings },
  }),
  async load() {
    const [{ tune }, { tunePart }] = await Promise.all([import("./experiment.js"), import("./report.js")]);
    return [tune, tunePart];
  },
});
