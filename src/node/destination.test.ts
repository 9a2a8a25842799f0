import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:fs";
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InvalidRequest } from "../core/errors.js";
import { checkWritable, makeFolder, writeInOrder, writeWhole } from "./files.js";

let folder: string;
const at = (...names: string[]): string => join(folder, ...names);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-destination-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A device node in the test's folder; false where this user may make none. */
const makeNode = (name: string, ...kind: string[]): boolean => spawnSync("mknod", [at(name), ...kind]).status === 0;
const makePipe = (name: string): void => {
  expect(spawnSync("mkfifo", [at(name)]).status).toBe(0);
};
/** What a reader of a pipe gets, from its opening to its end. */
function readPipe(name: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn("cat", [at(name)]);
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    child.on("close", () => resolve(text));
  });
}

describe("symbolic links", () => {
  test("a link stays, and what it leads to is replaced", async () => {
    await mkdir(at("elsewhere"));
    await writeFile(at("elsewhere", "target"), "old");
    await symlink("elsewhere/target", at("second"));
    await symlink(at("second"), at("first"));
    const { ino } = await stat(at("first"));
    await writeWhole(at("first"), "new");
    expect(await readlink(at("first"))).toBe(at("second"));
    expect(await readlink(at("second"))).toBe("elsewhere/target");
    expect(await readFile(at("elsewhere", "target"), "utf8")).toBe("new");
    // Replaced whole, not written over.
    expect((await stat(at("first"))).ino).not.toBe(ino);
    expect(await readdir(at("elsewhere"))).toEqual(["target"]);
    expect((await readdir(folder)).sort()).toEqual(["elsewhere", "first", "second"]);
  });

  test("a link to nothing gets its target", async () => {
    await symlink("later", at("link"));
    await writeWhole(at("link"), "new");
    expect(await readlink(at("link"))).toBe("later");
    expect(await readFile(at("later"), "utf8")).toBe("new");
  });

  test("a link into a folder that is not there, and links in a circle, are named and stay", async () => {
    await symlink("no/where", at("nowhere"));
    await symlink("b", at("a"));
    await symlink("a", at("b"));
    await expect(writeWhole(at("nowhere"), "new")).rejects.toThrow(
      new InvalidRequest(`cannot write ${at("nowhere")}: no such folder; name a file that can be written`),
    );
    await expect(writeWhole(at("a"), "new")).rejects.toThrow(/a: symbolic links lead round in a circle; /);
    expect((await readdir(folder)).sort()).toEqual(["a", "b", "nowhere"]);
  });

  test("a link to a folder is that folder, there or not", async () => {
    await mkdir(at("real"));
    await symlink("real", at("report"));
    await symlink("deep/later", at("dangling"));
    await checkWritable(at("report"));
    await writeWhole(at("report", "report.html"), "page");
    expect(await readdir(at("real"))).toEqual(["report.html"]);
    await makeFolder(at("dangling", "figures"));
    expect(await readdir(at("deep", "later"))).toEqual(["figures"]);
    await expect(writeWhole(at("report"), "new")).rejects.toThrow(/report: there is a folder of that name; /);
  });
});

describe("permissions", () => {
  test.each([0o600, 0o640, 0o755, 0o444])("mode %o is kept", async (mode) => {
    await writeFile(at("file"), "old");
    await chmod(at("file"), mode);
    await symlink("file", at("link"));
    for (const name of ["file", "link"]) {
      await writeWhole(at(name), "new");
      expect((await stat(at("file"))).mode & 0o7777).toBe(mode);
    }
  });

  test("a new file has what the process gives new files", async () => {
    await writeFile(at("usual"), "");
    await writeWhole(at("new"), "");
    expect((await stat(at("new"))).mode).toBe((await stat(at("usual"))).mode);
  });

  test("owner and group are kept, by who may give files away", async () => {
    await writeFile(at("file"), "old");
    await chmod(at("file"), 0o640);
    const own = await stat(at("file"));
    // Only root may give a file to others.
    const [owner, group] = process.getuid?.() === 0 ? [12, 34] : [own.uid, own.gid];
    await chown(at("file"), owner, group);
    await writeWhole(at("file"), "new");
    const { uid, gid, mode } = await stat(at("file"));
    expect([uid, gid, mode & 0o7777]).toEqual([owner, group, 0o640]);
  });

  test("another name of the same file keeps the old one", async () => {
    await writeFile(at("file"), "old");
    await link(at("file"), at("other"));
    await writeWhole(at("file"), "new");
    expect(await readFile(at("other"), "utf8")).toBe("old");
  });
});

