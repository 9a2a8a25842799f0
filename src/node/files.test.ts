import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InvalidRequest } from "../core/errors.js";
import { checkWritable, writeWhole } from "./files.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-files-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("writes text and bytes, and replaces what was there", async () => {
  const path = join(folder, "result.json");
  await writeWhole(path, "old and longer");
  await writeWhole(path, Uint8Array.of(0x6e, 0x65, 0x77));
  expect(await readFile(path, "utf8")).toBe("new");
  expect(await readdir(folder)).toEqual(["result.json"]);
});

test("writers of one path at the same time leave one of their files, whole", async () => {
  const path = join(folder, "result.json");
  const texts = ["a", "b", "c", "d"].map((letter) => letter.repeat(100_000));
  await Promise.all(texts.map((text) => writeWhole(path, text)));
  expect(texts).toContain(await readFile(path, "utf8"));
  expect(await readdir(folder)).toEqual(["result.json"]);
});

test("a failed write leaves nothing behind", async () => {
  const path = join(folder, "taken");
  await mkdir(path);
  await writeFile(join(path, "inside"), "");
  await expect(writeWhole(path, "text")).rejects.toThrow();
  expect(await readdir(folder)).toEqual(["taken"]);
});

test("a missing folder is created, and the check leaves nothing in it", async () => {
  const report = join(folder, "deep", "report");
  await checkWritable(report);
  await checkWritable(report);
  expect(await readdir(report)).toEqual([]);
});

test("a file in the way is named in one line", async () => {
  const file = join(folder, "report");
  await writeFile(file, "");
  await expect(checkWritable(file)).rejects.toThrow(
    new InvalidRequest(`cannot write in ${file}: there is a file of that name; name a folder that can be written`),
  );
  await expect(checkWritable(join(file, "deeper"))).rejects.toThrow(/a part of the path is a file/);
});
