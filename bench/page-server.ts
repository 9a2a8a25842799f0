import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const PAIRLAB = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));

export interface PageServer {
  readonly url: string;
  stop(): void;
}

/** `pairlab serve` on any free port. */
export async function startServer(runs: string): Promise<PageServer> {
  const child = spawn(process.execPath, [PAIRLAB, "serve", "--port", "0", "--runs", runs], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = line.match(/http:\S+/)?.[0];
    if (url) return { url, stop: () => child.kill() };
  }
  throw new Error("pairlab serve ended without an address");
}

/** Runs a command to its end. */
export async function run(...command: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [PAIRLAB, ...command]);
}
