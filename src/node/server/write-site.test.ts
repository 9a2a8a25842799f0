import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "../../../test/support/pairlab.js";
import { sha256 } from "../../../test/support/stored.js";
import { OFFICIAL_FILES } from "../../core/picture-sets/mnist.js";
import type { SiteFirst, SiteManifest } from "../../site/site-manifest.js";
import { writeSite } from "./write-site.js";

let folder: TemporaryFolder;
let page: string;
const at = (...names: string[]): string => join(folder.path, ...names);
beforeAll(async () => {
  folder = await temporaryFolder();
  page = at("page");
  await mkdir(join(page, "assets"), { recursive: true });
  await writeFile(join(page, "index.html"), "<p>page");
  await writeFile(join(page, "assets", "index-B2x_9Qa1.js"), "let a");
});
afterAll(() => folder.remove());

const filesIn = async (site: string) =>
  (await readdir(site, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;

test("a static site has the page, and MNIST's own images as site.json names them", async () => {
  const site = at("deep", "site");
  const { files, bytes } = await writeSite(site, { page, level: 1 });
  // Four files of images and labels, the first pairs, and site.json.
  expect(files).toBe(2 + 4 + 1 + 1);
  expect(await filesIn(site)).toBe(files);
  expect(await readFile(join(site, "index.html"), "utf8")).toBe("<p>page");
  const manifest: SiteManifest = JSON.parse(await readFile(join(site, "site.json"), "utf8"));
  expect(manifest.runs).toBeNull();
  expect(manifest.dataset.name).toBe("MNIST");
  expect(manifest.dataset.files.map(({ role, name, sha256 }) => ({ role, name, sha256 }))).toEqual(OFFICIAL_FILES);
  const { first, files: ofImages } = manifest.dataset;
  expect(first).toMatchObject({ seed: 0, trainPairs: 1000, testPairs: 1000, height: 14, width: 14 });
  for (const { path, bytes, size, sha256: digest } of [...ofImages, first as SiteFirst]) {
    expect(path).toMatch(/^data\/[\w-]+\.gz$/);
    const zipped = await readFile(join(site, path));
    expect(zipped.length).toBe(bytes);
    const whole = gunzipSync(zipped);
    expect({ size: whole.length, sha256: sha256(whole) }).toEqual({ size, sha256: digest });
  }
  const images = manifest.dataset.files.reduce((sum, each) => sum + each.bytes, 0);
  expect(bytes).toBeGreaterThan(images);
});

test("of an earlier site, links stay links, a file's permissions stay, and what is not the page's stays", async () => {
  await mkdir(at("disk", "assets"), { recursive: true });
  await mkdir(at("linked"));
  await symlink(at("disk", "assets"), at("linked", "assets"));
  await writeFile(at("disk", "site.json"), '{ "version": "1.0.0", "dataset": { "files": [] } }');
  await chmod(at("disk", "site.json"), 0o640);
  await symlink("../disk/site.json", at("linked", "site.json"));
  await writeFile(at("disk", "assets", "index-OLD_OLD_.js"), "");
  await writeFile(at("linked", "CNAME"), "pairlab.example");
  const { files } = await writeSite(at("linked"), { page, level: 1 });
  for (const name of ["assets", "site.json"]) expect((await lstat(at("linked", name))).isSymbolicLink()).toBe(true);
  expect(await readdir(at("disk", "assets"))).toEqual(["index-B2x_9Qa1.js"]);
  expect(await readFile(at("linked", "CNAME"), "utf8")).toBe("pairlab.example");
  // Of its own files, one in the linked folder and the linked manifest are no files of this one.
  expect(await filesIn(at("linked"))).toBe(files - 2 + 1);
  expect(JSON.parse(await readFile(at("disk", "site.json"), "utf8")).dataset.files).toHaveLength(4);
  expect((await stat(at("disk", "site.json"))).mode & 0o777).toBe(0o640);
});

test("a folder of something else is left as it is", async () => {
  await mkdir(at("other", "assets"), { recursive: true });
  await writeFile(at("other", "assets", "mine.txt"), "mine");
  await expect(writeSite(at("other"), { page, level: 1 })).rejects.toThrow(/other holds something other than a site/);
  expect(await readFile(at("other", "assets", "mine.txt"), "utf8")).toBe("mine");
  await writeFile(at("file"), "mine");
  await expect(writeSite(at("file"), { page, level: 1 })).rejects.toThrow(/^cannot read .*file: /);
});

test.each([
  "",
  "null",
  "{",
  '{ "title": "my site" }',
  '{ "version": "1.0.0" }',
  '{ "version": "1.0.0", "dataset": null }',
  '{ "version": 1, "dataset": { "files": [] } }',
  '{ "version": "1.0.0", "dataset": { "files": {} } }',
])("a site.json of something else makes no site: %s", async (manifest) => {
  await mkdir(at("foreign", "assets"), { recursive: true });
  await writeFile(at("foreign", "assets", "mine.txt"), "mine");
  await writeFile(at("foreign", "site.json"), manifest);
  await expect(writeSite(at("foreign"), { page, level: 1 })).rejects.toThrow(
    /foreign holds something other than a site/,
  );
  expect(await readFile(at("foreign", "assets", "mine.txt"), "utf8")).toBe("mine");
  expect(await readFile(at("foreign", "site.json"), "utf8")).toBe(manifest);
});

test("nothing is written where the page is not built", async () => {
  await expect(writeSite(at("none"), { page: at("nowhere") })).rejects.toThrow(/run npm run build first/);
  expect(await readdir(folder.path)).not.toContain("none");
});
