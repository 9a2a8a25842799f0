import { Inspector, type KernelModule, Kernels, type RunRecord } from "../../core/index.js";

/** A trained network that can be looked into. */
export interface ShelvedRun {
  readonly record: RunRecord;
  readonly weights: Uint8Array;
}

/** A network takes about 1 MB of the kernels' memory, which is taken back from all of them at once. */
const MOST = 64;

/** Networks in the memory of one kernel instance: those of all runs that were put here, made again as they are wanted. */
export class Shelf {
  readonly #runs = new Map<string, ShelvedRun>();
  readonly #inspectors = new Map<string, Inspector>();
  readonly #kernels: Kernels;

  constructor(module: KernelModule) {
    this.#kernels = new Kernels(module);
  }

  put(run: ShelvedRun): void {
    this.#runs.set(run.record.id, run);
  }

  /** Forgets runs. */
  drop(ids: readonly string[]): void {
    for (const id of ids) this.#runs.delete(id);
    // Their networks' place comes back with everybody's.
  }

  run(id: string): ShelvedRun {
    const run = this.#runs.get(id);
    if (!run) throw new Error(`run ${id} is not here`);
    return run;
  }

  inspector(id: string): Inspector {
    const there = this.#inspectors.get(id);
    if (there) return there;
    if (this.#inspectors.size >= MOST) {
      this.#inspectors.clear();
      this.#kernels.clear();
    }
    const inspector = new Inspector(this.run(id), this.#kernels);
    this.#inspectors.set(id, inspector);
    return inspector;
  }
}
