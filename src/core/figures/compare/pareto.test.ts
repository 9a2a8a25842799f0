import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { around, syntheticRecords } from "../../../../test/support/comparison.js";
import { compareArchitectures } from "../../experiments/compare/comparison.js";
import { paretoSvg } from "./pareto.js";

const { document } = parseHTML("<!doctype html><html></html>");

const SECONDS: Readonly<Record<string, number>> = {
  mlp: 0.4,
  "simple-cnn": 1.5,
  "weight-sharing": 2,
  "weight-sharing-auxiliary": 2.3,
  "one-by-one": 1.8,
};

function compared(errors: Readonly<Record<string, readonly number[]>>) {
  const records = syntheticRecords({ errors }).map((record) => ({
    ...record,
    seconds: SECONDS[record.architecture] ?? 1,
  }));
  return compareArchitectures(Object.keys(errors), records, {
    rounds: Object.values(errors)[0]?.length ?? 0,
    seed: 0,
    dataset: { name: "MNIST", sha256: "5e".repeat(32) },
    engine: { version: "0.1.0", simd: "base", workers: 2 },
  });
}

const FIVE = {
  mlp: around(187, 10),
  "simple-cnn": around(176, 10, 1),
  "weight-sharing": around(166, 10, 2),
  "weight-sharing-auxiliary": around(76, 10, 3),
  "one-by-one": around(26, 10, 4),
};

test("five architectures, as the report shows them", async () => {
  await expect(paretoSvg(compared(FIVE), document)).toMatchFileSnapshot("../snapshots/pareto.svg");
});

test("says which networks are on the front, for time and for parameters", () => {
  const description = paretoSvg(compared(FIVE), document).match(/<desc>(.*)<\/desc>/)?.[1];
  expect(description).toMatch(/Recorded wall-clock time[^:]*: MLP, simple CNN, one-by-one\./);
  // One-by-one has the fewest parameters and the lowest error.
  expect(description).toMatch(/Parameters: one-by-one\./);
});

test("an error of 0, and one round, still have a place", () => {
  const svg = paretoSvg(compared({ mlp: [0.19], "one-by-one": [0] }), document);
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(svg).toContain("one round");
});

test("variants of one architecture have one panel, numbers beside their marks, and names below", () => {
  const variants = ["0.1", "0.2", "0.3"].map((rate) => {
    const records = syntheticRecords({
      errors: { mlp: [0.1, 0.12, Number(rate)] },
      overrides: { learningRate: Number(rate), weightDecay: 0.0001 },
    });
    const settings = { learningRate: Number(rate), schedule: "cosine", weightDecay: 0.0001 };
    return {
      records: records.map((record) => ({ ...record, seconds: 2 + Number(rate) })),
      variant: {
        name: `mlp:learning-rate=${rate},schedule=cosine,weight-decay=0.0001`,
        architecture: "mlp",
        settings,
        runs: records.map(({ id }) => id),
      },
    };
  });
  const comparison = compareArchitectures(
    variants.map(({ variant }) => variant),
    variants.flatMap(({ records }) => records),
    {
      rounds: 3,
      seed: 0,
      dataset: { name: "MNIST", sha256: "5e".repeat(32) },
      engine: { version: "0.1.0", simd: "base", workers: 2 },
    },
  );
  const svg = paretoSvg(comparison, document);
  // All have the same number of parameters, which shows nothing.
  expect(svg).not.toContain(">Parameters<");
  const texts = [...svg.matchAll(/<text class="halo"[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(texts).toEqual(["1", "2", "3"]);
  expect(svg).toContain(">learning rate 0.3, cosine learning rate, 0.0001 weight decay</text>");
  // Times from 2.1 to 2.3 s have no number of one digit between.
  const axis = svg.match(/aria-label="x-axis tick label">(.*?)<\/g>/)?.[1] ?? "";
  expect(axis.match(/<text/g)?.length).toBeGreaterThan(1);
});
