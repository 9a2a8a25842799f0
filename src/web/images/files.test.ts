import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import type { FetchedFile } from "../../site/site-manifest.js";
import { type FileSource, loadFile } from "./files.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

const content = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251);
const zipped = new Uint8Array(gzipSync(content));
const file: FetchedFile = {
  name: "train-images-idx3-ubyte",
  path: "data/train-images-idx3-ubyte.gz",
  bytes: zipped.length,
  size: content.length,
  sha256: createHash("sha256").update(content).digest("hex"),
};

/** A browser's store with what was put into it. */
function newStore() {
  const kept = new Map<string, Response>();
  return {
    kept,
    match: async (url: string) => kept.get(url)?.clone(),
    put: async (url: string, response: Response) => {
      kept.set(url, new Response(await response.arrayBuffer()));
    },
    delete: async (url: string) => kept.delete(url),
  } as unknown as NonNullable<FileSource["store"]> & { readonly kept: Map<string, Response> };
}

/** A site whose every answer is the next of these. */
function site(...answers: (BodyInit | Error | number)[]) {
  const asked: string[] = [];
  const fetch = async (url: string, { cache }: { readonly cache: string }) => {
    asked.push(`${url} ${cache}`);
    const answer = answers[asked.length - 1];
    if (answer instanceof Error) throw answer;
    return typeof answer === "number" ? new Response("", { status: answer }) : new Response(answer);
  };
  return { asked, fetch, root: "http://pairlab.test/lab/" };
}

/** Comparing element by element takes a second. */
const isContent = (bytes: Uint8Array) => Buffer.compare(bytes, content) === 0;

const url = "http://pairlab.test/lab/data/train-images-idx3-ubyte.gz";

test("a file is fetched once, past the browser's own cache, counted as it comes, and then kept", async () => {
  const [store, source] = [newStore(), site(zipped)];
  const loaded: number[] = [];
  expect(isContent(await loadFile({ ...source, store }, file, (bytes) => loaded.push(bytes)))).toBe(true);
  expect(loaded.at(-1)).toBe(zipped.length);
  expect(isContent(await loadFile({ ...source, store }, file, () => {}))).toBe(true);
  expect(source.asked).toEqual([`${url} no-store`]);
});

test("a file that the server had the browser decompress is as good", async () => {
  expect(isContent(await loadFile(site(content), file, () => {}))).toBe(true);
});

test.each([
  ["a byte is another", new Uint8Array(gzipSync(content.with(777, 0))), /its SHA-256 is [0-9a-f]{12}…, not/],
  ["it ends early", zipped.subarray(0, zipped.length / 2), /it is not a whole gzip file/],
  ["it is shorter", new Uint8Array(gzipSync(content.subarray(1))), /it has 99999 bytes of 100000/],
  ["it is longer", new Uint8Array(gzipSync(new Uint8Array([...content, 1]))), /it has more than 100000 bytes/],
  ["it is a page about something else", "<!doctype html>", /it has 15 bytes of 100000/],
])("where %s, it came damaged, and is not kept", async (_, body, why) => {
  const store = newStore();
  const error = await loadFile({ ...site(body), store }, file, () => {}).catch((thrown) => thrown);
  expect(error.message).toMatch(/^train-images-idx3-ubyte came damaged: /);
  expect(error.message).toMatch(why);
  expect(store.kept.size).toBe(0);
});

test("a kept file that has gone bad is fetched anew", async () => {
  const store = newStore();
  store.kept.set(url, new Response("rubbish"));
  const source = site(zipped);
  expect(isContent(await loadFile({ ...source, store }, file, () => {}))).toBe(true);
  expect(source.asked).toEqual([`${url} no-store`]);
  expect(store.kept.size).toBe(1);
});

test("a browser that has no digest of its own finds the same ones", async () => {
  vi.stubGlobal("crypto", {});
  expect(isContent(await loadFile(site(zipped), file, () => {}))).toBe(true);
  const damaged = new Uint8Array(gzipSync(content.with(777, 0)));
  await expect(loadFile(site(damaged, damaged), file, () => {})).rejects.toThrow(/its SHA-256 is [0-9a-f]{12}…, not/);
});

test("without a store the browser's own cache asks the server for news; what it has damaged is fetched past it", async () => {
  const good = site(zipped);
  expect(isContent(await loadFile(good, file, () => {}))).toBe(true);
  expect(good.asked).toEqual([`${url} no-cache`]);
  const healed = site(zipped.subarray(1), zipped);
  expect(isContent(await loadFile(healed, file, () => {}))).toBe(true);
  expect(healed.asked).toEqual([`${url} no-cache`, `${url} reload`]);
  await expect(loadFile(site("rubbish", "rubbish"), file, () => {})).rejects.toThrow("it has 7 bytes of 100000");
});

test("no connection and no file are said", async () => {
  await expect(loadFile(site(new TypeError("failed")), file, () => {})).rejects.toThrow(
    "train-images-idx3-ubyte cannot be fetched: there is no connection to pairlab.test",
  );
  await expect(loadFile(site(404), file, () => {})).rejects.toThrow(
    "train-images-idx3-ubyte cannot be fetched: the server answers 404",
  );
});

test("what comes in place of a file is not decompressed beyond it", async () => {
  // 16 MiB of zeros, in 16 KiB.
  const bomb = new Uint8Array(gzipSync(new Uint8Array(2 ** 24)));
  const small = { ...file, bytes: 1000, size: 2000 };
  await expect(loadFile(site(bomb, bomb), small, () => {})).rejects.toThrow(
    "train-images-idx3-ubyte came damaged: it has more than 2000 bytes. Fetch it again",
  );
});
