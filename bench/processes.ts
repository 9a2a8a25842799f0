import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(
  new URL(
    import.meta.url.endsWith("/dist/bench/processes.js") ? "../../bin/pairlab.js" : "../bin/pairlab.js",
    import.meta.url,
  ),
);
/** Of a machine that is busy with other things. */
const PATIENCE_MS = 60_000;

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A `pairlab` that goes on beside what watches it. */
export class PairlabProcess {
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  stdout = "";
  stderr = "";

  private constructor(readonly child: ChildProcess) {
    running.add(child);
    child.stdout?.on("data", (chunk) => {
      this.stdout += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      this.stderr += chunk;
    });
    this.ended = new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => {
        running.delete(child);
        resolve({ code, signal });
      });
    });
  }

  /** @param environment  beside this process's own */
  static start(words: readonly string[], environment: NodeJS.ProcessEnv = {}): PairlabProcess {
    const env = { ...process.env, ...environment };
    return new PairlabProcess(spawn(process.execPath, [PROGRAM, ...words], { env, stdio: ["ignore", "pipe", "pipe"] }));
  }

  /** A worker that takes jobs from now on. */
  static async worker(environment: NodeJS.ProcessEnv, ...options: readonly string[]): Promise<PairlabProcess> {
    const worker = PairlabProcess.start(["worker", "--workers", "1", ...options], environment);
    await worker.says(/: waiting for runs of /);
    return worker;
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** The runs that a worker says it has trained, in their order. */
  get trained(): string[] {
    return [...this.stderr.matchAll(/^run ([0-9a-f]{16}) \(.+\): (?!failed)/gm)].map(([, id]) => id as string);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits for a text on standard error. @throws Error where it does not come */
  async says(text: RegExp): Promise<void> {
    await until(
      () => text.test(this.stderr),
      () => `no ${text} in ${JSON.stringify(this.stderr)}`,
    );
  }

  /** Ends it, and waits until it is gone. */
  async stop(): Promise<void> {
    this.kill("SIGKILL");
    await this.ended;
  }
}

/** Waits until something holds. @throws Error with `otherwise` where it does not come to that */
export async function until(
  holds: () => unknown | Promise<unknown>,
  otherwise: () => string = () => "it does not come to that",
  patience = PATIENCE_MS,
): Promise<void> {
  const last = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > last) throw new Error(otherwise());
    await setTimeout(20);
  }
}
