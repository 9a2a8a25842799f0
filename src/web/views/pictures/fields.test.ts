import { expect, test } from "vitest";
import { fieldsNamed, inFields, readOrder, readSize } from "./fields.js";

test("a message has the view's fields in place of the command line's options", () => {
  const fit =
    "flags/ch/1.png is 100×100 (height × width), which is not the shape of 16×24: say --fit stretch, pad or crop";
  expect(inFields(fit)).toBe(
    "flags/ch/1.png is 100×100 (height × width), which is not the shape of 16×24: choose “Fit”: stretch, pad or crop",
  );
  expect(fieldsNamed(fit)).toEqual(["fit"]);
  const same =
    "pairs.csv: labels are 0 and 1, and nothing says which of them means that two pictures match: say --same 1 or --same 0";
  expect(inFields(same)).toMatch(/match: say “Same” 1 or “Same” 0$/);
  expect(fieldsNamed(same)).toEqual(["same"]);
  const columns =
    "pairs.csv: there are not two columns that name files from the list's folder: its first pair is a b; name the columns with --first and --second, and the files' folder with --images";
  expect(inFields(columns)).toMatch(
    /; name the columns with “First picture” and “Second picture”, or put the list into the folder from which it names them$/,
  );
  expect(fieldsNamed(columns)).toEqual(["first", "second"]);
});

test("what names no field stays", () => {
  const plain = "flags/ad/1.png is damaged: it ends within its pixels";
  expect([inFields(plain), fieldsNamed(plain)]).toEqual([plain, []]);
  // A folder may be called so; an option that the view has no field for stays as it is.
  expect(fieldsNamed("folder--fitted: take test pairs of other classes (--split classes)")).toEqual([]);
});

test("a size is a height and a width, as on the command line", () => {
  expect(["32x24", " 8 × 64 ", "32X32"].map(readSize)).toEqual([
    { height: 32, width: 24 },
    { height: 8, width: 64 },
    { height: 32, width: 32 },
  ]);
  for (const text of ["32", "7x32", "32x65", "", "32x32x3", "a×b"])
    expect(() => readSize(text)).toThrow(
      `Size must be a height and a width from 8 to 64, such as 32×32, not "${text}"`,
    );
});

test("an order is names with commas between them", () => {
  expect(readOrder("small, medium ,large")).toEqual(["small", "medium", "large"]);
  expect(readOrder("  ")).toBeUndefined();
});
