import { expect, test } from "vitest";
import { InvalidRequest } from "../../errors.js";
import { parseOptimizers } from "./parse-optimizers.js";

test("names separated by commas, or all", () => {
  expect(parseOptimizers("sgd, muon")).toEqual(["sgd", "muon"]);
  expect(parseOptimizers(" all")).toBe("all");
});

test.each([
  ["adam,sgdd", /^--optimizers: there is no "sgdd": did you mean sgd\? There are adam, /],
  ["adam,", /there is no ""/],
])("%j is refused", (text, message) => {
  expect(() => parseOptimizers(text)).toThrow(InvalidRequest);
  expect(() => parseOptimizers(text)).toThrow(message);
});