describe("what is no file", () => {
  test("a pipe is written into once somebody reads, more than it holds at a time", async () => {
    makePipe("pipe");
    await symlink("pipe", at("link"));
    const text = "0123456789abcdef".repeat(20_000);
    const written = writeWhole(at("link"), text);
    expect(await readPipe("pipe")).toBe(text);
    await written;
    expect((await lstat(at("pipe"))).isFIFO()).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(["link", "pipe"]);
  });

  test("a reader that has seen enough is no failure", async () => {
    makePipe("pipe");
    const reader = spawn("head", ["-c", "10", at("pipe")]);
    await writeWhole(at("pipe"), Buffer.alloc(1_000_000));
    expect(reader.pid).toBeDefined();
  });

  test("of files in order, a pipe has its turn", async () => {
    makePipe("pipe");
    // More than a pipe holds, so that the writer waits for the reader.
    const text = "2".repeat(1_000_000);
    const written = writeInOrder([
      [at("before"), "1"],
      [at("pipe"), text],
      [at("after"), "3"],
    ]);
    const reader = await open(at("pipe"), constants.O_RDONLY);
    expect(await readdir(folder)).toContain("before");
    expect(await readdir(folder)).not.toContain("after");
    expect(await reader.readFile("utf8")).toBe(text);
    await reader.close();
    await written;
    expect(await readFile(at("after"), "utf8")).toBe("3");
  });

  test("a device stays what it is, and takes what it takes", async () => {
    if (!makeNode("null", "c", "1", "3") || !makeNode("full", "c", "1", "7")) return;
    await writeWhole(at("null"), "gone");
    const full = await writeWhole(at("full"), "too much").catch((error) => error);
    expect(full.message).toBe(`cannot write ${at("full")}: the disk is full`);
    for (const name of ["null", "full"]) expect((await lstat(at(name))).isCharacterDevice()).toBe(true);
  });

  test("a block device is refused, and what is on it stays", async () => {
    // No device has this number: opening it would fail in another way.
    if (!makeNode("disk", "b", "240", "200")) return;
    await symlink("disk", at("link"));
    for (const name of ["disk", "link"])
      await expect(writeWhole(at(name), "new")).rejects.toThrow(
        new InvalidRequest(
          `cannot write ${at(name)}: it is a block device, and what is on it would be lost; name a file that can be written`,
        ),
      );
    expect((await lstat(at("disk"))).isBlockDevice()).toBe(true);
  });

  test("a socket is refused and stays", async () => {
    const server = createServer().listen(at("socket"));
    await expect.poll(() => readdir(folder)).toEqual(["socket"]);
    await expect(writeWhole(at("socket"), "new")).rejects.toThrow(/socket: it is a socket; /);
    expect((await lstat(at("socket"))).isSocket()).toBe(true);
    server.close();
  });

  test("a descriptor of this process is written at its place, like standard output with >>", async () => {
    await writeFile(at("log"), "before\n");
    const log = await open(at("log"), "a");
    const { ino } = await log.stat();
    await writeWhole(`/dev/fd/${log.fd}`, "text\n");
    await symlink(`/dev/fd/${log.fd}`, at("link"));
    await writeWhole(at("link"), "more\n");
    await log.writeFile("after\n");
    await log.close();
    expect(await readFile(at("log"), "utf8")).toBe("before\ntext\nmore\nafter\n");
    expect((await stat(at("log"))).ino).toBe(ino);
    const closed = await open(at("log"), "r");
    await expect(writeWhole(`/dev/fd/${closed.fd}`, "text")).rejects.toThrow(/: it is not open for writing; /);
    await closed.close();
  });
});
