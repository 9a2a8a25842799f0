import { InvalidRequest } from "../../core/errors.js";
import { readFewFilesAtOnce } from "../few-files.js";
import { Interrupted } from "./terminal/interrupted.js";
import { INTERRUPTED, listenForInterrupts } from "./terminal/interrupts.js";
import { Lines } from "./terminal/lines.js";
import { flush, remark } from "./terminal/output.js";

const FAILED = 1;
const WRONG_REQUEST = 2;

/** Runs a command line, the program's own name not included, and returns its exit code. */
export async function main(commandLine: readonly string[]): Promise<number> {
  listenForInterrupts();
  readFewFilesAtOnce();
  const isDebugging = commandLine.includes("--debug");
  process.on("uncaughtException", (error) => {
    tell(error, isDebugging);
    process.exit(FAILED);
  });
  try {
    // Loaded late, because it takes time, and interrupts are listened to from the first line on.
    const { carryOut } = await import("./commands.js");
    const isUnderstood = await carryOut(commandLine);
    await flush();
    return isUnderstood ? 0 : WRONG_REQUEST;
  } catch (error) {
    tell(error, isDebugging);
    if (error instanceof Interrupted) return INTERRUPTED;
    return error instanceof InvalidRequest ? WRONG_REQUEST : FAILED;
  }
}

/** What went wrong, in one line. */
function tell(error: unknown, isDebugging: boolean): void {
  if (isDebugging && error instanceof Error) remark(new Lines((error.stack ?? error.message).split("\n")));
  else remark(`error: ${error instanceof Error ? error.message : String(error)}`);
}
