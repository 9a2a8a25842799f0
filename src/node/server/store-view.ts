import { setTimeout } from "node:timers/promises";
import { type GroupSummary, summarizeGroup } from "../../core/runs/group-summary.js";
import type { RunGroup } from "../../core/runs/groups.js";
import type { RunInTraining, StoreDocument } from "../../core/runs/store-document.js";
import { storedGroups } from "../../core/runs/stored-groups.js";
import { Catalogue, isFinished } from "../runs/catalogue.js";
import { readIndex } from "../runs/index-file.js";
import type { Found } from "../runs/inspect.js";
import { RunNames } from "../runs/run-names.js";
import { listSetAside } from "../runs/set-aside.js";
import type { RunStore } from "../runs/store.js";
import { jsonResource, type Resource } from "./resource.js";

export interface StoreViewOptions {
  /** Up to this many runs are all looked at before each answer. If there are more, finished ones are looked at after it. */
  readonly most?: number;
  /** Pause between two parts of those, in ms. */
  readonly pause?: number;
}

const MOST = 512;
const PAUSE = 25;
/** Runs that are looked at together after an answer: 2 ms. */
const PART = 128;

/** A run store as the page sees it. Changed runs are read again; requests made at the same time share one answer. */
export class StoreView {
  readonly #names: RunNames;
  readonly #most: number;
  readonly #pause: number;
  #catalogue: Catalogue | undefined;
  /** Those that the catalogue has. */
  #ids: readonly string[] = [];
  #running: Promise<unknown> = Promise.resolve();
  #next: Promise<Resource> | undefined;
  #state = "";
  #resource: Resource | undefined;
  #summaries: ReadonlyMap<string, GroupSummary> = new Map();
  /** Finished runs that are still to be looked at after an answer. */
  #behind: string[] = [];
  #sweep: Promise<void> | undefined;

  constructor(
    readonly store: RunStore,
    { most = MOST, pause = PAUSE }: StoreViewOptions = {},
  ) {
    this.#names = new RunNames(store.folder);
    this.#most = most;
    this.#pause = pause;
  }

  /**
   * The store's document as JSON, from a look at the store that began after the request.
   *
   * @throws InvalidRequest if the store cannot be read
   */
  resource(): Promise<Resource> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      const answer = this.#look();
      this.#running = answer.catch(() => {});
      return answer;
    });
    return this.#next;
  }

  /** Resolves when all runs that are looked at after an answer have been. */
  async swept(): Promise<void> {
    await this.#sweep;
  }

  async #look(): Promise<Resource> {
    const before = await this.store.training();
    const ids = await this.#names.read();
    const catalogue = await this.#lookAt(ids, before);
    // A run that is whole now was still being saved before.
    const training = await this.store.training();
    const held = new Set([...before, ...training].map(({ id }) => id));
    await catalogue.look(catalogue.damaged().filter((id) => !held.has(id)));
    const setAside = await listSetAside(this.store.folder);
    const state = JSON.stringify([catalogue.version, training, setAside]);
    if (!this.#resource || state !== this.#state) {
      this.#resource = jsonResource(JSON.stringify(this.#document(catalogue, held, training, setAside)));
      this.#state = state;
    }
    return this.#resource;
  }

  async #lookAt(ids: readonly string[], training: readonly RunInTraining[]): Promise<Catalogue> {
    const { folder } = this.store;
    if (!this.#catalogue) {
      const catalogue = new Catalogue(folder, await readIndex(folder));
      catalogue.keepOnly(ids);
      await catalogue.look(ids);
      this.#catalogue = catalogue;
      return catalogue;
    }
    const catalogue = this.#catalogue;
    if (ids !== this.#ids) catalogue.keepOnly(ids);
    this.#ids = ids;
    if (ids.length <= this.#most) {
      await catalogue.look(ids);
      return catalogue;
    }
    const changing = [...catalogue.open().slice(0, this.#most), ...training.map(({ id }) => id)];
    const there = changing.filter((id) => catalogue.entries.has(id));
    await catalogue.look(new Set([...there, ...ids.filter((id) => !catalogue.entries.has(id))]));
    this.#sweepFrom(ids);
    return catalogue;
  }

  /** Looks at all runs, part by part, unless that is under way: the next answer has the result. */
  #sweepFrom(ids: readonly string[]): void {
    if (this.#sweep) return;
    this.#behind = [...ids];
    this.#sweep = this.#sweepOn().finally(() => {
      this.#sweep = undefined;
    });
    // The next request meets the error that stopped it.
    this.#sweep.catch(() => {});
  }

  async #sweepOn(): Promise<void> {
    while (this.#behind.length > 0) {
      const part = this.#behind.splice(-PART);
      await setTimeout(this.#pause, undefined, { ref: false });
      await this.#catalogue?.look(part.filter((id) => this.#catalogue?.entries.has(id)));
    }
  }

  #document(
    catalogue: Catalogue,
    held: ReadonlySet<string>,
    training: readonly RunInTraining[],
    setAside: readonly string[],
  ): StoreDocument {
    const { records, used, damaged, unfinished } = catalogue.contents(held);
    return {
      folder: this.store.folder,
      groups: storedGroups(records, used, (groups) => this.#summarize(groups)),
      // A claim outlives its run by a moment.
      training: training.filter(({ id }) => !used.has(id)),
      unfinished: unfinished - [...held].filter((id) => isUnfinished(catalogue.entries.get(id))).length,
      damaged,
      setAside,
    };
  }

  /** An interval takes 10,000 resamples, so unchanged groups keep theirs. */
  #summarize(groups: readonly RunGroup[]): GroupSummary[] {
    const before = this.#summaries;
    const now = new Map<string, GroupSummary>();
    for (const group of groups) {
      const key = JSON.stringify(group.records.map(({ id, trainError, testError }) => [id, trainError, testError]));
      now.set(key, before.get(key) ?? summarizeGroup(group));
    }
    this.#summaries = now;
    return [...now.values()];
  }
}

/** Whether a run that a process has in hand counts as unfinished. */
const isUnfinished = (entry: { readonly found: Found } | undefined): boolean =>
  entry !== undefined && entry.found !== "nothing" && !isFinished(entry.found);
