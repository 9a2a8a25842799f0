import { computed } from "@preact/signals";
import type { RunRecord } from "../../core/index.js";
import { fetchStoredRecord, fetchStoredRun } from "../run-store/fetch-run.js";
import { StoreFeed } from "../run-store/store-feed.js";
import type { TrainedRun } from "../training/run.js";
import { ownRuns } from "./kept.js";
import { manifest } from "./site.js";
import { keepTrained, trained } from "./trained.js";

const address = computed(() => {
  const path = manifest.value?.runs;
  return path ? new URL(path, document.baseURI).href : undefined;
});

/** The run store that this page is served with; undefined where there is none, or the manifest is not known yet. */
export const runStore = computed(() => (address.value ? new StoreFeed(new URL(address.value)) : undefined));

/** The runs that are being fetched, by id. */
const coming = new Map<string, Promise<TrainedRun>>();

/**
 * A finished run. If neither this page nor the browser has it, it is fetched from the run store and then held.
 *
 * @throws Error with one line where there is no run store, no such run in it, or no connection
 */
export function fetchRun(id: string): Promise<TrainedRun> {
  const held = trained.peek().get(id);
  if (held) return Promise.resolve(held);
  // One of other images, or of another version of the page.
  const own = ownRuns.peek().get(id);
  if (own) {
    keepTrained(own);
    return Promise.resolve(own);
  }
  const asked = coming.get(id) ?? fetchAndKeep(id).finally(() => coming.delete(id));
  coming.set(id, asked);
  return asked;
}

async function fetchAndKeep(id: string): Promise<TrainedRun> {
  const run = await fetchStoredRun(storeAddress(), id);
  keepTrained(run);
  return run;
}

/**
 * A finished run's record.
 *
 * @throws Error as `fetchRun` does
 */
export const fetchRecord = async (id: string): Promise<RunRecord> =>
  (trained.peek().get(id) ?? ownRuns.peek().get(id))?.record ?? fetchStoredRecord(storeAddress(), id);

function storeAddress(): URL {
  const store = runStore.peek();
  if (!store) throw new Error("this page has no run store: those come with pairlab serve");
  return store.address;
}
