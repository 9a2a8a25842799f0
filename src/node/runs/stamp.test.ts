import { mkdir, mkdtemp, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, test } from "vitest";
import { isSettled, stampOf } from "./stamp.js";
import { lastUsed } from "./times.js";

const NAMES = ["run.json", "epochs.jsonl", "weights.safetensors"] as const;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-stamp-"));
  for (const name of NAMES) await writeFile(join(folder, name), name);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("is the same while nothing changes, and says when the record was used and a file was changed", async () => {
  const before = Date.now();
  await utimes(join(folder, "run.json"), 1000, 1000);
  const stamp = stampOf(folder);
  expect(stamp).toEqual(stampOf(folder));
  expect(stamp?.used).toBe(1_000_000);
  // A file system's clock may be a tick behind.
  expect(stamp?.changed).toBeGreaterThan(before - 5000);
});

it.each(NAMES)("says when the file was changed that was changed last: %s", async (name) => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  await writeFile(join(folder, name), name);
  expect(stampOf(folder)?.changed).toBe((await stat(join(folder, name))).ctimeMs);
});

it.each(NAMES)(
  "is another when %s has another size, or another file stands in its place; none when it is gone",
  async (name) => {
    const path = join(folder, name);
    const first = stampOf(folder)?.text;
    await writeFile(path, `${name} and more`);
    const second = stampOf(folder)?.text;
    expect(second).not.toBe(first);
    await writeFile(`${path}.new`, `${name} and more`);
    await rename(`${path}.new`, path);
    expect(stampOf(folder)?.text).not.toBe(second);
    await rm(path);
    expect(stampOf(folder)).toBeUndefined();
  },
);

it("of anything that is not a folder, or is missing, is undefined", async () => {
  expect(stampOf(join(folder, "run.json"))).toBeUndefined();
  expect(stampOf(join(folder, "nowhere"))).toBeUndefined();
});

test("what was changed in the last seconds may be changed again at the same time", () => {
  expect([isSettled(Date.now()), isSettled(Date.now() - 1000), isSettled(Date.now() - 10_000)]).toEqual([
    false,
    false,
    true,
  ]);
});

test("a run was used when its record was written last; one that is gone, never", async () => {
  await mkdir(join(folder, "a"));
  await writeFile(join(folder, "a", "run.json"), "");
  await utimes(join(folder, "a", "run.json"), 2, 2);
  expect(lastUsed(folder, ["a", "b"])).toEqual(
    new Map([
      ["a", 2000],
      ["b", 0],
    ]),
  );
});
