import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** PyTorch in a separate process, which runs a batch through a convolution when asked. */
export interface PyTorch {
  /** The convolution as usually written, and in the memory format that suits it best. */
  contestants(shape: { channels: number; side: number }): { name: string; batch(): Promise<number> }[];
  stop(): void;
}

// The system's own Python first: Debian's PyTorch belongs to it.
const PYTHONS = ["/usr/bin/python3", "python3"];
const SCRIPT = fileURLToPath(new URL("../../bench/convolutions_pytorch.py", import.meta.url));

const ONE_THREAD = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
/** Makes the C library keep the memory that PyTorch frees after each batch. Otherwise every batch faults it in again. */
const KEEP_MEMORY = { MALLOC_MMAP_THRESHOLD_: "1000000000", MALLOC_TRIM_THRESHOLD_: "2000000000" };

/** Starts PyTorch; undefined where no Python has it. */
export async function startPyTorch(): Promise<PyTorch | undefined> {
  const python = PYTHONS.find((candidate) => spawnSync(candidate, ["-c", "import torch"]).status === 0);
  if (!python) return undefined;
  const env = { ...process.env, ...ONE_THREAD, ...KEEP_MEMORY, PYTHONDONTWRITEBYTECODE: "1" };
  const child = spawn(python, [SCRIPT], { env, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("PyTorch ended early");
    return value;
  };
  const version = await line();
  return {
    contestants: ({ channels, side }) =>
      (["as written", "channels_last"] as const).map((layout) => ({
        name: `PyTorch ${version}, ${layout}`,
        async batch() {
          child.stdin.write(`${channels} ${side} ${layout.replace(" ", "_")}\n`);
          return Number(await line());
        },
      })),
    stop() {
      child.stdin.end();
    },
  };
}
