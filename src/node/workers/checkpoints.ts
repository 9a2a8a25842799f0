/** Writes a run's checkpoints one after the other; if the disk is slower than training, only the newest. */
export class CheckpointWriter {
  #next: Uint8Array | undefined;
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** @param onFailure  called when one cannot be written */
  constructor(
    readonly write: (checkpoint: Uint8Array) => Promise<void>,
    readonly onFailure: () => void,
  ) {}

  add(checkpoint: Uint8Array): void {
    this.#next = checkpoint;
    this.#writing ??= this.#writeAll();
  }

  /** Waits for the one that is being written. @throws the error of writing */
  async end(): Promise<void> {
    this.#next = undefined;
    await this.#writing;
    if (this.#failure) throw this.#failure.error;
  }

  async #writeAll(): Promise<void> {
    try {
      for (let next = this.#next; next; next = this.#next) {
        this.#next = undefined;
        await this.write(next);
      }
    } catch (error) {
      this.#failure = { error };
      this.onFailure();
    } finally {
      this.#writing = undefined;
    }
  }
}
