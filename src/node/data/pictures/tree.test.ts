import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Files, refusalOf, writeFiles } from "../../../../test/support/datasets.js";
import { bytesOf, type FileTree } from "../../../core/picture-sets/tree.js";
import { openTree } from "./tree.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairlab-tree-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (path: string): string => join(folder, path);
const pathsOf = ({ files }: FileTree): string[] => files.map(({ path }) => path);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);

/** Some of them twice as large as they would be packed. */
function zip(files: Readonly<Record<string, string>>, level: 0 | 6 = 6): string {
  const path = at("data.zip");
  writeFileSync(
    path,
    zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, bytes(content)])), { level }),
  );
  return path;
}

const FILES: Files = {
  "b/1.png": "one",
  "b/10.png": "ten",
  "b/2.png": "two",
  "B/x.png": "X",
  "é/y": "y",
  "a.txt": "a",
};
/** By code unit: capitals first, 10 before 2, accents last. */
const SORTED = ["B/x.png", "a.txt", "b/1.png", "b/10.png", "b/2.png", "é/y"];

describe("a folder", () => {
  it("has its files by the code units of their paths", async () => {
    const tree = await openTree(writeFiles(at("data"), FILES));
    expect(pathsOf(tree)).toEqual(SORTED);
    expect(tree.files[2]).toMatchObject({ name: at("data/b/1.png"), location: at("data/b/1.png"), size: 3 });
    expect(text(await bytesOf(tree.files[2] as FileTree["files"][0]))).toBe("one");
  });

  it("has the same files with a slash at the end of its name, or from within it", async () => {
    writeFiles(at("data"), FILES);
    expect(pathsOf(await openTree(`${at("data")}/`))).toEqual(SORTED);
    expect(pathsOf(await openTree(`${at("data")}//.`))).toEqual(SORTED);
  });

  it("is rid of what programs leave behind", async () => {
    const litter = {
      "._1.png": "",
      ".DS_Store": "",
      "c/Thumbs.db": "",
      "c/desktop.ini": "",
      "__MACOSX/c/._1.png": "",
      ".git/config": "",
    };
    expect(pathsOf(await openTree(writeFiles(at("data"), { ...litter, "c/1.png": "" })))).toEqual(["c/1.png"]);
  });

  it("says which folders hold nothing", async () => {
    const tree = await openTree(writeFiles(at("data"), { "a/b": null, c: null, "d/1.png": "", "e/.hidden": "" }));
    expect(tree.empty).toEqual(["a/b", "c", "e"]);
  });

  it("follows links, and is refused where one leads into itself or nowhere", async () => {
    writeFiles(at("data"), { "a/1.png": "one" });
    writeFiles(at("other"), { "2.png": "two" });
    symlinkSync(at("other"), at("data/b"));
    symlinkSync(at("other/2.png"), at("data/a/3.png"));
    expect(pathsOf(await openTree(at("data")))).toEqual(["a/1.png", "a/3.png", "b/2.png"]);
    symlinkSync("../..", at("data/a/up"));
    expect(await refusalOf(() => openTree(at("data")))).toBe(
      `${at("data/a/up/data")} is a link to a folder that it lies in: remove the link`,
    );
    rmSync(at("data/a/up"));
    symlinkSync("gone", at("data/a/0.png"));
    expect(await refusalOf(() => openTree(at("data")))).toBe(
      `${at("data/a/0.png")} is a link to what is not there: remove the link`,
    );
    rmSync(at("data/a/0.png"));
    symlinkSync("self", at("data/a/self"));
    expect(await refusalOf(() => openTree(at("data")))).toBe(
      `${at("data/a/self")} is a link that leads to itself: remove the link`,
    );
  });

  it("has a file twice that two links lead to", async () => {
    writeFiles(at("data"), { "a/1.png": "one" });
    symlinkSync("a", at("data/b"));
    symlinkSync("a", at("data/c"));
    expect(pathsOf(await openTree(at("data")))).toEqual(["a/1.png", "b/1.png", "c/1.png"]);
  });

  it("is refused with a socket in it", async () => {
    writeFiles(at("data"), { "a/1.png": "one" });
    const server = createServer();
    await new Promise<void>((done) => server.listen(at("data/a/s.png"), done));
    expect(await refusalOf(() => openTree(at("data")))).toBe(
      `${at("data/a/s.png")} is neither a file nor a folder: remove it`,
    );
    await new Promise((done) => server.close(done));
  });

  it("has files that may be gone when they are read", async () => {
    const { files } = await openTree(writeFiles(at("data"), { "a/1.png": "one" }));
    rmSync(at("data/a/1.png"));
    expect(await refusalOf(() => bytesOf(files[0] as FileTree["files"][0]))).toBe(
      `cannot read ${at("data/a/1.png")} (ENOENT): it must be a readable file`,
    );
  });

  it("is not 65 folders deep", async () => {
    mkdirSync(at(`data/${"d/".repeat(65)}`), { recursive: true });
    expect(await refusalOf(() => openTree(at("data")))).toMatch(/lies more than 64 folders deep/);
  });
});

