import { CommanderError } from "commander";
import { InvalidRequest } from "../../core/errors.js";
import { codeOf } from "../errors.js";
import { packageVersion } from "../version.js";
import { pairlabCommand } from "./commands.js";
import { Interrupted } from "./interrupted.js";
import { remark } from "./output.js";

const FAILED = 1;
const WRONG_REQUEST = 2;
const INTERRUPTED = 130;

/** A reader that has seen enough, such as `head`, is no failure; anything else wrong with an output is. */
function survive(stream: NodeJS.WriteStream): void {
  stream.on("error", (error) => {
    if (codeOf(error) !== "EPIPE") process.exitCode = FAILED;
  });
}

/** Runs a command line, the program's own name not included, and returns its exit code. */
export async function main(commandLine: readonly string[]): Promise<number> {
  survive(process.stdout);
  survive(process.stderr);
  try {
    await pairlabCommand(packageVersion()).parseAsync(commandLine, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_REQUEST;
    if (commandLine.includes("--debug") && error instanceof Error) remark(error.stack ?? error.message);
    else remark(`error: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof Interrupted) return INTERRUPTED;
    return error instanceof InvalidRequest ? WRONG_REQUEST : FAILED;
  }
}
