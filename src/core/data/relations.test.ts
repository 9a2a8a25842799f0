import { describe, expect, it, test } from "vitest";
import { tableName } from "./relation-table.js";
import {
  asked,
  claimed,
  inBrief,
  isRelationName,
  RELATIONS,
  type RelationName,
  relationNamed,
  requireOrder,
  stated,
} from "./relations.js";

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** [first][second] of a relation, as rows of 0 and 1. */
const cells = (holds: (first: number, second: number) => boolean) =>
  DIGITS.map((first) => DIGITS.map((second) => Number(holds(first, second))).join(""));

const isEven = (digit: number) => [0, 2, 4, 6, 8].includes(digit);

describe.each<[RelationName, (first: number, second: number) => boolean, boolean]>([
  ["less-or-equal", (a, b) => !(a > b), false],
  ["less", (a, b) => b - a > 0, false],
  ["equal", (a, b) => String(a) === String(b), true],
  ["same-parity", (a, b) => isEven(a) === isEven(b), true],
  ["sum-at-least-10", (a, b) => 10 - a <= b, true],
  ["sum-at-least-3.5", (a, b) => a + b > 3, true],
  ["distance-at-most-0", (a, b) => a === b, true],
  ["distance-at-most-2", (a, b) => a - b < 3 && b - a < 3, true],
])("%s", (name, holds, symmetric) => {
  const relation = relationNamed(name);

  it("holds of the pairs of digits that it should", () => {
    expect(cells(relation.holds)).toEqual(cells(holds));
    expect(relation.symmetric).toBe(symmetric);
    const rows = cells(relation.holds);
    expect(rows.every((row, i) => [...row].every((cell, j) => cell === rows[j]?.[i]))).toBe(symmetric);
  });

  it("is asked of what classes stand for, where it is about that", () => {
    const values = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
    expect(cells(relationNamed(name, { values, count: 10 }).holds)).toEqual(cells((a, b) => holds(9 - a, 9 - b)));
  });

  it("is a table, too", () => {
    const table = relationNamed(`table:${cells(holds).join("/")}`, { count: 10 });
    expect(cells(table.holds)).toEqual(cells(holds));
    expect(table.symmetric).toBe(symmetric);
  });
});

test("every relation has words for whom it is asked of and shown to", () => {
  const names = [...Object.keys(RELATIONS).map((name) => name.replace("<n>", "3")), "table:01/10"] as RelationName[];
  const told = names.map((name) => {
    const relation = relationNamed(name);
    const claims = [true, false].map((holds) => claimed(relation, "a", "b", holds)).join("; ");
    return [asked(relation), asked(relation, "of two digits"), stated(relation), claims, relation.question];
  });
  expect(told).toMatchInlineSnapshot(`
    [
      [
        "is the first less than or equal to the second?",
        "is the first of two digits less than or equal to the second?",
        "the first is less than or equal to the second",
        "a ≤ b; a > b",
        "≤?",
      ],
      [
        "is the first less than the second?",
        "is the first of two digits less than the second?",
        "the first is less than the second",
        "a < b; a ≥ b",
        "<?",
      ],
      [
        "is the first the same as the second?",
        "is the first of two digits the same as the second?",
        "the first is the same as the second",
        "a = b; a ≠ b",
        "same?",
      ],
      [
        "is the first of the same parity as the second?",
        "is the first of two digits of the same parity as the second?",
        "the first is of the same parity as the second",
        "a ≡ b; a ≢ b",
        "same parity?",
      ],
      [
        "is the sum of the two at least 3?",
        "is the sum of two digits at least 3?",
        "the sum of the two is at least 3",
        "a + b ≥ 3; a + b < 3",
        "sum ≥ 3?",
      ],
      [
        "is the distance of the two at most 3?",
        "is the distance of two digits at most 3?",
        "the distance of the two is at most 3",
        "|a − b| ≤ 3; |a − b| > 3",
        "distance ≤ 3?",
      ],
      [
        "is the first a match of the second?",
        "is the first of two digits a match of the second?",
        "the first is a match of the second",
        "a matches b; a does not match b",
        "match?",
      ],
      [
        "is the first beaten by the second?",
        "is the first of two digits beaten by the second?",
        "the first is beaten by the second",
        "a loses to b; a wins over b",
        "beaten?",
      ],
      [
        "is the first related to the second by the table 01/10?",
        "is the first of two digits related to the second by the table 01/10?",
        "the first is related to the second by the table 01/10",
        "a ~ b; a ≁ b",
        "related?",
      ],
    ]
  `);
});

