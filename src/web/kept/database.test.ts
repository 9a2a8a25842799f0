import { afterEach, expect, test, vi } from "vitest";
import { answerOf, committed, openDatabase } from "./database.js";

afterEach(() => vi.unstubAllGlobals());

/** A request, or a transaction, as far as a program sees it. */
const fake = (fields: object = {}) => ({ ...fields }) as Record<string, unknown> & { [event: string]: () => void };
const tell = (of: Record<string, unknown>, event: string) => (of[event] as () => void)();

test("a request's result is its answer, and its error is thrown", async () => {
  const good = fake({ result: 7 });
  const answer = answerOf(good as unknown as IDBRequest<number>);
  tell(good, "onsuccess");
  expect(await answer).toBe(7);
  const bad = fake({ error: new Error("no such key") });
  const refusal = answerOf(bad as unknown as IDBRequest);
  tell(bad, "onerror");
  await expect(refusal).rejects.toThrow("no such key");
});

test("a transaction is committed when it is complete, and throws what it is aborted for", async () => {
  const good = fake();
  const done = committed(good as unknown as IDBTransaction);
  tell(good, "oncomplete");
  await done;
  const full = fake({ error: new DOMException("the disk is full", "QuotaExceededError") });
  const refusal = committed(full as unknown as IDBTransaction);
  tell(full, "onabort");
  await expect(refusal).rejects.toMatchObject({ name: "QuotaExceededError" });
});

const open = (patience?: number) =>
  openDatabase(
    "test",
    () => {},
    () => {},
    patience,
  );

test("a browser without a database is said to have none", async () => {
  vi.stubGlobal("indexedDB", undefined);
  await expect(open()).rejects.toThrow("it has no database for pages");
});

test("a database that the browser refuses is said with its reason, also where opening it throws", async () => {
  const request = fake({ error: new Error("a private window") });
  vi.stubGlobal("indexedDB", { open: () => request });
  const refusal = open();
  tell(request, "onerror");
  await expect(refusal).rejects.toThrow("its database does not open: a private window");
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new Error("not here");
    },
  });
  await expect(open()).rejects.toThrow("not here");
});

test("one that opens too late is given up, and closed", async () => {
  const close = vi.fn();
  const request = fake({ result: fake({ close }) });
  vi.stubGlobal("indexedDB", { open: () => request });
  await expect(open(1)).rejects.toThrow("its database does not open");
  tell(request, "onsuccess");
  expect(close).toHaveBeenCalledOnce();
});

test("it closes where another tab wants to delete it, and says so", async () => {
  const close = vi.fn();
  const database = fake({ close });
  const request = fake({ result: database });
  vi.stubGlobal("indexedDB", { open: () => request });
  const onClose = vi.fn();
  const opening = openDatabase("test", () => {}, onClose);
  tell(request, "onsuccess");
  expect(await opening).toBe(database);
  tell(database, "onversionchange");
  expect(close).toHaveBeenCalledOnce();
  expect(onClose).toHaveBeenCalledOnce();
});
