import { readdir, readFile } from "node:fs/promises";
import * as pairlab from "pairlab";
import * as kernels from "pairlab/kernels";
import * as node from "pairlab/node";
import { describe, expect, test } from "vitest";
import { exportsOf } from "./exports.js";

describe.each([
  ["pairlab", "src/core/index.ts", pairlab],
  ["pairlab-node", "src/node/index.ts", node],
  ["pairlab-kernels", "src/core/embedded-kernels.ts", kernels],
])("%s", (name, file, module) => {
  const exported = exportsOf(file);

  // Whoever changes the list changes what programs of others may use: `npx vitest run test/package -u`, and say so in the changelog.
  test("gives these names", async () => {
    const list = exported.map(({ name, kind }) => `${name}: ${kind}\n`).join("");
    await expect(list).toMatchFileSnapshot(`snapshots/${name}.txt`);
  });

  test("the package as built gives the same values", () => {
    const values = exported.filter(({ kind }) => !["interface", "type"].includes(kind)).map(({ name }) => name);
    expect(Object.keys(module).toSorted()).toEqual(values);
  });

  test("every name has a docstring", () => {
    expect(exported.filter(({ documented }) => !documented).map(({ name, file }) => `${file}: ${name}`)).toEqual([]);
  });
});

test("what any document imports is there", async () => {
  const there = new Map([
    ["pairlab", exportsOf("src/core/index.ts")],
    ["pairlab/node", exportsOf("src/node/index.ts")],
    ["pairlab/kernels", exportsOf("src/core/embedded-kernels.ts")],
  ]);
  const documents = [
    "README.md",
    ...(await readdir("docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
  ];
  const missing: string[] = [];
  for (const document of documents)
    for (const [, names = "", module = ""] of (await readFile(document, "utf8")).matchAll(
      /import (?:type )?\{([^}]*)\} from "(pairlab(?:\/(?:node|kernels))?)"/g,
    ))
      for (const [name] of names.matchAll(/\w+/g))
        if (name !== "type" && !there.get(module)?.some((each) => each.name === name))
          missing.push(`${document}: ${name}`);
  expect(missing).toEqual([]);
});
