import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "../../../test/support/pairlab.js";
import { pageModule, readPage } from "./page-files.js";

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

test("has each file with its type, and knows which names have a hash", async () => {
  const page = join(folder.path, "page");
  await mkdir(join(page, "assets"), { recursive: true });
  const names = [
    "index.html",
    "sw.js",
    "icon.svg",
    "pairlab.webmanifest",
    "notes.unheard",
    "assets/index-B2x_9Qa1.js",
    "assets/index-DO-wBmjz.css",
    "assets/kernels-KJZquG2V.wasm",
    "assets/plain.json",
  ];
  for (const name of names) await writeFile(join(page, name), name);
  // What a link leads to is not of the page.
  await writeFile(join(folder.path, "secret"), "");
  await symlink(join(folder.path, "secret"), join(page, "link.txt"));
  const files = [...readPage(page)].map(([path, { type, immutable }]) => [path, type, immutable]);
  expect(files.toSorted()).toEqual(
    [
      ["index.html", "text/html; charset=utf-8", false],
      ["sw.js", "text/javascript; charset=utf-8", false],
      ["icon.svg", "image/svg+xml; charset=utf-8", false],
      ["pairlab.webmanifest", "application/manifest+json", false],
      ["notes.unheard", "application/octet-stream", false],
      ["assets/index-B2x_9Qa1.js", "text/javascript; charset=utf-8", true],
      ["assets/index-DO-wBmjz.css", "text/css; charset=utf-8", true],
      ["assets/kernels-KJZquG2V.wasm", "application/wasm", true],
      ["assets/plain.json", "application/json", false],
    ].toSorted(),
  );
});

test("says what to do where the page is not built", async () => {
  expect(() => readPage(join(folder.path, "nowhere"))).toThrow(/nowhere: run npm run build first$/);
  await mkdir(join(folder.path, "empty"));
  expect(() => readPage(join(folder.path, "empty"))).toThrow(/run npm run build first$/);
});

test("a module of the page is found by its name, whatever its hash is", async () => {
  const page = join(folder.path, "with-modules");
  await mkdir(join(page, "assets"), { recursive: true });
  for (const name of ["qr-B2x_9Qa1.js", "qr-DO-wBmjz.css", "qrs-KJZquG2V.js"])
    await writeFile(join(page, "assets", name), "export const two = 2;");
  expect(await import(pageModule("qr", page))).toMatchObject({ two: 2 });
  expect(() => pageModule("codes", page)).toThrow(/has no module codes$/);
});
