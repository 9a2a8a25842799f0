import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, type LaunchOptions, launch } from "puppeteer-core";

// This file is in one folder, and what it is compiled to in another that is further down.
const PROGRAM = ["../bin/pairlab.js", "../../bin/pairlab.js"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path)) as string;

/** `pairlab serve`, answering. */
export interface Serving {
  readonly pid: number;
  /** Ends in a slash. */
  readonly url: string;
  readonly stdout: string;
  /** Standard error so far. */
  stderr(): string;
  /** Interrupts it, and waits for its end. */
  stop(signal?: "SIGINT" | "SIGTERM"): Promise<{ code: number | null; stderr: string }>;
  kill(): void;
}

/** Starts the page's server on a free port, and waits until it says where it is. */
export const startServing = (...options: readonly string[]): Promise<Serving> =>
  answering(spawn(process.execPath, [PROGRAM, "serve", "--port", "0", ...options]));

/** The same of a process that may have so many files open. */
export const startServingWith = (files: number, ...options: readonly string[]): Promise<Serving> => {
  const command = [process.execPath, PROGRAM, "serve", "--port", "0", ...options];
  return answering(spawn("bash", ["-c", `ulimit -n ${files} && exec "$@"`, "bash", ...command]));
};

async function answering(child: ChildProcessWithoutNullStreams): Promise<Serving> {
  const closed = once(child, "close");
  let stdout = "";
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      const found = /http:\/\/[^\s"]+/.exec(stdout);
      if (found && stdout.endsWith("\n")) resolve(found[0]);
    });
    closed.then(() => reject(new Error(`pairlab serve ended: ${stderr}`)));
  });
  return {
    pid: child.pid as number,
    url,
    stdout,
    stderr: () => stderr,
    stop: async (signal = "SIGINT") => {
      child.kill(signal);
      const [code] = await closed;
      return { code, stderr };
    },
    kill: () => child.kill("SIGKILL"),
  };
}

/** Runs a command of pairlab to its end. */
export async function run(...command: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [PROGRAM, ...command]);
}

/** Chromium's own sandbox refuses root, and its services would call home. */
const CHROMIUM_ALONE = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Starts a headless Chromium with a fresh profile: the one of $CHROMIUM, or of Debian. */
export const launchChromium = ({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> =>
  launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...CHROMIUM_ALONE, ...args],
    ...options,
  });
