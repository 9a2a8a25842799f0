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
  await writeFewDigits(at("few"), { train: 700, test: 500 });
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
    // Two rounds do not say how far a factor may lie.
    expect(ci95).toBeNull();
  }

  // The runs are kept: the same again trains nothing, and gives the same numbers.
  const again = await here(commandLine);
  expect(again.stderr.match(/kept from before/g)).toHaveLength(30);
  expect(again.stdout).toBe(stdout);
});

test("worth --tuned chooses each network's settings at each size, several times, and measures them in rounds of their own", async () => {
  const sizes = [50, 100];
  const commandLine = [
    ...["worth", "--tuned", "--tunings", "3", "--candidates", "2", "--rounds", "2", "--seed", "4"],
    ...[
      "--sizes",
      sizes.join(","),
      "--batch-size",
      "50",
      "--epochs",
      "3",
      "--data",
      at("few"),
      "--runs",
      at("tuned-runs"),
    ],
    ...["--out", at("tuned"), "--json"],
  ];
  const { code, stdout } = await here(commandLine);
  expect(code).toBe(0);
  const { tuned, rounds, curves, labelParts, labelBits } = JSON.parse(stdout);
  expect(rounds).toBe(6);
  expect(tuned).toMatchObject({ tunings: 3, candidates: 2, rounds: 2, seeds: [50_004, 50_005, 50_006] });
  expect(labelBits.classes).toBeCloseTo(2 * Math.log2(10), 1);
  for (const [i, { architecture, points }] of tuned.curves.entries())
    for (const [j, point] of points.entries()) {
      expect(point.runs.map(({ seed }: { seed: number }) => seed)).toEqual([4, 5, 6, 7, 8, 9]);
      expect(point.tunings).toHaveLength(3);
      const errors = point.runs.map(({ testError }: { testError: number }) => testError);
      const means = [0, 2, 4].map((first) => (errors[first] + errors[first + 1]) / 2) as [number, number, number];
      expect(point.testError.mean).toBeCloseTo((means[0] + means[1] + means[2]) / 3, 12);
      const spread = means.map((mean) => (mean - point.testError.mean) ** 2).reduce((a, b) => a + b);
      expect(point.testError.sd).toBeCloseTo(Math.sqrt(spread / 2), 12);
      for (const [tuning, { tried, chosen }] of point.tunings.entries()) {
        const [own, other] = tried.map(({ errors }: { errors: number[] }) => errors[0]);
        expect(chosen).toBe(other < own ? 1 : 0);
        // The network's own settings are the run that it has without tuning.
        const ids = (of: typeof points) =>
          of[j].runs.slice(2 * tuning, 2 * tuning + 2).map(({ id }: { id: string }) => id);
        if (chosen === 0) expect(ids(points)).toEqual(ids(curves[i].points));
        else expect(ids(points)).not.toEqual(ids(curves[i].points));
      }
      expect(architecture).toBe(curves[i].architecture);
    }
  expect(tuned.labelParts.map(({ labelFraction }: { labelFraction: number }) => labelFraction)).toEqual([
    0, 0.1, 0.25, 0.5, 1,
  ]);
  expect(labelParts[0].point).toEqual(curves[2].points[1]);
  expect(labelParts[4].point).toEqual(curves[3].points[1]);
  // All classes of all pairs: the auxiliary loss itself.
  expect(tuned.labelParts[4].factor).toBe(tuned.hints[2].factor);
  expect(labelParts[0].labelBits).toBe(1);
  expect(labelParts[4].labelBits).toBeCloseTo(labelBits.classes / labelBits.answer, 12);
  const candidates = (await readFile(at("tuned", "worth-tuning.csv"), "utf8")).trimEnd().split("\n");
  expect(candidates).toHaveLength(1 + (5 * 2 + 3) * 3 * 2);
  const report = await readFile(at("tuned", "report.md"), "utf8");
  expect(report).toContain("pairlab worth --sizes 50,100 --tuned --tunings 3 --candidates 2 --rounds 2 --seed 4");
  // A bound is said in words or by its sign.
  expect(report).not.toMatch(/than [<>]/);
  expect((await here(commandLine)).stdout).toBe(stdout);
}, 120_000);

test("what belongs to tuning is refused without it", async () => {
  const { code, stderr } = await here(["worth", "--candidates", "4"]);
  expect([code, stderr.trim()]).toEqual([2, "error: --candidates is of tuned networks: it needs --tuned"]);
});
