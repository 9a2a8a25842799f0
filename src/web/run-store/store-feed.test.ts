import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { StoreDocument } from "../../core/runs/store-document.js";
import { StoreFeed } from "./store-feed.js";

const EMPTY: StoreDocument = { folder: "runs", groups: [], training: [], unfinished: 0, damaged: [], setAside: [] };
const ADDRESS = new URL("http://127.0.0.1:8414/api/runs");

const asked = vi.fn<typeof fetch>();
const ended: (() => void)[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  asked.mockReset();
  vi.stubGlobal("fetch", asked);
});
afterEach(() => {
  for (const end of ended.splice(0)) end();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const says = (document: StoreDocument, etag: string): void => {
  asked.mockImplementation(async () => Response.json(document, { headers: { etag } }));
};

async function followed(): Promise<StoreFeed> {
  const feed = new StoreFeed(ADDRESS);
  ended.push(feed.follow());
  await vi.advanceTimersByTimeAsync(0);
  return feed;
}

test("an error that does not exist is null on its way, and none here", async () => {
  const none = { mean: Number.NaN, sd: null, ci95: null };
  const run = { id: "0", seed: 0, trainError: Number.NaN, testError: Number.NaN, seconds: 1, weightsSha256: "" };
  const group = { testError: none, trainError: { ...none, mean: 0.25 }, runs: [run, { ...run, testError: 0.5 }] };
  says({ ...EMPTY, groups: [group as unknown as StoreDocument["groups"][0]] }, '"a"');
  const feed = await followed();
  expect(feed.document.value?.groups).toEqual([group]);
});

test("what the store has comes every two seconds; what is the same changes nothing", async () => {
  says(EMPTY, '"a"');
  const feed = await followed();
  const first = feed.document.value;
  expect(first).toEqual(EMPTY);
  expect(asked).toHaveBeenLastCalledWith(ADDRESS, expect.objectContaining({ cache: "no-cache" }));
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).toHaveBeenCalledTimes(2);
  expect(feed.document.value).toBe(first);
  says({ ...EMPTY, unfinished: 3 }, '"b"');
  await vi.advanceTimersByTimeAsync(2000);
  expect(feed.document.value?.unfinished).toBe(3);
});

test("a lost connection is shown and tried again, and the last answer stays", async () => {
  says(EMPTY, '"a"');
  const feed = await followed();
  asked.mockRejectedValue(new TypeError("Failed to fetch"));
  await vi.advanceTimersByTimeAsync(2000);
  expect(feed.failure.value).toBe("there is no connection to 127.0.0.1:8414 (is pairlab serve running there?)");
  expect(feed.document.value).toEqual(EMPTY);
  says(EMPTY, '"a"');
  await vi.advanceTimersByTimeAsync(2000);
  expect(feed.failure.value).toBeUndefined();
  expect(feed.document.value).toEqual(EMPTY);
});

test("the server's own reason is said, or its status", async () => {
  asked.mockImplementation(async () =>
    Response.json({ error: "cannot read runs/: make it readable" }, { status: 500 }),
  );
  const feed = await followed();
  expect(feed.failure.value).toBe("cannot read runs/: make it readable");
  expect(feed.document.value).toBeUndefined();
  asked.mockImplementation(async () => new Response("<html>", { status: 502 }));
  await vi.advanceTimersByTimeAsync(2000);
  expect(feed.failure.value).toBe("the server answers 502");
});

test("an end is not a failure", async () => {
  asked.mockImplementation(
    (_, init) =>
      new Promise((_, reject) => {
        init?.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      }),
  );
  const feed = new StoreFeed(ADDRESS);
  const end = feed.follow();
  end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(feed.failure.value).toBeUndefined();
  expect(asked).toHaveBeenCalledTimes(1);
});
