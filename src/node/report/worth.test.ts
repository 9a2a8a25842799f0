import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { afterEach, beforeEach, expect, test } from "vitest";
import { worthPart } from "../../../test/support/parts.js";
import { syntheticWorth } from "../../../test/support/worth.js";
import { EXPERIMENT_NAMES } from "../cli/experiments.js";
import { writeReport } from "./index.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-report-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = (...path: string[]) => readFile(join(folder, ...path), "utf8");

test("writes the report, its figure, JSON and CSV, and nothing else", async () => {
  const { worth, records } = syntheticWorth();
  expect(await writeReport(folder, await worthPart({ result: worth, records }), EXPERIMENT_NAMES)).toEqual([]);
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
    "figures",
    "figures/worth.svg",
    "parts",
    "parts/worth.json",
    "report.html",
    "report.md",
    "worth-curves.csv",
    "worth-factors.csv",
    "worth.json",
  ]);
  expect(JSON.parse(await read("worth.json"))).toEqual(worth);
});

test("the page has the sentences, the tables, and every run", async () => {
  const { worth, records } = syntheticWorth();
  await writeReport(folder, await worthPart({ result: worth, records }), EXPERIMENT_NAMES);
  const { document } = parseHTML(await read("report.html"));
  expect([...document.querySelectorAll("caption strong")].map(({ textContent }) => textContent)).toEqual([
    "What each hint is worth, in training pairs",
    "Test errors",
    "Training errors",
  ]);
  expect(document.querySelectorAll("h2 + ul li")).toHaveLength(5);
  expect(document.querySelectorAll("details tbody tr")).toHaveLength(records.length);
});

test("settings name the sizes, and the networks as the figure does", async () => {
  const { worth, records } = syntheticWorth({ sizes: [125, 1000] });
  await writeReport(folder, await worthPart({ result: worth, records }), EXPERIMENT_NAMES);
  const markdown = await read("report.md");
  expect(markdown).toContain("**Pairs**: 125, 1,000 training pairs; 5,000 test pairs a round");
  expect(markdown).toContain(
    "**Weight of each image's digit loss**: 0.5, beside 1 for the pair's label (+ auxiliary loss); 0.5, with no other loss (+ comparison rule)",
  );
});

test("CSV: a line for each run, and one for each hint and size, open ends empty", async () => {
  const { worth, records } = syntheticWorth();
  await writeReport(folder, await worthPart({ result: worth, records }), EXPERIMENT_NAMES);
  const curves = (await read("worth-curves.csv")).trimEnd().split("\n");
  expect(curves[0]).toBe("architecture,pairs,seed,train_error,test_error,run");
  expect(curves.slice(1).toSorted()).toEqual(
    records
      .map(({ architecture, config, seed, trainError, testError, id }) =>
        [architecture, config.trainPairs, seed, trainError, testError, id].join(","),
      )
      .toSorted(),
  );
  const factors = (await read("worth-factors.csv")).trimEnd().split("\n");
  expect(factors).toHaveLength(1 + 4 * 7);
  expect(factors[0]).toBe("hint,with,without,pairs,factor,ci95_low,ci95_high,pairs_without,bound");
  expect(factors.at(-1)).toBe(
    "comparison rule,trunk+sharing+auxiliary+batch-norm+dropout+rule,trunk+sharing+auxiliary+batch-norm+dropout,8000,1,1,,8000,lower",
  );
});

test("the command line has all that decides a number", async () => {
  const commandOf = async ({ worth, records }: ReturnType<typeof syntheticWorth>) => {
    const { blocks } = await worthPart({ result: worth, records });
    return blocks.find((block) => block.kind === "command")?.command;
  };
  const options = { rounds: 2, seed: 3, sizes: [125, 1000] };
  expect(await commandOf(syntheticWorth(options))).toBe("pairlab worth --sizes 125,1000 --rounds 2 --seed 3");
  expect(await commandOf(syntheticWorth({ ...options, overrides: { epochs: 3, batchSize: 20 } }))).toBe(
    "pairlab worth --sizes 125,1000 --rounds 2 --seed 3 --epochs 3 --batch-size 20",
  );
});
