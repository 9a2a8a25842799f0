import { ablateCommand } from "./ablate/command.js";
import { compareCommand } from "./compare/command.js";
import type { ExperimentName } from "./list.js";
import { reproduceCommand } from "./reproduce/command.js";
import type { ExperimentCommand } from "./shared/command.js";
import { tuneCommand } from "./tune/command.js";
import { varianceCommand } from "./variance/command.js";
import { worthCommand } from "./worth/command.js";

/** Every experiment's command, by the experiment's name. In the order of the help, and of a report's parts. */
export const COMMANDS: Readonly<Record<ExperimentName, ExperimentCommand>> = {
  reproduce: reproduceCommand,
  compare: compareCommand,
  ablate: ablateCommand,
  worth: worthCommand,
  tune: tuneCommand,
  variance: varianceCommand,
};
