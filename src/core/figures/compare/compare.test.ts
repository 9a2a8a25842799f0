import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { around, syntheticComparison } from "../../../../test/support/comparison.js";
import { compareDifferencesSvg } from "./differences.js";
import { compareErrorsSvg } from "./errors.js";

const { document } = parseHTML("<!doctype html><html></html>");

const five = (rounds: number) =>
  syntheticComparison({
    errors: {
      mlp: around(187, rounds),
      "simple-cnn": around(186, rounds, 1),
      "weight-sharing": around(166, rounds, 2),
      "weight-sharing-auxiliary": around(76, rounds, 3),
      "one-by-one": around(26, rounds, 4),
    },
  }).comparison;

const two = (rounds: number) =>
  syntheticComparison({
    errors: { "weight-sharing": around(166, rounds), "weight-sharing-auxiliary": around(76, rounds, 1) },
  }).comparison;

test("errors of five architectures over ten rounds, as the report shows them", async () => {
  await expect(compareErrorsSvg(five(10), document)).toMatchFileSnapshot("../snapshots/compare-errors.svg");
});

test("ten differences over ten rounds, as the report shows them", async () => {
  await expect(compareDifferencesSvg(five(10), document)).toMatchFileSnapshot("../snapshots/compare-differences.svg");
});

test("two architectures: a line joins the errors of each round", async () => {
  await expect(compareErrorsSvg(two(10), document)).toMatchFileSnapshot("../snapshots/compare-errors-two.svg");
});

test("one difference, which needs no correction", async () => {
  await expect(compareDifferencesSvg(two(10), document)).toMatchFileSnapshot(
    "../snapshots/compare-differences-one.svg",
  );
});

test("a difference lies on the side of the better architecture, whichever is named first", () => {
  const errors = { mlp: around(187, 10), "one-by-one": around(26, 10, 1) };
  const middle = (svg: string) => Number(svg.match(/<line [^>]*x2="([\d.]+)" x1="\1"/)?.[1]);
  const centers = (svg: string) => [...svg.matchAll(/<circle r="3"[^>]* cx="([\d.]+)"/g)].map(([, x]) => Number(x));
  const secondBetter = compareDifferencesSvg(syntheticComparison({ errors }).comparison, document);
  expect(centers(secondBetter)).toHaveLength(10);
  for (const x of centers(secondBetter)) expect(x).toBeGreaterThan(middle(secondBetter));
  const turned = { "one-by-one": errors["one-by-one"], mlp: errors.mlp };
  const firstBetter = compareDifferencesSvg(syntheticComparison({ errors: turned }).comparison, document);
  for (const x of centers(firstBetter)) expect(x).toBeLessThan(middle(firstBetter));
  expect(firstBetter).toMatch(/← one-by-one better<.*>MLP better →</s);
});

test("a mean is a ring where no difference is shown, and filled where one is", () => {
  const rings = (rounds: number, b: number) => {
    const errors = { mlp: around(187, rounds), "simple-cnn": around(b, rounds, 1) };
    return compareDifferencesSvg(syntheticComparison({ errors }).comparison, document).match(
      /class="train line ring"/g,
    );
  };
  expect(rings(10, 186)).toHaveLength(1);
  expect(rings(10, 26)).toBeNull();
});

test("equal errors and one round: every coordinate is a number", () => {
  const equal = { mlp: [0, 0, 0], "simple-cnn": [0, 0, 0] };
  for (const comparison of [five(1), two(1), syntheticComparison({ errors: equal }).comparison])
    for (const svg of [compareErrorsSvg(comparison, document), compareDifferencesSvg(comparison, document)])
      expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
  expect(compareErrorsSvg(two(1), document)).toContain("one round");
  expect(compareDifferencesSvg(two(1), document)).toContain("not tested");
});

test("names too long to stand side by side take two lines, and keep their room beside the axis", async () => {
  const errors = {
    "trunk+auxiliary+batch-norm+dropout": around(90, 10),
    "trunk+sharing+auxiliary+batch-norm+dropout": around(76, 10, 1),
    "trunk+sharing+auxiliary+batch-norm+dropout+rule": around(30, 10, 2),
  };
  const { comparison } = syntheticComparison({ errors });
  await expect(compareErrorsSvg(comparison, document)).toMatchFileSnapshot("../snapshots/compare-errors-long.svg");
  await expect(compareDifferencesSvg(comparison, document)).toMatchFileSnapshot(
    "../snapshots/compare-differences-long.svg",
  );
});
