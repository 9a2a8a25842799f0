import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { syntheticReproduction } from "../../../../test/support/reproduction.js";
import { testErrorSvg } from "./errors.js";

const { document } = parseHTML("<!doctype html><html></html>");

test("test errors of five architectures over three rounds, as the report shows them", async () => {
  const svg = testErrorSvg(syntheticReproduction().reproduction, document);
  await expect(svg).toMatchFileSnapshot("../snapshots/test-error.svg");
});

test("one round has no interval, and every coordinate is a number", () => {
  const svg = testErrorSvg(syntheticReproduction({ rounds: 1 }).reproduction, document);
  expect(svg).toContain("ours: one round");
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});
