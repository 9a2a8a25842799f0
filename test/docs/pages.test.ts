import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import { expect, test } from "vitest";
import { COPIED, forPages } from "../../scripts/for-pages.js";

test("what the documentation's pages link to is among them", async () => {
  const documents = (await readdir("docs")).filter((name) => name.endsWith(".md")).map((name) => ["docs", name]);
  const dangling = [];
  let seen = 0;
  for (const [folder = "", name = ""] of [["", "README.md"], ["", "CONTRIBUTING.md"], ...documents]) {
    const text = forPages(await readFile(join(folder, name), "utf8"));
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link]) => link as string);
    seen += links.length;
    for (const link of links.filter((each) => !/^[a-z]+:/.test(each))) {
      const path = normalize(join(folder, link));
      const isThere = (path.startsWith("docs/") || COPIED.includes(path)) && existsSync(path);
      if (!isThere) dangling.push(`${name}: ${link}`);
    }
  }
  expect(seen).toBeGreaterThan(100);
  expect(dangling).toEqual([]);
});
