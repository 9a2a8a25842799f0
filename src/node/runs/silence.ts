/** For how long files have not been refreshed, for a process that looks at them repeatedly. */
export class Silence {
  /** When each file was refreshed last: by its own time, and by `performance.now()`. */
  readonly #seen = new Map<string, { readonly refreshed: number; readonly since: number }>();

  /** @param now  the clock that a file seen for the first time is judged by, in milliseconds since 1970 */
  constructor(readonly now: () => Promise<number>) {}

  /**
   * Milliseconds since a file was refreshed, at least 0.
   *
   * @param refreshed  the file's time, in milliseconds since 1970
   */
  async of(path: string, refreshed: number): Promise<number> {
    let seen = this.#seen.get(path);
    if (seen?.refreshed !== refreshed) {
      // A file that changes while it is watched was refreshed just now.
      const age = seen ? 0 : Math.max(0, (await this.now().catch(() => refreshed)) - refreshed);
      seen = { refreshed, since: performance.now() - age };
      this.#seen.set(path, seen);
    }
    return performance.now() - seen.since;
  }

  forget(path: string): void {
    this.#seen.delete(path);
  }
}
