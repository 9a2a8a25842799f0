import { Inspector, type Kernels, MemoryShortage, type RunRecord } from "../../core/index.js";

/** A trained network that can be looked into. */
export interface ShelvedRun {
  readonly record: RunRecord;
  readonly weights: Uint8Array;
}

/** A network takes about 1 MB of the kernels' memory, which is taken back from all of them at once. */
export const MOST_AT_ONCE = 64;

/** Networks in the memory of one kernel instance: those of all runs that were put here, made again as they are wanted. */
export class Shelf {
  readonly #runs = new Map<string, ShelvedRun>();
  readonly #inspectors = new Map<string, Inspector>();
  readonly #kernels: Kernels;
  /** Networks made since the memory was last taken back, dropped ones too. */
  #made = 0;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  put(run: ShelvedRun): void {
    this.#runs.set(run.record.id, run);
  }

  /** Forgets runs. */
  drop(ids: readonly string[]): void {
    for (const id of ids) {
      this.#runs.delete(id);
      this.#inspectors.delete(id);
    }
  }

  run(id: string): ShelvedRun {
    const run = this.#runs.get(id);
    if (!run) throw new Error(`run ${id} is not here`);
    return run;
  }

  inspector(id: string): Inspector {
    const there = this.#inspectors.get(id);
    if (there) return there;
    const run = this.run(id);
    if (this.#made >= MOST_AT_ONCE) this.#empty();
    const inspector = this.#inspector(run);
    this.#made++;
    this.#inspectors.set(id, inspector);
    return inspector;
  }

  /** Where the others have taken all memory, it is taken back from them first. */
  #inspector(run: ShelvedRun): Inspector {
    try {
      return new Inspector(run, this.#kernels);
    } catch (error) {
      if (!(error instanceof MemoryShortage) || this.#made === 0) throw error;
      this.#empty();
      return new Inspector(run, this.#kernels);
    }
  }

  #empty(): void {
    this.#inspectors.clear();
    this.#kernels.clear();
    this.#made = 0;
  }
}
