import { expect, test } from "vitest";
import { addArchitectures, architectureTitle, findArchitecture, paperResult } from "./registry.js";

test("a title, or the name of what is not known here", () => {
  addArchitectures([{ name: "mine", title: "my own" }]);
  expect(architectureTitle("weight-sharing")).toBe("weight sharing");
  expect(architectureTitle("mine")).toBe("my own");
  expect(architectureTitle("trunk+sharing")).toBe("trunk with sharing");
  for (const unknown of ["from-the-future", "trunk+sharing+halo", "trunk+rule", "", "__proto__"])
    expect(architectureTitle(unknown)).toBe(unknown);
});

test("the paper's errors are of its networks only", () => {
  expect(paperResult("mlp")).toEqual(findArchitecture("mlp").paper);
  for (const other of ["best", "trunk+sharing", "mine", "from-the-future"]) expect(paperResult(other)).toBeUndefined();
});
