import type { RunConfig } from "../../core/index.js";
import type { TrainedRun } from "../training/run.js";
import { BOUNDS, type Bounds, type Entry, overflow } from "./bounds.js";
import { checkedRun, writtenRun } from "./checked-run.js";
import { answerOf, committed, openDatabase } from "./database.js";
import { DATABASE } from "./database-name.js";

/** A run that was trained in this browser. */
export interface KeptRun extends TrainedRun, Omit<Entry, "id"> {}

/** What is known of each run. */
const ENTRIES = "entries";
/** Each run whole. */
const RUNS = "runs";
/** How many runs are read together: their weights are in the script's memory until they are checked. */
const TOGETHER = 8;

/**
 * Finished runs that the browser keeps, by id. Every change is one transaction, which the browser does after another's: tabs do each other
 * no harm.
 */
export class KeptRuns {
  #opened: Promise<IDBDatabase> | undefined;

  constructor(readonly bounds: Bounds = BOUNDS) {}

  /**
   * All runs that are whole, oldest first. What is damaged, or has another form, is dropped.
   *
   * @throws Error with one line where the browser keeps nothing
   */
  async read(): Promise<{ readonly runs: readonly KeptRun[]; readonly dropped: number }> {
    const database = await this.#open();
    const look = database.transaction([ENTRIES, RUNS]);
    const [found, keys] = await Promise.all([
      answerOf<unknown[]>(look.objectStore(ENTRIES).getAll()),
      answerOf(look.objectStore(RUNS).getAllKeys()),
    ]);
    const entries = found.filter(isEntry).toSorted((a, b) => a.at - b.at);
    const [runs, whole] = [[] as KeptRun[], new Set<IDBValidKey>()];
    const there = new Set(keys);
    /** Runs of one network share a configuration: that is less to hold, and grouping them takes less. */
    const configs = new Map<string, RunConfig>();
    const shared = ({ record, weights }: TrainedRun): TrainedRun => {
      const key = JSON.stringify(record.config);
      const config = configs.get(key) ?? record.config;
      configs.set(key, config);
      return { record: { ...record, config }, weights };
    };
    for (let next = 0; next < entries.length; next += TOGETHER) {
      const store = database.transaction(RUNS).objectStore(RUNS);
      const some = entries.slice(next, next + TOGETHER).map(async (entry): Promise<KeptRun[]> => {
        const { id, at, bytes } = entry;
        const written: unknown = await answerOf(store.get(id));
        // Another tab may have let it go meanwhile.
        if (written === undefined && there.has(id)) whole.add(id);
        const run = await checkedRun(id, written).catch(() => undefined);
        return run ? [{ ...shared(run), at, bytes }] : [];
      });
      runs.push(...(await Promise.all(some)).flat());
    }
    for (const { record } of runs) whole.add(record.id);
    const damaged = new Set([...keys, ...found.map(keyOf)].filter((key) => !whole.has(key)));
    if (damaged.size > 0) await this.forget([...damaged]);
    return { runs, dropped: damaged.size };
  }

  /**
   * Keeps a run. Older ones go where there is no room for all.
   *
   * @returns its size, and the ids of those that went
   * @throws Error where the browser keeps nothing, or has no room
   */
  async keep(run: TrainedRun, at: number): Promise<Pick<Entry, "bytes"> & { readonly gone: readonly string[] }> {
    const written = await writtenRun(run);
    const { id, record, weights } = written;
    const entry: Entry = { id, at, bytes: record.length + weights.length };
    if (entry.bytes > this.bounds.bytes) throw new Error("the run is larger than all that is kept");
    const { bytes } = entry;
    try {
      return { bytes, gone: await this.#put(entry, written, this.bounds) };
    } catch (error) {
      if ((error as Error).name !== "QuotaExceededError") throw error;
      // The browser has less room for the page than the page would take: half of what is there has to do.
      const there = await this.#entries();
      const half = there.reduce((sum, each) => sum + each.bytes, 0) / 2;
      return { bytes, gone: await this.#put(entry, written, { ...this.bounds, bytes: Math.max(half, bytes) }) };
    }
  }

  /** Forgets runs, or all that is there. */
  async forget(ids?: readonly IDBValidKey[]): Promise<void> {
    const database = await this.#open();
    const transaction = database.transaction([ENTRIES, RUNS], "readwrite");
    for (const name of [ENTRIES, RUNS]) {
      const store = transaction.objectStore(name);
      if (!ids) store.clear();
      else for (const id of ids) store.delete(id);
    }
    await committed(transaction);
  }

  async #entries(): Promise<Entry[]> {
    const database = await this.#open();
    const all: unknown[] = await answerOf(database.transaction(ENTRIES).objectStore(ENTRIES).getAll());
    return all.filter(isEntry);
  }

  async #put(entry: Entry, written: object, bounds: Bounds): Promise<string[]> {
    const database = await this.#open();
    const transaction = database.transaction([ENTRIES, RUNS], "readwrite");
    const [entries, runs] = [transaction.objectStore(ENTRIES), transaction.objectStore(RUNS)];
    let gone: string[] = [];
    // Within its answer the transaction is still open.
    const looked = entries.getAll();
    looked.onsuccess = () => {
      const others = (looked.result as unknown[]).filter(isEntry).filter(({ id }) => id !== entry.id);
      gone = overflow([...others, entry], bounds).filter((id) => id !== entry.id);
      for (const id of gone) for (const store of [entries, runs]) store.delete(id);
      entries.put(entry);
      runs.put(written);
    };
    await committed(transaction);
    return gone;
  }

  #open(): Promise<IDBDatabase> {
    if (this.#opened) return this.#opened;
    const make = (database: IDBDatabase) => {
      for (const name of [ENTRIES, RUNS]) database.createObjectStore(name, { keyPath: "id" });
    };
    const again = () => {
      this.#opened = undefined;
    };
    this.#opened = openDatabase(DATABASE, make, again);
    this.#opened.catch(again);
    return this.#opened;
  }
}

function isEntry(value: unknown): value is Entry {
  const { id, at, bytes } = value as Partial<Entry>;
  return typeof id === "string" && Number.isFinite(at) && Number.isFinite(bytes);
}

const keyOf = (entry: unknown): IDBValidKey => (entry as { readonly id: IDBValidKey }).id;
