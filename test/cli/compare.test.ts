import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluateRun, type FinishedRun } from "../../src/core/index.js";
import { loadDataset, RunStore } from "../../src/node/index.js";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { newKernels } from "../support/kernels.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
const compare = (names: readonly string[], ...more: string[]) =>
  here([
    ...["compare", ...names, "--rounds", "2", "--seed", "3", "--epochs", "2", "--pairs", "100"],
    ...["--data", at("MNIST"), "--runs", at("runs"), "--out", at("report"), ...more],
  ]);

beforeAll(async () => {
  folder = await temporaryFolder();
  // 1,500 test pairs, more than a run's own 1,000.
  await writeFewDigits(at("MNIST"), { train: 1500, test: 3000 });
});
afterAll(() => folder.remove());

test("compare --json prints one document, which the report's folder has too", async () => {
  const { code, stdout, stderr } = await compare(["mlp", "one-by-one", "weight-sharing"], "--json");
  expect(code).toBe(0);
  const comparison = JSON.parse(stdout);
  expect(JSON.parse(await readFile(at("report", "compare.json"), "utf8"))).toEqual(comparison);
  expect(stderr).toMatch(/6\/6/);
  expect(stderr).toMatch(/^measuring trained networks on all 1,500 test pairs: 6$/m);

  // Two rounds have no interval.
  const spread = { mean: expect.any(Number), sd: expect.any(Number), ci95: null };
  const general = { of: "images", ci95: null, imagesSd: expect.any(Number), trainingOverlap: expect.any(Number) };
  const distribution = Object.fromEntries(
    ["least", "lowerQuartile", "median", "upperQuartile", "greatest"].map((name) => [name, expect.any(Number)]),
  );
  const calibration = {
    ...{ brierScore: expect.any(Number), logLoss: expect.any(Number) },
    expectedError: { error: expect.any(Number), byChance: expect.any(Number) },
  };
  expect(comparison.differencePairs).toBe(1500);
  expect(comparison).toMatchObject({ rounds: 2, seed: 3, dataset: { name: "MNIST" }, engine: { simd: "base" } });
  expect(comparison.architectures).toEqual(
    [
      { name: "mlp", parameters: 89_712 },
      { name: "one-by-one", parameters: 43_274 },
      // With the weights of two epochs on 100 pairs it says yes to all pairs of one round.
      { name: "weight-sharing", parameters: 75_202, constantRounds: { yes: 1, no: 0 } },
    ].map((architecture) => ({
      ...architecture,
      secondsPerRun: {
        median: expect.any(Number),
        least: expect.any(Number),
        greatest: expect.any(Number),
        clock: "yardstick",
      },
      trainError: spread,
      testError: spread,
      distribution,
      calibration: {
        ...{ pairs: 1500, expectedError: spread, byChance: expect.any(Number), brierScore: spread, logLoss: spread },
      },
      divergedShare: { value: 0, ci95: [0, expect.closeTo(0.6576, 4)] },
      general,
      samplingSd: expect.any(Number),
      allTestPairs: { pairs: 1500, testError: spread, distribution, general, samplingSd: expect.any(Number) },
      runs: [3, 4].map((seed) => ({
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        seed,
        trainError: expect.any(Number),
        testError: expect.any(Number),
        allTestPairsError: expect.any(Number),
        calibration,
        answers: { yes: expect.any(Number), no: expect.any(Number) },
        constantAnswer: expect.toBeOneOf(["yes", "no", null]),
        weightsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      })),
    })),
  );
  const errors = (name: string): number[] =>
    comparison.architectures
      .find((architecture: { name: string }) => architecture.name === name)
      .runs.map(({ allTestPairsError }: { allTestPairsError: number }) => allTestPairsError);
  const pairs = comparison.differences.map(({ a, b }: { a: string; b: string }) => [a, b]);
  expect(pairs).toEqual([
    ["mlp", "one-by-one"],
    ["mlp", "weight-sharing"],
    ["one-by-one", "weight-sharing"],
  ]);
  for (const difference of comparison.differences) {
    const [a = 0, a2 = 0] = errors(difference.a);
    const [b = 0, b2 = 0] = errors(difference.b);
    expect(difference.mean).toBeCloseTo((a + a2 - b - b2) / 2, 10);
    // Two rounds have four assignments of signs, of which two or all are as far.
    expect([0.5, 1]).toContain(difference.p);
    expect(difference).toMatchObject({
      pHolm: 1,
      exact: true,
      general,
      probabilityOfSuperiority: {
        value: (Number(a < b) + Number(a2 < b2)) / 2,
        ci95: [expect.any(Number), expect.any(Number)],
      },
      sentence: expect.stringMatching(/^2 rounds are too few .*over 3 pairs that takes at least 7 rounds\./),
    });
  }
});

