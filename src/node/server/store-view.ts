import { setImmediate } from "node:timers/promises";
import { distinctions } from "../../core/experiments/distinctions.js";
import { type GroupSummary, summarizeGroup } from "../../core/experiments/group-summary.js";
import type { RunGroup } from "../../core/experiments/runs.js";
import type { RunInTraining, StoreDocument, StoredGroup } from "../../core/experiments/store-document.js";
import type { RunSummary } from "../../core/training/run.js";
import { type Listing, listStore } from "../runs/listing.js";
import { lastOf } from "../runs/order.js";
import type { RunStore } from "../runs/store.js";
import { etagOf, type Resource } from "./resource.js";
import { storeState } from "./store-state.js";

/** A run store as the page is told of it, read again when it has changed. */
export class StoreView {
  #state = "";
  #resource: Promise<Resource> | undefined;
  #summaries: ReadonlyMap<string, GroupSummary> = new Map();

  constructor(readonly store: RunStore) {}

  /**
   * The store's document as JSON. It costs a look at each file's size and times where nothing has changed.
   *
   * @throws InvalidRequest where the store cannot be read
   */
  async resource(): Promise<Resource> {
    const training = await this.store.training();
    const state = `${JSON.stringify(training)} ${await storeState(this.store.folder)}`;
    if (!this.#resource || state !== this.#state) {
      this.#state = state;
      this.#resource = this.#read(training);
      // What could not be read is tried anew.
      this.#resource.catch(() => {
        this.#state = "";
      });
    }
    return this.#resource;
  }

  async #read(training: readonly RunInTraining[]): Promise<Resource> {
    const body = JSON.stringify(await this.#document(await listStore(this.store), training));
    return { body, type: "application/json", etag: etagOf(body) };
  }

  async #document(listing: Listing, training: readonly RunInTraining[]): Promise<StoreDocument> {
    const { groups, used, unfinished, damaged, setAside } = listing;
    const differs = distinctions(groups);
    const finished = new Set(groups.flatMap(({ records }) => records.map(({ id }) => id)));
    const summaries = await this.#summarize(groups);
    return {
      folder: this.store.folder,
      groups: groups.map((group, i) =>
        describeGroup(group, summaries[i] as GroupSummary, differs[i] ?? [], lastOf(group, used).time),
      ),
      // A claim outlives its run by a moment.
      training: training.filter(({ id }) => !finished.has(id)),
      unfinished,
      damaged,
      setAside,
    };
  }

  /** An interval takes 10,000 resamples: groups that are as they were keep theirs. */
  async #summarize(groups: readonly RunGroup[]): Promise<GroupSummary[]> {
    const before = this.#summaries;
    const now = new Map<string, GroupSummary>();
    for (const group of groups) {
      const key = JSON.stringify(group.records.map(({ id, trainError, testError }) => [id, trainError, testError]));
      const known = before.get(key);
      // Other requests get their turn.
      if (!known) await setImmediate();
      now.set(key, known ?? summarizeGroup(group));
    }
    this.#summaries = now;
    return [...now.values()];
  }
}

function describeGroup(
  { records }: RunGroup,
  summary: GroupSummary,
  differs: readonly string[],
  lastUsed: number,
): StoredGroup {
  const [{ parameters }] = records as readonly [RunSummary];
  return {
    ...summary,
    parameters,
    differs,
    lastUsed: new Date(lastUsed).toISOString(),
    runs: records.map(({ id, seed, trainError, testError, diverged, seconds, weightsSha256 }) => ({
      id,
      seed,
      trainError,
      testError,
      ...(diverged && { diverged }),
      seconds,
      weightsSha256,
    })),
  };
}
