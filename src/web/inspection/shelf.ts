import { Inspector, type Kernels, MemoryShortage, type RunRecord } from "../../core/index.js";

/** A trained network that can be looked into. */
export interface ShelvedRun {
  readonly record: RunRecord;
  readonly weights: Uint8Array;
}

/** A network takes about 1 MB of the kernels' memory, which can only be taken back from all networks at once. */
export const MOST_AT_ONCE = 64;

/** Holds runs and makes their networks in the memory of one kernel instance when they are needed. */
export class Shelf {
  readonly #runs = new Map<string, ShelvedRun>();
  readonly #inspectors = new Map<string, Inspector>();
  readonly #kernels: Kernels;
  /** The number of networks made since the memory was last taken back, including dropped ones. */
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

  /** If other networks have taken all memory, it is first taken back from them. */
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
