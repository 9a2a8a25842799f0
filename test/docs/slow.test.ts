import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { blocksOf, commandsOf, linesOf } from "./blocks.js";
import { NOT_RUN } from "./slow.js";

test("every command that is not run stands in a document that is tested", async () => {
  const texts = await Promise.all(
    [
      "README.md",
      ...[
        "cluster",
        "data",
        "library",
        "measures",
        "onnx",
        "reproducibility",
        "start",
        "training",
        "tutorial",
        "variance",
      ].map((name) => `docs/${name}.md`),
    ].map((path) => readFile(path, "utf8")),
  );
  const blocks = texts.flatMap(blocksOf);
  const typed = blocks.flatMap((block) =>
    block.language === "sh" ? linesOf(block) : commandsOf(block).map((command) => command.typed),
  );
  expect(Object.keys(NOT_RUN).filter((command) => !typed.includes(command))).toEqual([]);
});

test("a command is written as somebody types it who has installed pairlab in a folder, or cloned it: with npx", async () => {
  const documents = (await readdir("docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
  const bare = [];
  for (const path of ["README.md", "CONTRIBUTING.md", ...documents]) {
    const typed = blocksOf(await readFile(path, "utf8")).flatMap((block) => {
      if (block.language === "console") return commandsOf(block).map((command) => command.typed);
      return ["sh", ""].includes(block.language) ? linesOf(block) : [];
    });
    bare.push(...typed.filter((line) => /(?:^|\$\(|[|;&] *)pairlab /.test(line)).map((line) => `${path}: ${line}`));
  }
  expect(bare).toEqual([]);
});
