import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { placeUnder, syntheticRuns } from "../../../test/support/stored.js";
import { type FinishedRun, InvalidRequest } from "../../core/index.js";
import { RunStore } from "./store.js";

let folder: string;
let store: RunStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-runs-"));
  store = new RunStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const [run] = syntheticRuns() as [FinishedRun];

/** Keeps the same run under another id. */
const keep = (other: string) => placeUnder(folder, other, run);

/** What `resolve` refuses a reference with, in one line. */
async function refusal(reference: string): Promise<string> {
  const error = await store.resolve(reference).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(InvalidRequest);
  expect(error.message).not.toContain("\n");
  return error.message;
}

describe("a reference", () => {
  const [first, second, third] = ["0123000000000000", "0124000000000000", "abcd000000000000"] as const;

  beforeEach(async () => {
    for (const [order, each] of [second, third, first].entries()) {
      await keep(each);
      await utimes(join(folder, each, "run.json"), 1000 + order, 1000 + order);
    }
  });

  it("is an id or its beginning", async () => {
    for (const reference of [second, "0124", "a"])
      expect((await store.resolve(reference)).record.id).toBe(reference === "a" ? third : second);
  });

  it("may be latest, the run that was asked for last", async () => {
    expect((await store.resolve("latest")).record.id).toBe(first);
    await store.touch(third);
    expect((await store.resolve("latest")).record.id).toBe(third);
  });

  it("to the latest does not depend on this machine's clock", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
    await store.touch(third);
    vi.useRealTimers();
    await new RunStore(folder).touch(second);
    expect((await store.resolve("latest")).record.id).toBe(second);
  });

  it("means a folder, or a link to one, before a file of such a name", async () => {
    await rename(join(folder, second), join(folder, "elsewhere"));
    await symlink(join(folder, "elsewhere"), join(folder, second));
    await writeFile(join(folder, "0124111111111111"), "");
    expect((await store.resolve("0124")).record.id).toBe(second);
    expect(await refusal("01241")).toMatch(/0124111111111111 is not a folder: train it again$/);
  });

  it("is refused where it means several runs, some of which are named", async () => {
    expect(await refusal("012")).toBe(`"012" is the beginning of 2 runs (${first}, ${second}): give more of it`);
    for (const digit of ["5", "6"]) await keep(`012${digit}000000000000`);
    expect(await refusal("012")).toMatch(/^"012" is the beginning of 4 runs \(\w+, \w+, \w+ …\): give more of it$/);
  });

  it("is refused where it means none", async () => {
    expect(await refusal("ff")).toBe(`there is no run "ff" in ${folder}: give an id, its beginning, or latest`);
    expect(await refusal(`${first}0`)).toMatch(/^there is no run/);
  });

  it("passes over anything that is not a run: files, other folders, and the rest of an interrupted save", async () => {
    const leftover = `${third}.1234-0123abcd-0123abcd.tmp`;
    for (const foreign of [leftover, "abcd", "notes", "claims", "damaged"]) await mkdir(join(folder, foreign));
    await writeFile(join(folder, "abcd111111111111"), "");
    expect((await store.resolve("abcd")).record.id).toBe(third);
    expect((await store.resolve("latest")).record.id).toBe(first);
    expect(await refusal(".")).toMatch(/^there is no run "\."/);
    expect(await refusal("n")).toMatch(/^there is no run "n"/);
  });

  it("to an unfinished run is refused", async () => {
    await store.saveCheckpoint("5555000000000000", Uint8Array.of(1));
    expect(await refusal("5555")).toBe("run 5555000000000000 is not finished: train it first");
  });

  it("to the latest passes over runs without a record", async () => {
    await rm(join(folder, first, "run.json"));
    expect((await store.resolve("latest")).record.id).toBe(third);
  });
});

describe("in a store without runs", () => {
  it("latest says what to do", async () => {
    expect(await refusal("latest")).toBe(`there are no runs in ${folder}: train one first`);
  });

  it("nothing is found, and a missing folder is treated the same", async () => {
    store = new RunStore(join(folder, "nowhere"));
    expect(await refusal("latest")).toMatch(/^there are no runs in .*nowhere: train one first$/);
    expect(await refusal("ab")).toMatch(/^there is no run "ab" in .*nowhere: /);
  });

  it("a file in the way is named", async () => {
    const path = join(folder, "file");
    await writeFile(path, "");
    store = new RunStore(path);
    expect(await refusal("latest")).toBe(`cannot read the run store ${path} (ENOTDIR)`);
  });
});
