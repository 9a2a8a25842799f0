import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256, syntheticRuns } from "../../../test/support/stored.js";
import type { FinishedRun } from "../../core/index.js";
import type { Entry } from "./catalogue.js";
import { readIndex, writeIndex } from "./index-file.js";

let store: string;
let path: string;
beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), "pairlab-index-"));
  path = join(store, "index.json");
});
afterEach(() => rm(store, { recursive: true, force: true }));

const files = { "epochs.jsonl": { bytes: 1, sha256: "a" }, "weights.safetensors": { bytes: 2, sha256: "b" } };
const [first, second] = syntheticRuns() as [FinishedRun, FinishedRun];

/** So many finished runs: those of even number are of one configuration, the others of another. */
function entries(count: number): Map<string, Entry> {
  const made = Array.from({ length: count }, (_, number): [string, Entry] => {
    const { epochs: _epochs, ...summary } = (number % 2 ? second : first).record;
    const id = number.toString(16).padStart(16, "0");
    return [id, { found: { ...summary, id, seed: number, files }, stamp: `stamp ${number}`, used: 1000 + number }];
  });
  return new Map(made);
}

const NOTHING = new Map<string, Entry>();

describe("an index of 1,000 runs", () => {
  it("knows them as they were, each configuration once, and errors that are none", async () => {
    const given = entries(1000);
    const [id, entry] = [...given][7] as [string, Entry];
    given.set(id, { ...entry, found: { ...(entry.found as object), testError: Number.NaN } as Entry["found"] });
    await writeIndex(store, given, NOTHING);
    const known = await readIndex(store);
    expect(known).toEqual(given);
    const configs = [...known.values()].map(({ found }) =>
      typeof found === "object" && "config" in found ? found.config : 0,
    );
    expect(new Set(configs).size).toBe(2);
  });

  it("has no run that is not finished, or must be read again", async () => {
    const given = entries(1002);
    const [one, other] = [...given.keys()] as [string, string];
    given.set(one, { ...(given.get(one) as Entry), stamp: undefined });
    given.set(other, { ...(given.get(other) as Entry), found: { damage: "run.json: cut short" } });
    given.set("f".repeat(16), { found: "unfinished", stamp: "x", used: 0 });
    await writeIndex(store, given, NOTHING);
    expect([...(await readIndex(store)).keys()]).toEqual([...given.keys()].slice(2, -1));
  });

  it("is written again where it lacks a twentieth of them, or has them otherwise", async () => {
    const given = entries(1000);
    const changed = (count: number) =>
      new Map([...given].map(([id, entry], i) => [id, i < count ? { ...entry, stamp: "before" } : entry]));
    await writeIndex(store, given, changed(49));
    expect(existsSync(path)).toBe(false);
    await writeIndex(store, given, changed(50));
    expect(await readIndex(store)).toEqual(given);
  });

  it("is nothing where a byte is another, or another version wrote it", async () => {
    await writeIndex(store, entries(1000), NOTHING);
    const text = await readFile(path, "utf8");
    const [head = "", body = ""] = text.split("\n");
    expect(head).toMatch(/^pairlab \d+\.\d+\.\d+ index [0-9a-f]{64}$/);
    expect(head.endsWith(sha256(`${body}\n`))).toBe(true);
    for (const wrong of [text.replace("1003", "1004"), text.replace(/pairlab \S+/, "pairlab 0.0.9"), "", "{}", head]) {
      await writeFile(path, wrong);
      expect(await readIndex(store)).toEqual(NOTHING);
    }
  });
});

it("fewer runs are read without an index, and so is a store that has none or cannot be written", async () => {
  await writeIndex(store, entries(999), NOTHING);
  expect(existsSync(path)).toBe(false);
  expect(await readIndex(store)).toEqual(NOTHING);
  await writeIndex(join(store, "nowhere"), entries(1000), NOTHING);
  expect(await readIndex(join(store, "nowhere"))).toEqual(NOTHING);
});
