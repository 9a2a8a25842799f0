import { setImmediate } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { isExhausted } from "../errors.js";
import type { KnownConfigs } from "./decode.js";
import type { RunDocument } from "./encode.js";
import { type DamagedRun, type Found, inspectRun } from "./inspect.js";
import { isSettled, stampOf } from "./stamp.js";

/** What a catalogue knows about a run's name. */
export interface Entry {
  readonly found: Found;
  /** Of the files as they were before they were read; undefined if they must be read again. */
  readonly stamp: string | undefined;
  /** When a finished run was trained or asked for last, in milliseconds since 1970. */
  readonly used: number;
}

/** All runs of a store. */
export interface StoredRuns {
  /** Of the finished ones by id, without their epochs. */
  readonly records: readonly RunDocument[];
  readonly damaged: readonly (DamagedRun & { readonly id: string })[];
  /** How many runs have begun and can be continued, or are being trained again. */
  readonly unfinished: number;
}

/** How many runs are looked at before timers, signals and other requests get their turn. */
const AT_ONCE = 256;
/** How many configurations are kept for later runs. */
const MOST_CONFIGS = 1000;
/**
 * What is known about a store's runs. A finished run is read and checked once, and again when one of its files changes its size, time
 * of change or place on the disk.
 */
export class Catalogue {
  readonly #configs: KnownConfigs = new Map();
  #entries: Map<string, Entry>;
  #version = 0;

  /** @param entries  known from before */
  constructor(
    readonly folder: string,
    entries: ReadonlyMap<string, Entry> = new Map(),
  ) {
    this.#entries = new Map(entries);
  }

  /** A new value when something has changed. */
  get version(): number {
    return this.#version;
  }

  get entries(): ReadonlyMap<string, Entry> {
    return this.#entries;
  }

  /** Forgets what is not there any more. */
  keepOnly(ids: readonly string[]): void {
    const there = new Set(ids);
    const gone = [...this.#entries.keys()].filter((id) => !there.has(id));
    for (const id of gone) this.#entries.delete(id);
    if (gone.length > 0) this.#version++;
  }

  /**
   * Looks at runs, those that are new and those that may have changed.
   *
   * @throws if this process has too many files open
   */
  async look(ids: Iterable<string>): Promise<void> {
    let looked = 0;
    for (const id of ids) {
      this.#lookAt(id);
      looked++;
      if (looked % AT_ONCE === 0) await setImmediate();
    }
    if (this.#configs.size > MOST_CONFIGS) this.#configs.clear();
  }

  #lookAt(id: string): void {
    const folder = `${this.folder}/${id}`;
    const stamp = stampOf(folder);
    const before = this.#entries.get(id);
    if (stamp && before?.stamp === stamp.text) return;
    const found = this.#inspect(folder, id);
    const isSure = stamp !== undefined && isSettled(stamp.changed);
    const entry: Entry = { found, stamp: isSure ? stamp.text : undefined, used: stamp?.used ?? 0 };
    this.#entries.set(id, entry);
    if (!before || before.used !== entry.used || !isDeepStrictEqual(before.found, found)) this.#version++;
  }

  #inspect(folder: string, id: string): Found {
    try {
      return inspectRun(folder, id, this.#configs);
    } catch (error) {
      if (isExhausted(error)) throw error;
      return { damage: (error as Error).message };
    }
  }

  /** Runs that are not known to be finished: they are about to change. */
  open(): string[] {
    return [...this.#entries].flatMap(([id, { found }]) => (isFinished(found) ? [] : [id]));
  }

  /** @param held  runs that are being trained: they may lack a file for a moment */
  contents(held: ReadonlySet<string>): StoredRuns & { readonly used: ReadonlyMap<string, number> } {
    const records: RunDocument[] = [];
    const damaged: (DamagedRun & { id: string })[] = [];
    const used = new Map<string, number>();
    let unfinished = 0;
    for (const id of [...this.#entries.keys()].sort()) {
      const { found, used: time } = this.#entries.get(id) as Entry;
      if (found === "nothing") continue;
      if (isFinished(found)) {
        records.push(found);
        used.set(id, time);
      } else if (found === "unfinished" || held.has(id)) unfinished++;
      else damaged.push({ id, damage: found.damage });
    }
    return { records, damaged, unfinished, used };
  }

  /** The ids of damaged runs. */
  damaged(): string[] {
    return [...this.#entries].flatMap(([id, { found }]) =>
      typeof found === "object" && "damage" in found ? [id] : [],
    );
  }
}

export const isFinished = (found: Found): found is RunDocument => typeof found === "object" && !("damage" in found);
