import { describe, expect, test } from "vitest";
import { isWithin } from "../limits.js";
import { optionName } from "./options.js";
import { rowOf, SETTING_NAMES } from "./table.js";

describe.each(SETTING_NAMES)("%s", (name) => {
  const row = rowOf(name);

  test("has a usual value that it can be", () => {
    const { usual } = row;
    if (usual === undefined) return;
    if (row.kind === "number") expect(isWithin(usual as number, row.limits)).toBe(true);
    if (row.kind === "choice") expect(row.names).toContain(usual);
  });

  test("is told in a line of its own, or in another's that has one", () => {
    const { method } = row;
    if ("by" in method)
      expect(rowOf(SETTING_NAMES.find((each) => each === method.by) ?? name).method).toHaveProperty("value");
  });

  test("has an option that no other one has, and takes a value unless it is a flag", () => {
    const same = SETTING_NAMES.filter((other) => optionName(other) === optionName(name));
    expect(same).toEqual([name]);
    if (row.option) expect(row.option.takes === undefined).toBe(row.kind === "flag");
  });

  test("is searched in what it can be", () => {
    const { search } = row;
    if (!search || search.over === "names" || !("low" in search.over) || row.kind !== "number") return;
    for (const end of [search.over.low, search.over.high]) expect(isWithin(end, row.limits)).toBe(true);
  });
});
