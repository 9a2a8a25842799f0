import { spawnSync } from "node:child_process";
import { InvalidRequest } from "pairlab";
import type { Program } from "./child.js";
import type { Contestant } from "./contestant.js";
import { here, peer } from "./peer.js";

/**
 * Has the C library keep what PyTorch frees after each batch. Without it every batch's memory is faulted in again, which
 * makes epochs 2–4 times slower on a virtual machine: a matter of the system, not of PyTorch.
 */
const KEEP_MEMORY = { MALLOC_MMAP_THRESHOLD_: "1000000000", MALLOC_TRIM_THRESHOLD_: "2000000000" };
/** OpenBLAS starts threads apart from PyTorch's own. */
const BEST = { ...KEEP_MEMORY, OPENBLAS_NUM_THREADS: "1" };

/** The system's own Python first: Debian's PyTorch belongs to it. */
const PYTHONS = ["/usr/bin/python3", "python3"];

/**
 * A Python that has PyTorch: the command that PAIRLAB_PYTHON names, or else one of the usual; undefined where none does.
 *
 * @throws InvalidRequest where PAIRLAB_PYTHON names one without PyTorch
 */
export function findPyTorch(): { readonly python: string; readonly version: string } | undefined {
  const { PAIRLAB_PYTHON: asked } = process.env;
  for (const python of asked ? [asked] : PYTHONS) {
    const { status, stdout, stderr } = spawnSync(python, ["-c", "import torch; print(torch.__version__)"], {
      encoding: "utf8",
    });
    if (status === 0) return { python, version: stdout.trim() };
    const why = stderr?.trim().split("\n").at(-1) || "there is no such command";
    if (asked) throw new InvalidRequest(`PAIRLAB_PYTHON, ${asked}, has no PyTorch: ${why}`);
  }
  return undefined;
}

export function pytorchContestants(python: string): Contestant[] {
  const form = (name: string, settings: string, written: "usual" | "best", env: Program["env"]) =>
    peer(`PyTorch ${name}`, settings, ({ folder, architecture, clock = "wall" }) => ({
      command: python,
      args: [here("pytorch/race.py"), folder, architecture.name, written, clock],
      env,
    }));
  const best = "memory kept, channels_last, foreach Adam, gradients set to None, OPENBLAS_NUM_THREADS=1";
  return [
    form("usual", "the plain script, set_num_threads(1)", "usual", {}),
    form("usual, memory kept", "the same, the C library told to keep what is freed", "usual", KEEP_MEMORY),
    form("best", best, "best", BEST),
  ];
}

/** PyTorch at its best, ready to train a share of the whole paper on the pairs in a folder. */
export const paperProgram = (python: string, folder: string): Program => ({
  command: python,
  args: [here("pytorch/paper.py"), folder],
  env: BEST,
});
