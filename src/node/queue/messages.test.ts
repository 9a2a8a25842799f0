import { expect, it } from "vitest";
import { bounded } from "./messages.js";

const job = (data: string, ...more: string[]) => [["name", "run", "data", data, ...more], "r-0", 0, 0];

it("a job has its message and its counts, and nothing else that others may have written", () => {
  expect(bounded(job('{"a":1}', "stc", "2", "opts", "{", "parent", "{", "rjk", "x", "ats", "9".repeat(100)))).toEqual([
    ["data", '{"a":1}', "stc", "2"],
    "r-0",
    0,
    0,
  ]);
});

it("a message that is too long or no JSON is a text that says so", () => {
  expect(bounded(job("[".repeat(2 ** 21)))).toEqual([["data", '"2097152 characters"'], "r-0", 0, 0]);
  expect(bounded(job("{"))).toEqual([["data", '"no JSON"'], "r-0", 0, 0]);
});

it("a reply without a job stays as it is", () => {
  expect(bounded([0, 0, 0, 0])).toEqual([0, 0, 0, 0]);
  expect(bounded(-2)).toBe(-2);
});
