import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { InvalidRequest } from "../../core/errors.js";
import { didYouMean } from "../../core/text/nearest.js";

/** Gives a command and its subcommands a `help` that refuses unknown names; commander's own prints the whole help for them. */
export function addHelp(command: CommandUnknownOpts): void {
  const { commands } = command;
  if (commands.length === 0) return;
  for (const each of commands) addHelp(each);
  command.helpCommand(false).addCommand(
    new Command("help")
      .description("display help for command")
      .argument("[command...]")
      .action((names) => {
        names.reduce(findCommand, command).help();
      }),
  );
}

/** @throws InvalidRequest with the nearest name if there is no such command */
function findCommand(command: CommandUnknownOpts, name: string): CommandUnknownOpts {
  const found = command.commands.find((each) => each.name() === name);
  if (found) return found;
  throw unknownCommand(
    name,
    command.commands.map((each) => each.name()),
  );
}

/** The refusal of a name that is not a command's. */
export function unknownCommand(name: string, commands: readonly string[]): InvalidRequest {
  if (commands.length === 0)
    return new InvalidRequest(`"${name}" is one too many: the command before it has no subcommands`);
  return new InvalidRequest(
    `unknown command "${name}"${didYouMean(name, commands) || "."} There are ${commands.join(", ")}`,
  );
}
