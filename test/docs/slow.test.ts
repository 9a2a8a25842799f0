import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { blocksOf, commandsOf, linesOf } from "./blocks.js";
import { NOT_RUN } from "./slow.js";

test("every command that is not run stands in a document that is tested", async () => {
  const texts = await Promise.all(
    [
      "README.md",
      ...["data", "library", "measures", "onnx", "reproducibility", "start", "training", "tutorial"].map(
        (name) => `docs/${name}.md`,
      ),
    ].map((path) => readFile(path, "utf8")),
  );
  const blocks = texts.flatMap(blocksOf);
  const typed = blocks.flatMap((block) =>
    block.language === "sh" ? linesOf(block) : commandsOf(block).map((command) => command.typed),
  );
  expect(Object.keys(NOT_RUN).filter((command) => !typed.includes(command))).toEqual([]);
});
