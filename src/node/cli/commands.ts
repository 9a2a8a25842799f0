import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { architecturesCommand } from "./architectures.js";
import { dataCommand } from "./data.js";
import { exportCommand } from "./export.js";
import { pairsCommand } from "./pairs.js";
import { reproduceCommand } from "./reproduce.js";
import { trainCommand } from "./train.js";

/** Lets `main` choose the exit code of what commander refuses. */
function throwInsteadOfExit(command: CommandUnknownOpts): void {
  command.exitOverride();
  command.configureOutput({ outputError: (text, write) => write(`${text.trim().replaceAll(/\s*\n\s*/g, " ")}\n`) });
  for (const child of command.commands) throwInsteadOfExit(child);
}

/** The whole command line. */
export function pairlabCommand(version: string): Command {
  const program = new Command("pairlab")
    .description("Train small networks on pairs of images, and measure what each hint about the problem is worth.")
    .version(version)
    .option("--no-color", "plain text without colours (NO_COLOR does the same)")
    .option("--debug", "print a stack trace when something fails");
  for (const command of [
    reproduceCommand(),
    trainCommand(),
    exportCommand(),
    pairsCommand(),
    dataCommand(),
    architecturesCommand(),
  ])
    program.addCommand(command);
  throwInsteadOfExit(program);
  return program;
}
