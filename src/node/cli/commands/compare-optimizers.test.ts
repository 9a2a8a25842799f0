import { expect, test } from "vitest";
import { findArchitecture } from "../../../core/architectures/index.js";
import { InvalidRequest } from "../../../core/errors.js";
import { parseOptimizers as parse } from "./compare-optimizers.js";

const parseOptimizers = (text: string, name = "mlp") => parse(text, findArchitecture(name));

test("names separated by commas, or all", () => {
  expect(parseOptimizers("sgd, muon")).toEqual(["sgd", "muon"]);
  expect(parseOptimizers("all")).toEqual(["adam", "adamw", "sgd", "rmsprop", "lion", "muon"]);
});

test.each([
  ["adam,sgdd", /^--optimizers: there is no "sgdd": did you mean sgd\? There are adam, /],
  ["adam,", /there is no ""/],
  ["adam,sgd,adam", /^--optimizers names adam twice/],
  ["adam", /^--optimizers adam: a comparison needs at least two/],
])("%j is refused", (text, message) => {
  expect(() => parseOptimizers(text)).toThrow(InvalidRequest);
  expect(() => parseOptimizers(text)).toThrow(message);
});

test("all are those that do to a network what no other one does: without a hidden layer Muon is AdamW", () => {
  expect(parseOptimizers("all", "quick")).toEqual(["adam", "adamw", "sgd", "rmsprop", "lion"]);
});
