import fc from "fast-check";
import { expect, it } from "vitest";
import { type Field, fitTable, formatTable, type Layout } from "./columns.js";

const name: Field = { title: "name", cells: ["weight-sharing", "mlp"], narrowest: 8 };
const settings: Field = { title: "settings", cells: ["epochs 3", ""], narrowest: 8 };
const error: Field = { title: "error", cells: ["16.6%", "–"] };
const layouts: readonly Layout[] = [
  { left: 2, columns: [[name], [settings], [error]] },
  { left: 1, columns: [[name, settings], [error]] },
];

it("takes the first layout that there is room for, as wide as its contents", () => {
  const wide = [
    "┌────────────────┬──────────┬───────┐",
    "│ name           │ settings │ error │",
    "├────────────────┼──────────┼───────┤",
    "│ weight-sharing │ epochs 3 │ 16.6% │",
    "│ mlp            │          │     – │",
    "└────────────────┴──────────┴───────┘",
  ].join("\n");
  expect(`${fitTable(layouts, Number.POSITIVE_INFINITY)}`).toBe(wide);
  expect(`${fitTable(layouts, 37)}`).toBe(wide);
});

it("wraps what may be wrapped, and then takes the next layout", () => {
  expect(fitTable(layouts, 31).lines[3]).toBe("│ weight-  │ epochs 3 │ 16.6% │");
  expect(`${fitTable(layouts, 25)}`).toBe(
    [
      "┌───────────────┬───────┐",
      "│ name          │ error │",
      "│   settings    │       │",
      "├───────────────┼───────┤",
      "│ weight-       │ 16.6% │",
      "│ sharing       │       │",
      "│   epochs 3    │       │",
      "├───────────────┼───────┤",
      "│ mlp           │     – │",
      "└───────────────┴───────┘",
    ].join("\n"),
  );
});

it("never has a broken border, and no line longer than the terminal if that is possible", () => {
  const text = fc.stringMatching(/^[a-z +-]{0,30}$/);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 45, max: 120 }),
      (rows, width) => {
        const field = (i: 0 | 1 | 2): Field => ({ title: "title", cells: rows.map((row) => row[i]), narrowest: 8 });
        const table = fitTable(
          [
            { left: 1, columns: [[field(0)], [field(1)], [field(2)]] },
            { left: 1, columns: [[field(0), field(1)], [field(2)]] },
          ],
          width,
        );
        const lines = table.toString().split("\n");
        expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
        expect(lines[0]?.length).toBeLessThanOrEqual(width);
      },
    ),
  );
});

it("a cell with line feeds, colours and turned text is one that shows them, as wide as it looks", () => {
  const field: Field = { title: "na\nme", cells: ["a\nb", "\u001B[31mred\u202E"] };
  expect(`${fitTable([{ left: 1, columns: [[field]] }], 80)}`).toBe(
    [
      "┌───────────────────┐",
      "│ na\\nme            │",
      "├───────────────────┤",
      "│ a\\nb              │",
      "│ \\x1b[31mred\\u202e │",
      "└───────────────────┘",
    ].join("\n"),
  );
});

it("letters that take two columns of a terminal, or none, leave borders straight", () => {
  expect(
    `${formatTable(
      ["file", "path"],
      [
        ["数字", "é"],
        ["🙂", "e\u0301"],
      ],
    )}`,
  ).toBe(
    [
      "┌──────┬──────┐",
      "│ file │ path │",
      "├──────┼──────┤",
      "│ 数字 │    é │",
      "│ 🙂   │    e\u0301 │",
      "└──────┴──────┘",
    ].join("\n"),
  );
});
