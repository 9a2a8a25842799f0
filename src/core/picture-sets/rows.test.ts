import { describe, expect, it } from "vitest";
import { refusalOf } from "../../../test/support/datasets.js";
import { jsonRows, listText, rowsOf, tableOf } from "./rows.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const cellsOf = async (text: string): Promise<(readonly string[])[]> =>
  (await rowsOf("a.csv", listText("a.csv", bytes(text)))).map(({ cells }) => cells);
const placesOf = async (text: string): Promise<string[]> => (await rowsOf("a.csv", text)).map(({ at }) => at);
const PLAIN = [
  ["file_name", "label"],
  ["1.png", "cat"],
  ["2.png", "dog"],
];

describe("rows of a list", () => {
  it.each([
    ["commas", "file_name,label\n1.png,cat\n2.png,dog\n"],
    ["no line end at the end", "file_name,label\n1.png,cat\n2.png,dog"],
    ["a byte order mark", "\uFEFFfile_name,label\n1.png,cat\n2.png,dog\n"],
    ["line ends of Windows", "file_name,label\r\n1.png,cat\r\n2.png,dog\r\n"],
    ["line ends of old computers", "file_name,label\r1.png,cat\r2.png,dog\r"],
    ["tabs", "file_name\tlabel\n1.png\tcat\n2.png\tdog\n"],
    ["semicolons", "file_name;label\n1.png;cat\n2.png;dog\n"],
    ["white space", "file_name  label\n 1.png\tcat \n2.png   dog\n"],
    ["blanks around cells", "file_name , label\n 1.png ,cat\t\n2.png, dog\n"],
    ["quotes", '"file_name","label"\n"1.png",cat\n2.png,"dog"\n'],
    ["quotes and tabs", '"file_name"\t"label"\n"1.png"\tcat\n2.png\t"dog"\n'],
    ["quotes and blanks around them", 'file_name,label\n "1.png" , cat\n2.png,dog\n'],
    ["empty rows", "\n\nfile_name,label\n\n1.png,cat\n  \n2.png,dog\n,\n\n"],
    ["empty rows beside quotes", '\n\nfile_name,label\n\n"1.png",cat\n  \n2.png,dog\n,\n\n'],
  ])("are the same with %s", async (_, text) => {
    expect(await cellsOf(text)).toEqual(PLAIN);
  });

  it("may have commas, quotes and line ends within quotes", async () => {
    expect(await cellsOf('a,b\n"1, 2","say ""no"""\n"over\ntwo lines",x\n')).toEqual([
      ["a", "b"],
      ["1, 2", 'say "no"'],
      ["over\ntwo lines", "x"],
    ]);
  });

  it("keep commas where tabs separate, and cells that are empty", async () => {
    expect(await cellsOf("a\tb\tc\nx,1\t\tz\n\t2\t\n")).toEqual([
      ["a", "b", "c"],
      ["x,1", "", "z"],
      ["", "2", ""],
    ]);
    expect(await cellsOf('a\tb\tc\n"x,1"\t\tz\n\t2\t\n')).toEqual([
      ["a", "b", "c"],
      ["x,1", "", "z"],
      ["", "2", ""],
    ]);
  });

  it("may begin with a cell that is empty", async () => {
    expect(await cellsOf("\n\tlabel\n1.png\tmy cat\n")).toEqual([
      ["", "label"],
      ["1.png", "my cat"],
    ]);
  });

  it("are called by their line, empty ones counted", async () => {
    expect(await placesOf("a,b\n\n1,2\n\n\n3,4\n")).toEqual(["a.csv row 1", "a.csv row 3", "a.csv row 6"]);
    expect(await placesOf('a,b\n\n"1",2\n\n\n3,4\n')).toEqual(["a.csv row 1", "a.csv row 3", "a.csv row 6"]);
    expect(await placesOf("a b\n\n1 2\n")).toEqual(["a.csv row 1", "a.csv row 3"]);
  });

  it.each([
    ["a cell too few", "a,b\n1,2\n3\n", "a.csv row 3 has 1 cell, but a.csv row 1 has 2: all rows must have as many"],
    ["a cell too many", 'a,b\n"1",2,3\n', "a.csv row 2 has 3 cells, but a.csv row 1 has 2: all rows must have as many"],
    ["blanks in an unquoted name", "a b\nmy file.png cat\n", /^a\.csv row 2 has 3 cells/],
    ["an open quote", 'a,b\n1,"2\n3,4\n', /^a\.csv row \d is not CSV: a quote is open at the end of the file$/],
    ["letters behind a quote", 'a,b\n"1"x,2\n', /^a\.csv row 2 is not CSV: its quotes are out of place$/],
    ["a quote within a cell", 'a,b\n1,2\n3,4"5\n', /^a\.csv row 3 is not CSV: a quote is within a cell that/],
  ])("are refused with %s", async (_, text, says) => {
    expect(await refusalOf(() => rowsOf("a.csv", text))).toEqual(
      typeof says === "string" ? says : expect.stringMatching(says),
    );
  });

  it("must be UTF-8", async () => {
    const says = "a.csv is not UTF-8 text: write it as UTF-8";
    expect(await refusalOf(() => listText("a.csv", Uint8Array.of(0xff, 0xfe, 0x61, 0)))).toBe(says);
    expect(await refusalOf(() => listText("a.csv", Uint8Array.of(0x63, 0x61, 0x66, 0xe9)))).toBe(says);
  });

  it("of an empty list are none", async () => {
    expect(await cellsOf("")).toEqual([]);
    expect(await cellsOf("\n\n")).toEqual([]);
  });
});

describe("a table", () => {
  it("has its columns in small letters", async () => {
    const table = tableOf("a.csv", await rowsOf("a.csv", "File_Name,LABEL\nA.png,Cat\n"));
    expect(table).toEqual({
      columns: ["file_name", "label"],
      rows: [{ at: "a.csv row 2", cells: { file_name: "A.png", label: "Cat" } }],
    });
  });

  it("cannot have a column twice", async () => {
    const rows = await rowsOf("a.csv", "label,Label\n1,2\n");
    expect(await refusalOf(() => tableOf("a.csv", rows))).toBe(
      "a.csv has two columns that are called label: name them apart",
    );
  });
});

describe("JSON Lines", () => {
  it("are rows with texts, numbers, yes and no", () => {
    expect(
      jsonRows("m.jsonl", '{"File_Name":"a.png","label":3}\r\n\n{"file_name":"b.png","label":true,"box":[1]}\n'),
    ).toEqual({
      columns: ["file_name", "label"],
      rows: [
        { at: "m.jsonl row 1", cells: { file_name: "a.png", label: "3" } },
        { at: "m.jsonl row 3", cells: { file_name: "b.png", label: "true" } },
      ],
    });
  });

  it.each([
    ["no JSON", '{"a":1}\n{"a":\n', /^m\.jsonl row 2 is not JSON: /],
    [
      "an array",
      "[1,2]\n",
      'm.jsonl row 1 is not a JSON object: each row must be one, such as {"file_name": "a.png", "label": "cat"}',
    ],
    ["a number", "3\n", /^m\.jsonl row 1 is not a JSON object/],
    ["null", "null\n", /^m\.jsonl row 1 is not a JSON object/],
  ])("are refused with %s", async (_, text, says) => {
    expect(await refusalOf(() => jsonRows("m.jsonl", text))).toEqual(
      typeof says === "string" ? says : expect.stringMatching(says),
    );
  });
});