describe("names", () => {
  it.each([
    [
      ["larger", "", "Equal", "less ", "table", "toString", 3, null, undefined],
      "relation must be one of less-or-equal, less, equal, same-parity, sum-at-least-<n>, distance-at-most-<n>, table:<rows>, not ",
    ],
    // Of one number one spelling: a name is part of a run's id.
    [
      [
        "sum-at-least-",
        "sum-at-least-x",
        "sum-at-least-010",
        "sum-at-least-1e1",
        "sum-at-least-10.0",
        "sum-at-least--0",
        "sum-at-least-Infinity",
      ],
      "relation must be sum-at-least- and a number, such as sum-at-least-10, not ",
    ],
    [
      ["distance-at-most--1"],
      "relation must be distance-at-most- and a number of at least 0, such as distance-at-most-10, not ",
    ],
    [["sum-at-least-<n>"], "relation must be sum-at-least- and a number"],
    [["table:"], 'relation "table:": it is empty: give one row of 0 and 1 for each first class'],
    [
      ["table:01/1"],
      'relation "table:01/1", row 2: it has 1 cell, but there are 2 rows: a table has as many columns as rows',
    ],
    [["table:01/1x"], 'relation "table:01/1x", row 2: a cell must be 0 or 1, not "x"'],
    [["table:01/10/"], 'relation "table:01/10/", row 1: it has 2 cells, but there are 3 rows'],
    [[`table:${Array(65).fill("0".repeat(65)).join("/")}`], "a table has at most 64 classes, not 65"],
  ])("%j are refused", (names, why) => {
    for (const name of names) {
      expect(() => relationNamed(name as RelationName)).toThrow(why);
      expect(isRelationName(name as string)).toBe(false);
    }
  });

  it("may have negative numbers and fractions", () => {
    expect(relationNamed("sum-at-least--3").holds(0, 0)).toBe(true);
    expect(relationNamed("distance-at-most-0.5").holds(1, 2)).toBe(false);
  });

  it("of large tables are told by their first row", () => {
    const large = `table:${Array(10).fill("0110011001").join("/")}`;
    expect(inBrief(large)).toBe("table:0110011001/…");
    expect(["table:01/10", "equal"].map(inBrief)).toEqual(["table:01/10", "equal"]);
  });
});

describe("a file's table", () => {
  it.each([["0,1\n1,0\n"], ["0\t1\r\n1\t0"], ["\uFEFF0 1\n\n1  0\n\n"], [" 0 ; 1 \n1;0"], ["01\n10"]])("%j", (text) => {
    expect(tableName("t.csv", text)).toBe("table:01/10");
  });

  it.each([
    ["", "t.csv: it is empty"],
    ["a,b\n0,1\n1,0", 't.csv, row 1: a cell must be 0 or 1, not "a"'],
    ["0,1\n\n1,2", 't.csv, row 3: a cell must be 0 or 1, not "2"'],
    ["0,1\n1,", "t.csv, row 2: a cell must be 0 or 1, not empty"],
    ["0,1\n1,0,1", "t.csv, row 2: it has 3 cells, but there are 2 rows"],
    [`${"0".repeat(65)}\n`.repeat(65), "t.csv: a table has at most 64 classes, not 65"],
  ])("%j is refused", (text, why) => {
    expect(() => tableName("t.csv", text)).toThrow(why);
  });

  it("is of as many classes as the images have", () => {
    expect(() => relationNamed("table:01/10", { count: 10 })).toThrow(
      'relation "table:01/10" is a table of 2 × 2 classes, but the images have 10 classes: give it 10 rows of 10 cells',
    );
  });
});

describe("classes that are no numbers", () => {
  const classes = ["cat", "dog", "newt", "yak"];

  it("have no order until they are given one", () => {
    for (const name of ["less", "less-or-equal", "distance-at-most-1"] as const) {
      expect(() => relationNamed(name, { classes })).toThrow(
        `relation ${name} needs an order of the classes, and "cat" is not a number: give all of them in their order, as --order cat,dog,newt,…`,
      );
      expect(() => requireOrder(name, { classes, values: [3, 1, 0, 2] })).not.toThrow();
    }
    const ranked = relationNamed("less", { classes, values: [3, 1, 0, 2] });
    expect(ranked.holds(1, 0)).toBe(true);
    expect(ranked.holds(0, 1)).toBe(false);
  });

  it("have no sum, and are the same or in a table as they are", () => {
    expect(() => relationNamed("sum-at-least-3", { classes, values: [0, 1, 2, 3] })).toThrow(
      'relation sum-at-least-3 needs classes that are numbers, and "cat" is not one',
    );
    expect(relationNamed("equal", { classes }).holds(2, 2)).toBe(true);
    expect(relationNamed("table:0100/1000/0001/0010", { classes, count: 4 }).holds(2, 3)).toBe(true);
  });

  it("have a parity only where they are whole", () => {
    expect(() => relationNamed("same-parity", { values: [1, 1.5] })).toThrow(
      "relation same-parity needs classes that are whole numbers, and 1.5 is not one",
    );
    expect(relationNamed("sum-at-least-3", { values: [1, 1.5] }).holds(1, 1)).toBe(true);
  });

  it("have as many values as there are", () => {
    expect(() => relationNamed("less", { values: [0, 1], count: 3 })).toThrow(
      "there are 3 classes, but values of 2: give one for each class",
    );
  });
});
