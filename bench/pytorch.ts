import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** PyTorch in a process of its own, waiting to train an epoch when asked. */
export interface PyTorch {
  readonly version: string;
  /** Trains one epoch and gives its milliseconds. */
  epoch(): Promise<number>;
  stop(): void;
}

// The system's own Python first: Debian's PyTorch belongs to it.
const PYTHONS = ["/usr/bin/python3", "python3"];
const SCRIPT = fileURLToPath(new URL("../../bench/pytorch_epoch.py", import.meta.url));

const ONE_THREAD = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
/**
 * Has the C library keep what PyTorch frees after each batch. Without it every batch's memory is faulted in again, which
 * made epochs 2–4 times slower on a virtual machine: a matter of the system, not of PyTorch.
 */
const KEEP_MEMORY = { MALLOC_MMAP_THRESHOLD_: "1000000000", MALLOC_TRIM_THRESHOLD_: "2000000000" };

/** Starts PyTorch on one architecture; undefined where no Python has it. */
export async function startPyTorch(architecture: string): Promise<PyTorch | undefined> {
  const python = PYTHONS.find((candidate) => spawnSync(candidate, ["-c", "import torch"]).status === 0);
  if (!python) return undefined;
  const env = { ...process.env, ...ONE_THREAD, ...KEEP_MEMORY, PYTHONDONTWRITEBYTECODE: "1" };
  const child = spawn(python, [SCRIPT, architecture], { env, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("PyTorch ended early");
    return value;
  };
  return {
    version: await line(),
    async epoch() {
      child.stdin.write("\n");
      return Number(await line());
    },
    stop() {
      child.stdin.end();
    },
  };
}
