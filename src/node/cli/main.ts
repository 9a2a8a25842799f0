import { readFileSync } from "node:fs";
import { CommanderError } from "commander";
import { InvalidRequest } from "../../core/index.js";
import { pairlabCommand } from "./commands.js";
import { remark } from "./output.js";
import { Interrupted } from "./session.js";

const FAILED = 1;
const WRONG_REQUEST = 2;
const INTERRUPTED = 130;

/** Runs a command line, the program's own name not included, and returns its exit code. */
export async function main(commandLine: readonly string[]): Promise<number> {
  const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  try {
    await pairlabCommand(version).parseAsync(commandLine, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_REQUEST;
    if (commandLine.includes("--debug") && error instanceof Error) remark(error.stack ?? error.message);
    else remark(`error: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof Interrupted) return INTERRUPTED;
    return error instanceof InvalidRequest ? WRONG_REQUEST : FAILED;
  }
}
