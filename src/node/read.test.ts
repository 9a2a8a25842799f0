import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readTextWithin, Unreadable } from "./read.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-read-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a file of the most bytes is read, one of more is not", async () => {
  const path = join(folder, "file");
  await writeFile(path, "four");
  expect(await readTextWithin(path, 4)).toBe("four");
  await expect(readTextWithin(path, 3)).rejects.toThrow(new Unreadable("has 4 bytes, more than the 3 that are read"));
  await truncate(path, 5 * 2 ** 30);
  await expect(readTextWithin(path, 2 ** 20)).rejects.toThrow("has 5368709120 bytes, more than");
});

test("a folder, a pipe and a socket are no files, and a missing one is missing", async () => {
  const [within, pipe, socket] = ["folder", "pipe", "socket"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(within);
  execFileSync("mkfifo", [pipe]);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  for (const path of [within, pipe, socket])
    await expect(readTextWithin(path, 100)).rejects.toThrow(new Unreadable("is not a file"));
  server.close();
  await expect(readTextWithin(join(folder, "nothing"), 100)).rejects.toMatchObject({ code: "ENOENT" });
});