test("the error on all test pairs is that of the stored networks, which their own test pairs are a part of", async () => {
  const { architectures } = JSON.parse(await readFile(at("report", "compare.json"), "utf8"));
  const { runs, allTestPairs } = architectures[2];
  const [store, images, kernels] = [new RunStore(at("runs")), await loadDataset(at("MNIST")), newKernels()];
  for (const { id, testError, allTestPairsError, constantAnswer } of runs) {
    const run = (await store.find(id)) as FinishedRun;
    const { yes = -1, wrong, calibration, ...error } = evaluateRun(run, images, kernels);
    const kept = JSON.parse(await readFile(at("runs", id, "all-test-pairs.json"), "utf8"));
    expect(kept.wrong).toBe(Buffer.from(wrong as Uint8Array).toString("base64"));
    expect(kept.calibration).toEqual(calibration);
    expect(error).toEqual({ pairs: 1500, testError: allTestPairsError });
    expect(constantAnswer).toBe(yes === 1500 ? "yes" : yes === 0 ? "no" : null);
    expect(evaluateRun(run, images, kernels, 1000).testError).toBe(testError);
  }
  expect(allTestPairs.testError.mean).toBeCloseTo((runs[0].allTestPairsError + runs[1].allTestPairsError) / 2, 12);
});

test("the report has the figures, the data, and beside them the parts of other commands", async () => {
  const files = await readdir(at("report"), { recursive: true });
  expect(files).toEqual(
    expect.arrayContaining([
      "compare.csv",
      "compare-differences.csv",
      "figures/compare-differences.svg",
      "figures/compare-errors.svg",
      "figures/compare-pareto.svg",
      "pairlab.bib",
      "report.html",
      "report.md",
    ]),
  );
  expect(await readFile(at("report", "report.md"), "utf8")).toMatch(
    /\n##+ Methods in one paragraph\n\nThe question about a pair was: /,
  );
  const lines = async (name: string) => (await readFile(at("report", name), "utf8")).trimEnd().split("\n");
  expect(await lines("compare.csv")).toHaveLength(1 + 3 * 2);
  expect(await lines("compare-differences.csv")).toHaveLength(1 + 3 * 2);
  expect(await readFile(at("report", "report.md"), "utf8")).toContain(
    "pairlab compare mlp one-by-one weight-sharing --rounds 2 --seed 3 --epochs 2 --pairs 100",
  );
});

test("runs that are there are not trained again; tables and sentences without --json", async () => {
  const { code, stdout, stderr } = await compare(["one-by-one", "mlp"]);
  expect(code).toBe(0);
  expect(stderr.match(/kept from before/g)).toHaveLength(4);
  expect(stderr).not.toContain("measuring");
  expect(stdout).toMatch(/Architectures\n.*│ one-by-one +│ +43,274 │.*Differences\n.*│ one-by-one +│ +MLP │/s);
  expect(stdout).toMatch(/^2 rounds are too few to show any difference between (one-by-one|MLP) and /m);
  expect(stdout).not.toContain("paper");
});

