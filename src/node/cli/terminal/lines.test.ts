import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { cutTo, type Line, Lines, rendered } from "./lines.js";

const red = (text: string): string => `<red>${text}</red>`;

test("text is shown, and only colours that were asked for are colours", () => {
  expect(rendered("a\u001B[31m\nb")).toBe("a\\x1b[31m\\nb");
  expect(rendered({ text: "a\nb", colour: red })).toBe("<red>a\\nb</red>");
  expect(rendered(["a ", { text: "b\t", colour: red }, " c"])).toBe("a <red>b\\t</red> c");
  expect(`${new Lines(["a\nb", { text: "c", colour: red }])}`).toBe("a\\nb\n<red>c</red>");
});

test.each([
  [0, "<red></red>"],
  [1, "a<red></red>"],
  [3, "ab<red>c</red>"],
  [6, "ab<red>c\\n</red>"],
  [7, "ab<red>c\\n</red>🙂"],
  [80, "ab<red>c\\n</red>🙂d"],
])("cut to %i columns", (width, shown) => {
  const line: Line = ["ab", { text: "c\n", colour: red }, "🙂d"];
  expect(rendered(cutTo(line, width))).toBe(shown);
});

test("nothing else writes on standard output or standard error, ends the process, or listens to signals", async () => {
  const source = fileURLToPath(new URL("../..", import.meta.url));
  const paths = (await readdir(source, { recursive: true })).filter((path) => /(?<!\.test)\.ts$/.test(path));
  const matching = async (pattern: RegExp) => {
    const texts = await Promise.all(
      paths.map(async (path) => [path, await readFile(join(source, path), "utf8")] as const),
    );
    return texts.flatMap(([path, text]) => (pattern.test(text) ? [path] : [])).sort();
  };
  expect(await matching(/process\s*\.\s*(stdout|stderr)|console\s*\./)).toEqual(["cli/terminal/sink.ts"]);
  expect(await matching(/process\s*\.\s*(exit|abort|reallyExit)\b\s*\(/)).toEqual([
    "cli/main.ts",
    "cli/terminal/interrupts.ts",
  ]);
  expect(await matching(/process\s*\.\s*(on|once)\(\s*(signal|["']SIG)/)).toEqual(["cli/terminal/interrupts.ts"]);
});
