import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder();
  // 1,500 test pairs, more than a run's own 1,000.
  await writeFewDigits(at("MNIST"), { train: 1500, test: 3000 });
});
afterAll(() => folder.remove());

test("worth trains every network on every number of pairs, and says what each hint is worth", async () => {
  const sizes = [50, 100, 200];
  const settings = ["--sizes", sizes.join(","), "--rounds", "2", "--epochs", "1"];
  const commandLine = [
    "worth",
    ...settings,
    "--data",
    at("MNIST"),
    "--runs",
    at("runs"),
    "--out",
    at("report"),
    "--json",
  ];
  const { code, stdout, stderr } = await here(commandLine);
  expect(code).toBe(0);
  // The longest runs first.
  expect(stderr.split("\n")[0]).toMatch(/^1\/30 trunk\+.*\+rule, 200 pairs, seed [01]: test error /);
  const worth = JSON.parse(stdout);
  expect(JSON.parse(await readFile(at("report", "worth.json"), "utf8"))).toEqual(worth);
  expect(worth).toMatchObject({ rounds: 2, seed: 0, sizes, epochs: 1, testPairs: 1500 });
  for (const { points } of worth.curves) {
    expect(points.map(({ pairs, rounds }: Record<string, unknown>) => [pairs, rounds])).toEqual(
      sizes.map((pairs) => [pairs, 2]),
    );
    for (const { runs, testError } of points) {
      const [a, b] = runs.map((run: { testError: number }) => run.testError);
      expect(testError.mean).toBeCloseTo((a + b) / 2, 14);
      expect(Number.isInteger(Math.round(1e6 * a * 1500) / 1e6)).toBe(true);
    }
  }
  expect(worth.hints.map(({ hint }: { hint: string }) => hint)).toEqual([
    "convolution",
    "weight sharing",
    "auxiliary loss",
    "comparison rule",
  ]);
  for (const { at: pairs, factor, ci95 } of worth.hints) {
    expect(pairs).toBe(200);
    expect(factor).toBeGreaterThanOrEqual(0.25);
    expect(factor).toBeLessThanOrEqual(1);
    expect(ci95).toHaveLength(2);
  }

  // The runs are kept: the same again trains nothing, and gives the same numbers.
  const again = await here(commandLine);
  expect(again.stderr.match(/kept from before/g)).toHaveLength(30);
  expect(again.stdout).toBe(stdout);
});