test("all five of the paper's: its conclusions follow the sentences", async () => {
  const names = ["mlp", "simple-cnn", "weight-sharing", "weight-sharing-auxiliary", "one-by-one"];
  const { code, stdout } = await compare(names, "--quiet");
  expect(code).toBe(0);
  expect(stdout).toMatch(/Which of the paper's conclusions hold\n\nThe auxiliary loss lowers test error greatly: /);
  expect(stdout).toMatch(/The paper's numbers and ours\n\nSettings were changed, which may be why /);
});

test("variants: options apply to all, a variant's own value wins, and the report's command gives them again", async () => {
  const variant = "mlp:learning-rate=0.01,epochs=1";
  const names = ["mlp", variant, "one-by-one:label-smoothing=0.1"];
  const { code, stdout } = await compare(names, "--json", "--evaluate-on", "validation", "--batch-size", "25");
  expect(code).toBe(0);
  const { evaluateOn, architectures, differences, paper } = JSON.parse(stdout);
  expect(evaluateOn).toBe("validation");
  expect(paper).toBeUndefined();
  expect(architectures.map(({ name }: { name: string }) => name)).toEqual(names);
  expect(architectures[0]).not.toHaveProperty("settings");
  expect(architectures[1]).toMatchObject({ architecture: "mlp", settings: { learningRate: 0.01, epochs: 1 } });
  expect(differences.map(({ a, b }: { a: string; b: string }) => [a, b])).toEqual([
    [names[0], names[1]],
    [names[0], names[2]],
    [names[1], names[2]],
  ]);
  const configs = await Promise.all(
    architectures.map(async ({ runs: [{ id }] }: { runs: [{ id: string }] }) => {
      return JSON.parse(await readFile(at("runs", id, "run.json"), "utf8")).config;
    }),
  );
  expect(
    configs.map(({ epochs, learningRate, batchSize, labelSmoothing = 0 }) => [
      epochs,
      learningRate,
      batchSize,
      labelSmoothing,
    ]),
  ).toEqual([
    [2, 0.002, 25, 0],
    [1, 0.01, 25, 0],
    [2, 0.002, 25, 0.1],
  ]);
  for (const config of configs) expect(config.evaluateOn).toBe("validation");
  const report = await readFile(at("report", "report.md"), "utf8");
  expect(report).toContain(
    `pairlab compare mlp ${variant} one-by-one:label-smoothing=0.1 --rounds 2 --seed 3 --epochs 2 --batch-size 25 --pairs 100 --evaluate-on validation`,
  );
  expect(report).toContain(`MLP with learning rate 0.01, epochs 1: ${variant}`);
  expect(await readFile(at("report", "figures", "compare-errors.svg"), "utf8")).toContain(
    "Validation error (% of pairs)",
  );
});

test("--until shown adds rounds until it is decided what differs, and the report's command gives the same", async () => {
  const command = [
    ...["compare", "mlp", "quick", "--seed", "3", "--epochs", "1", "--pairs", "100", "--evaluate", "end"],
    ...["--data", at("MNIST"), "--runs", at("runs"), "--out", at("until"), "--until", "shown", "--margin", "60"],
  ];
  const { code, stdout, stderr } = await here([...command, "--rounds-at-most", "12", "--json"]);
  expect(code).toBe(0);
  const { rounds, until, architectures, differences, paper } = JSON.parse(stdout);
  expect(stderr).toMatch(/^rounds 1 to 6: 12 runs$/m);
  expect(rounds).toBeGreaterThanOrEqual(6);
  expect(rounds).toBeLessThan(12);
  expect(until).toEqual({ margin: 0.6 });
  expect(architectures.map(({ runs }: { runs: unknown[] }) => runs.length)).toEqual([rounds, rounds]);
  expect(paper).toBeUndefined();
  const [{ decision, p, equivalence, exact, sentence }] = differences;
  expect(["shown", "equivalent"]).toContain(decision);
  expect(Math.min(p, equivalence.p)).toBeLessThanOrEqual(0.05);
  expect(exact).toBeNull();
  expect(sentence).toMatch(/^(Shown|Equivalent within 60\.0 points): .* \(n = \d+, looked at after every round, p = /);
  const report = await readFile(at("until", "report.md"), "utf8");
  const again = `pairlab compare mlp quick --until shown --margin 60 --rounds-at-most ${rounds} --seed 3 --epochs 1 --pairs 100`;
  expect(report).toContain(again);
  const repeated = await here([...command, "--rounds-at-most", String(rounds), "--json"]);
  expect(JSON.parse(repeated.stdout).differences).toEqual(differences);
});

test.each([
  [["--margin", "1"], "--margin says when --until shown stops"],
  [["--rounds-at-most", "9"], "--rounds-at-most says when --until shown stops"],
  [["--until", "shown", "--rounds", "9"], "--rounds is a fixed number and --until shown decides it"],
])("%j is refused in one line", async (options, says) => {
  const { code, stderr } = await here(["compare", "mlp", "quick", ...options, "--runs", at("none")]);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
  expect(stderr.trimEnd()).not.toContain("\n");
});
