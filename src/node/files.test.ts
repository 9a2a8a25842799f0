import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { InvalidRequest } from "../core/errors.js";
import { checkWritable, flushFolder, writeInOrder, writeWhole } from "./files.js";
import { PROCESS_SPACE } from "./processes.js";

/** Error codes of flushing files and folders, or only folders, and of opening folders. */
let failure: string | undefined;
let failureOfFolders: string | undefined;
let failureToOpenFolders: string | undefined;
/** The path that no file can be renamed to. */
let unreachable: string | undefined;
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const open: typeof real.open = async (...how) => {
    const file = await real.open(...how);
    const isFolder = (await file.stat()).isDirectory();
    const fail = async (code: string | undefined) => {
      if (code) throw Object.assign(new Error(`${code}: as the test wants`), { code });
    };
    const sync = file.sync.bind(file);
    file.sync = async () => {
      await fail(failure ?? (isFolder ? failureOfFolders : undefined));
      await sync();
    };
    if (isFolder)
      await fail(failureToOpenFolders).catch(async (error) => {
        await file.close();
        throw error;
      });
    return file;
  };
  const rename: typeof real.rename = async (from, to) => {
    if (to === unreachable) throw Object.assign(new Error("EIO: rename"), { code: "EIO" });
    await real.rename(from, to);
  };
  return { ...real, open, rename };
});

let folder: string;
beforeEach(async () => {
  failure = failureOfFolders = failureToOpenFolders = undefined;
  unreachable = undefined;
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

test.each([
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the disk quota is used up"],
  ["EFBIG", "files may not be that large here"],
  ["EIO", "the disk fails"],
])("%s is named in one line, is nobody's wrong request, and leaves what was there", async (code, words) => {
  const path = join(folder, "result.json");
  await writeWhole(path, "old");
  failure = code;
  const error = await writeWhole(path, "new").catch((reason) => reason);
  expect(error.message).toBe(`cannot write ${path}: ${words}`);
  expect(error).not.toBeInstanceOf(InvalidRequest);
  expect(await readFile(path, "utf8")).toBe("old");
  expect(await readdir(folder)).toEqual(["result.json"]);
});

describe("a file system that cannot", () => {
  const written = async () => {
    await writeInOrder([
      [join(folder, "a"), "first"],
      [join(folder, "b"), "second"],
    ]);
    expect([await readFile(join(folder, "a"), "utf8"), await readFile(join(folder, "b"), "utf8")]).toEqual([
      "first",
      "second",
    ]);
    expect((await readdir(folder)).sort()).toEqual(["a", "b"]);
  };

  it.each(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"])("flush (%s) loses nothing", async (code) => {
    failureOfFolders = code;
    await written();
    failure = code;
    await written();
    await flushFolder(folder);
  });

  it.each(["EACCES", "EPERM", "EINVAL", "EISDIR"])("open folders (%s) loses nothing", async (code) => {
    failureToOpenFolders = code;
    await written();
  });

  it.each(["EIO", "ENOSPC"])("keep a folder (%s) says so", async (code) => {
    failureOfFolders = code;
    await expect(writeWhole(join(folder, "a"), "text")).rejects.toThrow(/^cannot write .*a: the disk /);
    await expect(flushFolder(folder)).rejects.toThrow(code);
  });
});

test("of files in order, none comes before an earlier one, and none at all when one has no room", async () => {
  const files = ["first", "second", "third"].map((name) => [join(folder, name), name] as const);
  unreachable = join(folder, "second");
  await expect(writeInOrder(files)).rejects.toThrow(/second: the disk fails/);
  expect(await readdir(folder)).toEqual(["first"]);
  failure = "ENOSPC";
  await rm(join(folder, "first"));
  await expect(writeInOrder(files)).rejects.toThrow(/first: the disk is full/);
  expect(await readdir(folder)).toEqual([]);
  failure = undefined;
  await mkdir(join(folder, "second"));
  await expect(writeInOrder(files)).rejects.toThrow(/second: there is a folder of that name/);
  expect(await readdir(folder)).toEqual(["second"]);
});

test("a name as long as names may be is no longer while it is written", async () => {
  const path = join(folder, "é".repeat(127));
  await writeWhole(path, "text");
  expect(await readFile(path, "utf8")).toBe("text");
  expect(await readdir(folder)).toEqual(["é".repeat(127)]);
});

test.each([0, 48 * 3_600_000, -48 * 3_600_000])(
  "what killed processes were writing is removed, what living ones write is not, with a clock %i ms off",
  async (off) => {
    const child = spawn(process.execPath, ["-e", "0"]);
    await once(child, "close");
    const names = [
      `a.${child.pid}-${PROCESS_SPACE}-00000000.tmp`,
      `b.${process.pid}-${PROCESS_SPACE}-00000000.tmp`,
      "c.1-ffffffff-00000000.tmp",
      "d.2-ffffffff-00000000.tmp",
      "e.tmp",
    ] as const;
    for (const name of names) await writeFile(join(folder, name), "half");
    const twoDaysAgo = Date.now() / 1000 - 48 * 3600;
    for (const old of [names[1], names[3], names[4]]) await utimes(join(folder, old), twoDaysAgo, twoDaysAgo);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + off });
    await checkWritable(folder);
    vi.useRealTimers();
    // Of another machine's process nothing is known, so its file counts as abandoned only after a day.
    expect((await readdir(folder)).sort()).toEqual([names[1], names[2], "e.tmp"]);
  },
);
