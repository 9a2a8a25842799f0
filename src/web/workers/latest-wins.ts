/** Works on one thing at a time; of all that is asked for meanwhile, only the last is done next. */
export class LatestWins {
  #next: (() => Promise<void>) | undefined;
  #busy = false;

  /** @param work  must not throw; undefined where nothing is wanted any more */
  ask(work: (() => Promise<void>) | undefined): void {
    this.#next = work;
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let work = this.#next; work; work = this.#next) {
      this.#next = undefined;
      await work();
    }
    this.#busy = false;
  }
}
