import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built program as a user would, piped; with `interruptAt`, interrupts it once standard error has that text.
 *
 * @param flags  of Node.js
 * @param cwd  the folder in which it runs; default: this one
 */
export function pairlab(
  commandLine: readonly string[],
  interruptAt?: string,
  flags: readonly string[] = [],
  cwd?: string,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...flags, PROGRAM, ...commandLine], { cwd });
    let stdout = "";
    let stderr = "";
    let interrupted = false;
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
      if (interruptAt === undefined || interrupted || !stderr.includes(interruptAt)) return;
      interrupted = child.kill("SIGINT");
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/**
 * Runs the built program until `isTime` says so, then kills it as a power failure would.
 *
 * @returns what it had said on standard error, and whether it was killed: it may have ended before
 */
export function killedWhen(
  commandLine: readonly string[],
  isTime: (stderr: string) => boolean | Promise<boolean>,
): Promise<{ readonly killed: boolean; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...commandLine], { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const timer = setInterval(async () => (await isTime(stderr)) && child.kill("SIGKILL"), 5);
    child.on("error", reject);
    child.on("close", (_, signal) => {
      clearInterval(timer);
      resolve({ killed: signal === "SIGKILL", stderr });
    });
  });
}

/** "mlp, seed 3" of the runs that a process has trained itself, by what it said on standard error. */
export const trainedRuns = (stderr: string): string[] =>
  [...stderr.matchAll(/^\d+\/\d+ (.+?): test error \S+ \((.+)\)$/gm)].flatMap(([, run = "", how]) =>
    how === "kept from before" ? [] : [run],
  );

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** A new empty folder. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), "pairlab-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
