import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { percent } from "../../../core/text/format.js";
import { FEWEST, MOST, networks, rounds, sizes, steps, testPairs, worthAt } from "./study.js";
import { factorsTable } from "./study-tables.js";

const docs = (name: string) => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), "utf8");

/** The rows of a table of docs/worth.md that stands after some words, without its head: cells as text. */
function tableAfter(words: string): string[][] {
  const text = docs("worth.md");
  const [, ...lines] = text.slice(text.indexOf(words)).split("\n");
  const from = lines.findIndex((line) => line.startsWith("|")) + 2;
  const rows = lines.slice(
    from,
    lines.findIndex((line, i) => i > from && !line.startsWith("|")),
  );
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.replaceAll("**", "").trim()),
  );
}

describe("the study is that of docs/worth.md", () => {
  it("has its factors and their intervals, to the printed digits", () => {
    expect(factorsTable().rows).toEqual(tableAfter("With the networks' own settings, in the same 12 rounds:"));
  });

  it("has its test errors", () => {
    const printed = tableAfter("Test errors, means over the tunings").map(([pairs = "", ...cells]) => [
      pairs,
      ...cells.map((cell) => /\((.+)\)/.exec(cell)?.[1]),
    ]);
    const own = sizes.map((size, i) => [
      size.toLocaleString("en-US"),
      ...networks.map(({ means }) => percent(means[i]?.mean ?? Number.NaN)),
    ]);
    expect(own).toEqual(printed);
  });

  it("has the rounds that its figure has as dots", () => {
    const figure = docs("figures/worth.svg");
    const panel = figure.slice(0, figure.indexOf("Each hint's factor"));
    const ticks = [...panel.matchAll(/<text transform="translate\(50,([\d.]+)\)"[^>]*>([\d.]+)</g)].map(
      ([, y, error]) => [Number(y), Math.log(Number(error) / 100)] as const,
    );
    const [[y0, log0], [y1, log1]] = [ticks[0], ticks.at(-1)] as [readonly [number, number], readonly [number, number]];
    const errorAt = (y: number) => Math.exp(log0 + ((y - y0) / (y1 - y0)) * (log1 - log0));
    const shown = [...panel.matchAll(/<g fill-opacity="0.35"[^>]*>(.*?)<\/g>/gs)].map(([, dots = ""]) =>
      [...dots.matchAll(/cy="([\d.]+)"/g)].map(([, y]) => testPairs * errorAt(Number(y))),
    );
    expect(shown).toHaveLength(networks.length);
    networks.forEach(({ curve }, i) => {
      const wrong = curve.errors.flat().map((error) => expect.closeTo(testPairs * error, 6));
      expect(shown[i]).toEqual(wrong);
    });
  });
});

it("each step adds a hint to the network before, and every size has all rounds", () => {
  expect(steps.map(({ hint }) => hint)).toEqual(["convolution", "weight sharing", "auxiliary loss", "comparison rule"]);
  steps.forEach(({ plain, hinted }, i) => {
    expect([plain, hinted]).toEqual(networks.slice(i, i + 2));
  });
  for (const { curve } of networks) {
    expect(curve.errors).toHaveLength(sizes.length);
    for (const errors of curve.errors) expect(errors).toHaveLength(rounds);
  }
  expect([FEWEST, MOST]).toEqual([250, 7500]);
});

it("between two sizes the error lies on a straight line of logarithms", () => {
  const step = steps[2] as (typeof steps)[number];
  const [low, high] = [worthAt(step, 1000), worthAt(step, 2500)];
  const part = Math.log(1.5) / Math.log(2.5);
  const between = worthAt(step, 1500);
  expect(Math.log(between.error)).toBeCloseTo((1 - part) * Math.log(low.error) + part * Math.log(high.error), 12);
  expect([low, between, high].map(({ isMeasured }) => isMeasured)).toEqual([true, false, true]);
});
