import { stat } from "node:fs/promises";
import { namedLikeRuns } from "./references.js";
import { isSettled } from "./stamp.js";

/** The ids in a store that have the form of a run's, read again when the store's folder has changed. */
export class RunNames {
  #stamp: string | undefined;
  #ids: readonly string[] = [];

  constructor(readonly folder: string) {}

  /**
   * In their order; the same array where nothing has changed.
   *
   * @throws InvalidRequest if the store cannot be read
   */
  async read(): Promise<readonly string[]> {
    const folder = await stat(this.folder).catch(() => undefined);
    const stamp = folder && isSettled(folder.ctimeMs) ? `${folder.ctimeMs}/${folder.ino}/${folder.dev}` : undefined;
    if (stamp !== undefined && stamp === this.#stamp) return this.#ids;
    this.#ids = (await namedLikeRuns(this.folder)).map(({ id }) => id);
    this.#stamp = stamp;
    return this.#ids;
  }
}
