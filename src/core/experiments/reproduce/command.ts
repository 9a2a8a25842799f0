import { experimentCommand, ROUNDS_OPTION } from "../shared/command.js";

export const reproduceCommand = experimentCommand({
  description: "the paper: both tables, the four figures, and what differs",
  settings: "evaluated",
  options: { rounds: ROUNDS_OPTION },
  asked: ({ rounds, seed, settings }) => ({ rounds, seed, settings }),
  async load() {
    const [{ reproduce }, { reproducePart }] = await Promise.all([import("./experiment.js"), import("./report.js")]);
    return [reproduce, reproducePart];
  },
});
