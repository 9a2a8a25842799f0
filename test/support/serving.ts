import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));

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
