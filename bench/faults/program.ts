import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";

/** The outcome of a program. */
export interface Outcome {
  readonly pid: number;
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** No command of these takes longer. */
const LONGEST_MS = 300_000;

/** Runs a program. `meanwhile` may send it signals. A program that hangs is killed and then has no exit code. */
export async function run(
  command: readonly string[],
  meanwhile: (child: ChildProcess) => Promise<void> = async () => {},
): Promise<Outcome> {
  const [file = "", ...args] = command;
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const hanging = globalThis.setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ pid: child.pid as number, code, signal, stdout, stderr }));
  });
  try {
    const [outcome] = await Promise.all([ended, meanwhile(child)]);
    return outcome;
  } finally {
    clearTimeout(hanging);
    running.delete(child);
  }
}

/** Resolves after some time, or as soon as the child has ended. */
export async function pause(child: ChildProcess, ms: number): Promise<void> {
  const ended = new AbortController();
  child.once("exit", () => ended.abort());
  await setTimeout(ms, undefined, { signal: ended.signal }).catch(() => {});
}

/** The line that a program wrote to standard error, if it is a single one. */
export const oneLine = ({ stderr }: Outcome): boolean => /^error: [^\n]+\n$/.test(stderr);
