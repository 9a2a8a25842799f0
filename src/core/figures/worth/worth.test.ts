import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { syntheticWorth } from "../../../../test/support/worth.js";
import { worthSvg } from "./worth.js";

const { document } = parseHTML("<!doctype html><html></html>");

test("what each hint is worth, of five networks over three rounds, as the report shows it", async () => {
  await expect(worthSvg(syntheticWorth().worth, document)).toMatchFileSnapshot("../snapshots/worth.svg");
});

test("one round has no intervals, and every coordinate is a number", () => {
  const svg = worthSvg(syntheticWorth({ rounds: 1 }).worth, document);
  expect(svg).toContain("one round");
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});
