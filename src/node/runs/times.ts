import { statSync } from "node:fs";
import { join } from "node:path";
import { EPOCHS, RECORD } from "./layout.js";

/**
 * When each of several runs was trained or asked for last, in milliseconds since 1970; 0 for one that is gone meanwhile.
 * System calls are synchronous: thousands of files are looked at three times as fast.
 */
export const lastUsed = (store: string, ids: readonly string[]): Map<string, number> => timesOf(RECORD, store, ids);

/** When each was kept, as the time of its epochs has it, which no later use changes. */
export const savedAt = (store: string, ids: readonly string[]): Map<string, number> => timesOf(EPOCHS, store, ids);

const timesOf = (file: string, store: string, ids: readonly string[]): Map<string, number> =>
  new Map(ids.map((id) => [id, statSync(join(store, id, file), { throwIfNoEntry: false })?.mtimeMs ?? 0]));
