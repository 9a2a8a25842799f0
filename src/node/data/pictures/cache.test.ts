import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImageOptions } from "../../../core/data/image-options.js";
import type { FileTree as Tree } from "../../../core/picture-sets/tree.js";
import { cacheFolder, cacheKey, keep, readKept } from "./cache.js";
import type { DiskFile } from "./tree.js";

type FileTree = Tree<DiskFile>;

let folder: string;
const before = { cache: process.env.PAIRLAB_CACHE, xdg: process.env.XDG_CACHE_HOME };
const set = (name: string, value: string | undefined) => {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairlab-cache-"));
  process.env.PAIRLAB_CACHE = join(folder, "a", "cache");
});
afterEach(() => {
  set("PAIRLAB_CACHE", before.cache);
  set("XDG_CACHE_HOME", before.xdg);
  rmSync(folder, { recursive: true, force: true });
});

const KEY = "0".repeat(64);
const ABOUT = { name: "é\n", sizes: [1, 2.5] };
const ARRAYS = [Uint16Array.of(1, 65_535, 3), Uint8Array.of(9), new Uint8Array(8).fill(7)];
const file = (key = KEY) => join(cacheFolder(), key);

describe("a kept data set", () => {
  it("is read as it was, in memory that threads share", async () => {
    expect(await readKept(KEY)).toBeUndefined();
    await keep(KEY, ABOUT, ARRAYS);
    const kept = await readKept(KEY);
    expect(kept).toEqual({ about: ABOUT, arrays: ARRAYS });
    expect(kept?.arrays.map(({ buffer }) => buffer.constructor.name)).toEqual(Array(3).fill("SharedArrayBuffer"));
    expect(readdirSync(cacheFolder())).toEqual([KEY]);
  });

  it("is none where any byte of it was changed, or some are missing", async () => {
    await keep(KEY, ABOUT, ARRAYS);
    const whole = readFileSync(file());
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] as number) ^ 1;
      writeFileSync(file(), changed);
      expect(await readKept(KEY), `byte ${at}`).toBeUndefined();
      writeFileSync(file(), whole.subarray(0, at));
      expect(await readKept(KEY), `${at} bytes`).toBeUndefined();
    }
    writeFileSync(file(), whole);
    expect(await readKept(KEY)).toBeDefined();
  });

  it("is none in whose place there is a folder", async () => {
    mkdirSync(file(), { recursive: true });
    expect(await readKept(KEY)).toBeUndefined();
    await keep(KEY, ABOUT, ARRAYS);
    expect(await readKept(KEY)).toBeUndefined();
  });

  it("is not kept where that cannot be written, and that is no error", async () => {
    writeFileSync(join(folder, "file"), "");
    process.env.PAIRLAB_CACHE = join(folder, "file");
    await keep(KEY, ABOUT, ARRAYS);
    expect(await readKept(KEY)).toBeUndefined();
    process.env.PAIRLAB_CACHE = "/proc/nobody/can";
    await keep(KEY, ABOUT, ARRAYS);
    expect(await readKept(KEY)).toBeUndefined();
  });
});

describe("the cache", () => {
  it("keeps the 16 data sets that were used last, and leaves other files alone", async () => {
    mkdirSync(cacheFolder(), { recursive: true });
    writeFileSync(join(cacheFolder(), "notes.txt"), "");
    const key = (number: number) => number.toString(16).padStart(64, "0");
    for (let number = 0; number < 16; number++) {
      await keep(key(number), ABOUT, ARRAYS);
      utimesSync(file(key(number)), 1000 + number, 1000 + number);
    }
    // That the first one is read makes it the last to go.
    await readKept(key(0));
    await keep(key(16), ABOUT, ARRAYS);
    await keep(key(17), ABOUT, ARRAYS);
    const due = [0, ...Array.from({ length: 15 }, (_, i) => i + 3)].map(key);
    expect(readdirSync(cacheFolder()).sort()).toEqual([...due, "notes.txt"]);
  });

  it("lies where PAIRLAB_CACHE says, or else with the user's caches", () => {
    expect(cacheFolder()).toBe(join(folder, "a", "cache"));
    set("PAIRLAB_CACHE", undefined);
    process.env.XDG_CACHE_HOME = "/caches";
    expect(cacheFolder()).toBe("/caches/pairlab");
    set("XDG_CACHE_HOME", undefined);
    expect(cacheFolder()).toBe(join(homedir(), ".cache", "pairlab"));
  });
});

describe("the key of a data set", () => {
  const one = { path: "a/1.png", name: "", size: 5, mtimeMs: 7, ctimeMs: 8, read: async () => new Uint8Array() };
  const tree = (change: Partial<typeof one> = {}, root = "/data"): FileTree => ({
    ...{ root, empty: [] },
    files: [one, { ...one, path: "a/2.png", ...change }],
  });
  const keyOf = (of: FileTree, options: ImageOptions, kind = "metadata") => cacheKey(of, options, kind);
  const usual = keyOf(tree(), {});

  it("is the same for the same files", () => {
    expect(keyOf(tree(), {})).toBe(usual);
    expect(keyOf(tree({}, "/data/../data/"), {})).toBe(usual);
  });

  it.each([
    ["place", keyOf(tree({}, "/data2"), {})],
    ["size of a file", keyOf(tree({ size: 6 }), {})],
    ["time of a file", keyOf(tree({ mtimeMs: 7.5 }), {})],
    ["time at which a file came there", keyOf(tree({ ctimeMs: 9 }), {})],
    ["name of a file", keyOf(tree({ path: "a/3.png" }), {})],
    ["file more", keyOf({ ...tree(), files: [...tree().files, one] }, {})],
    ["size of images", keyOf(tree(), { size: { height: 8, width: 8 } })],
    ["colour", keyOf(tree(), { colour: "grey" })],
    ["fit", keyOf(tree(), { fit: "pad" })],
    ["order", keyOf(tree(), { order: ["a", "b"] })],
    ["background", keyOf(tree(), { background: [7] })],
    ["numbering of classes", keyOf(tree(), { allClasses: ["a", "b"] })],
    ["layout", keyOf(tree(), {}, "folders of classes")],
    ["choice of folders", keyOf(tree(), { classes: "innermost" })],
  ])("is another with another %s", (_, key) => {
    expect(key).not.toBe(usual);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
  });
});