describe("what is neither a folder nor an archive", () => {
  it.each([
    ["nothing", () => {}, /^there is no \S+data: it must be a folder of pictures or of IDX files, or a zip archive/],
    [
      "an empty file",
      () => writeFileSync(at("data"), ""),
      /^\S+data is neither a folder nor a zip archive: it must be/,
    ],
    ["a text", () => writeFileSync(at("data"), "text"), /^\S+data is neither a folder nor a zip archive: it must be/],
    ["a link to nothing", () => symlinkSync("gone", at("data")), /^there is no \S+data: it must be/],
    ["a link to itself", () => symlinkSync("data", at("data")), /^\S+data is a link that leads to itself/],
  ])("is refused: %s", async (_, make, says) => {
    make();
    expect(await refusalOf(() => openTree(at("data")))).toMatch(says);
  });

  it("is refused: a device", async () => {
    expect(await refusalOf(() => openTree("/dev/null"))).toMatch(
      /^\/dev\/null is neither a file nor a folder: it must be/,
    );
  });
});

describe("a zip archive", () => {
  it.each([0, 6] as const)("has the files of the folder that was packed at level %i", async (level) => {
    const tree = await openTree(zip(FILES as Record<string, string>, level));
    expect(pathsOf(tree)).toEqual(SORTED);
    expect(tree.files[2]).toMatchObject({ name: `${at("data.zip")}/b/1.png`, size: 3 });
    expect(await Promise.all(tree.files.map(async (file) => text(await bytesOf(file))))).toEqual(
      SORTED.map((path) => FILES[path]),
    );
  });

  it("has a time: the archive's", async () => {
    const tree = await openTree(zip({ "a/1.png": "" }));
    expect(tree.files[0]?.mtimeMs).toBe(statSync(at("data.zip")).mtimeMs);
  });

  it.each([
    ["a folder", { "pets/cats/1.png": "", "pets/dogs/1.png": "" }, ["cats/1.png", "dogs/1.png"]],
    ["folders", { "v2/pets/cats/1.png": "", "v2/pets/dogs/1.png": "" }, ["cats/1.png", "dogs/1.png"]],
    ["a list", { "pets/metadata.csv": "", "pets/1.png": "" }, ["1.png", "metadata.csv"]],
    ["one class alone", { "cats/1.png": "", "cats/2.png": "" }, ["cats/1.png", "cats/2.png"]],
    ["one split alone", { "train/cats/1.png": "", "train/dogs/1.png": "" }, ["train/cats/1.png", "train/dogs/1.png"]],
    ["a file beside the folder", { "x/cats/1.png": "", "x.txt": "" }, ["x.txt", "x/cats/1.png"]],
  ])("may have all in %s", async (_, files, paths) => {
    expect(pathsOf(await openTree(zip(files)))).toEqual(paths);
  });

  it("is rid of litter, and says which folders hold nothing", async () => {
    const tree = await openTree(
      zip({ "__MACOSX/a/._1.png": "", "a/.DS_Store": "", "b/": "", "c/": "", "c/1.png": "", "d/e/": "" }),
    );
    expect(pathsOf(tree)).toEqual(["c/1.png"]);
    expect(tree.empty).toEqual(["b", "d/e"]);
  });

  it("may have paths as Windows writes them, and with dots", async () => {
    expect(pathsOf(await openTree(zip({ "a\\1.png": "", "./b//2.png": "" })))).toEqual(["a/1.png", "b/2.png"]);
  });

  it("may have something before it, and a comment behind", async () => {
    const path = zip({ "a/1.png": "one", "b/1.png": "two" });
    const archive = zipSync({ "a/1.png": bytes("one"), "b/1.png": bytes("two") });
    const before = Buffer.concat([Buffer.from("PK before"), archive, Buffer.from("!!")]);
    before.writeUInt16LE(2, before.length - 4);
    writeFileSync(path, before);
    const tree = await openTree(path);
    expect(await Promise.all(tree.files.map(async (file) => text(await bytesOf(file))))).toEqual(["one", "two"]);
  });

  /** An archive whose bytes are changed by their distance from the list of files, or from the end. */
  const changed = (change: (archive: Buffer, list: number) => Buffer | undefined): string => {
    const long = "one ".repeat(50);
    const archive = Buffer.from(
      zipSync({ "a/1.png": [bytes(long), { level: 6 }], "b/1.png": [bytes(long), { level: 0 }] }),
    );
    const list = archive.readUInt32LE(archive.length - 6);
    writeFileSync(at("data.zip"), change(archive, list) ?? archive);
    return at("data.zip");
  };
  const readAll = async (path: string): Promise<void> => {
    for (const file of (await openTree(path)).files) await bytesOf(file);
  };

  it.each([
    [
      "cut in its list",
      (a: Buffer, list: number) => a.subarray(0, list + 20),
      /is not a whole zip archive: the list of files at its end is missing$/,
    ],
    [
      "cut in its files",
      (a: Buffer) => a.subarray(0, 60),
      /is not a whole zip archive: the list of files at its end is missing$/,
    ],
    [
      "two letters",
      (a: Buffer) => a.subarray(0, 2),
      /is not a whole zip archive: the list of files at its end is missing$/,
    ],
    [
      "without its beginning",
      (a: Buffer) => Buffer.concat([Buffer.from("PK"), a.subarray(60)]),
      /is not a whole zip archive: /,
    ],
    [
      "one of several",
      (a: Buffer) => void a.writeUInt16LE(1, a.length - 18),
      /is not a whole zip archive: it is one of several parts$/,
    ],
    [
      "with a damaged list",
      (a: Buffer, list: number) => void a.writeUInt32LE(0, list),
      /its list of files is damaged$/,
    ],
    [
      "with a name that is too long",
      (a: Buffer, list: number) => void a.writeUInt16LE(9999, list + 28),
      /its list of files is damaged$/,
    ],
    [
      "encrypted",
      (a: Buffer, list: number) => void a.writeUInt16LE(9, list + 8),
      /data\.zip\/a\/1\.png is encrypted: unpack the archive into a folder, and name that$/,
    ],
    [
      "packed another way",
      (a: Buffer, list: number) => void a.writeUInt16LE(14, list + 10),
      /a\/1\.png is packed by method 14, which is not read: unpack/,
    ],
    [
      "with another checksum",
      (a: Buffer, list: number) => void a.writeUInt32LE(5, list + 16),
      /a\/1\.png is damaged in its archive: its checksum is another$/,
    ],
    [
      "with more than it says",
      (a: Buffer, list: number) => void a.writeUInt32LE(5, list + 24),
      /a\/1\.png is damaged in its archive: /,
    ],
    [
      "with less than it says",
      (a: Buffer, list: number) => void a.writeUInt32LE(5000, list + 24),
      /a\/1\.png is damaged in its archive: its checksum/,
    ],
    ["with a damaged file", (a: Buffer) => void a.fill(255, 40, 44), /a\/1\.png is damaged in its archive: /],
    [
      "with a file elsewhere",
      (a: Buffer, list: number) => void a.writeUInt32LE(7, list + 42),
      /is not a whole zip archive: a\/1\.png is not where its list/,
    ],
    [
      "with a file beyond its end",
      (a: Buffer, list: number) => void a.writeUInt32LE(70_000, list + 42),
      /is not a whole zip archive: it ends too early$/,
    ],
    [
      "with a file of 300 MB",
      (a: Buffer, list: number) => void a.writeUInt32LE(3e8, list + 24),
      /a\/1\.png has 300000000 bytes: at most 268435456 are read of a file$/,
    ],
  ])("is refused: %s", async (_, change, says) => {
    expect(await refusalOf(() => readAll(changed(change)))).toMatch(says);
  });

  it.each(["../1.png", "a/../../1.png", "/etc/1.png", "C:\\1.png", "..\\1.png"])(
    "is refused with %s in it",
    async (path) => {
      expect(await refusalOf(() => openTree(zip({ [path]: "one" })))).toBe(
        `${at("data.zip")} holds a file with the path ${path}, which leads out of it: pack it anew`,
      );
    },
  );

  it("is refused with a file twice", async () => {
    expect(await refusalOf(() => openTree(zip({ "a/1.png": "one", "a//1.png": "two" })))).toBe(
      `${at("data.zip")} holds a/1.png twice: pack it anew`,
    );
  });

  it("may be empty", async () => {
    expect(pathsOf(await openTree(zip({})))).toEqual([]);
  });

  it("may be of 64 bits", async () => {
    // Sizes and places in fields of their own, as programs write them that do not know them in advance.
    const name = Buffer.from("a/1.png");
    const data = bytes("one");
    const crc = Buffer.from(zipSync({ "a/1.png": [data, { level: 0 }] })).readUInt32LE(14);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46 + name.length + 28);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(crc, 16);
    entry.fill(255, 20, 28);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(28, 30);
    entry.fill(255, 42, 46);
    name.copy(entry, 46);
    const extra = 46 + name.length;
    entry.writeUInt16LE(1, extra);
    entry.writeUInt16LE(24, extra + 2);
    entry.writeBigUInt64LE(3n, extra + 4);
    entry.writeBigUInt64LE(3n, extra + 12);
    entry.writeBigUInt64LE(0n, extra + 20);
    const list = local.length + name.length + data.length;
    const end = Buffer.alloc(56);
    end.writeUInt32LE(0x06064b50, 0);
    end.writeBigUInt64LE(BigInt(entry.length), 40);
    end.writeBigUInt64LE(BigInt(list), 48);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeBigUInt64LE(BigInt(list + entry.length), 8);
    const last = Buffer.alloc(22, 255);
    last.writeUInt32LE(0x06054b50, 0);
    last.writeUInt16LE(0, 20);
    writeFileSync(at("data.zip"), Buffer.concat([local, name, data, entry, end, locator, last]));
    const [file] = (await openTree(at("data.zip"))).files;
    expect(file?.path).toBe("a/1.png");
    expect(text(await bytesOf(file as FileTree["files"][0]))).toBe("one");
  });
});
