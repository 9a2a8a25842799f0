import { expect, test } from "vitest";
import { inShort, quoted } from "./given.js";

test("what was given is shown on one line, as far as it is needed", () => {
  expect(quoted("mlp")).toBe('"mlp"');
  expect(inShort("a".repeat(201))).toBe(`${"a".repeat(200)}…`);
  expect(quoted("a\nb\u001b[31m")).toMatch(/^"a\\nb\\\S+"$/);
});
