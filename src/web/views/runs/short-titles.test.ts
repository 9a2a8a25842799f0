import { expect, test } from "vitest";
import { shortTitles } from "./short-titles.js";

test("a network that is there once has its title, and one that is there several times letters", () => {
  expect(shortTitles(["MLP", "simple CNN", "MLP", "quick", "MLP"])).toEqual([
    "MLP A",
    "simple CNN",
    "MLP B",
    "quick",
    "MLP C",
  ]);
});

test("no two names are the same, however many there are", () => {
  const many = shortTitles(new Array(60).fill("MLP"));
  expect(new Set(many).size).toBe(60);
  expect(many.at(26)).toBe("MLP A2");
});
