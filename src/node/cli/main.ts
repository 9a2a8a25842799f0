import { CommanderError } from "commander";
import { InvalidRequest } from "../../core/errors.js";
import { packageVersion } from "../version.js";
import { Interrupted } from "./interrupted.js";
import { INTERRUPTED, listenForInterrupts } from "./interrupts.js";
import { Lines } from "./lines.js";
import { flush, remark } from "./output.js";

const FAILED = 1;
const WRONG_REQUEST = 2;

/** Runs a command line, the program's own name not included, and returns its exit code. */
export async function main(commandLine: readonly string[]): Promise<number> {
  const isDebugging = commandLine.includes("--debug");
  listenForInterrupts();
  process.on("uncaughtException", (error) => {
    tell(error, isDebugging);
    process.exit(FAILED);
  });
  try {
    await carryOut(commandLine);
    await flush();
    return 0;
  } catch (error) {
    tell(error, isDebugging);
    if (error instanceof Interrupted) return INTERRUPTED;
    return error instanceof InvalidRequest || error instanceof CommanderError ? WRONG_REQUEST : FAILED;
  }
}

async function carryOut(commandLine: readonly string[]): Promise<void> {
  const { pairlabCommand } = await import("./commands.js");
  try {
    await pairlabCommand(packageVersion()).parseAsync(commandLine, { from: "user" });
  } catch (error) {
    // Help and the version come this way too.
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
  }
}

/** What went wrong, in one line. What commander refuses it has said itself. */
function tell(error: unknown, isDebugging: boolean): void {
  if (error instanceof CommanderError) return;
  if (isDebugging && error instanceof Error) remark(new Lines((error.stack ?? error.message).split("\n")));
  else remark(`error: ${error instanceof Error ? error.message : String(error)}`);
}
