import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
const commandLine = (...more: string[]) => [
  ...["ablate", "--rounds", "2", "--candidates", "2", "--epochs", "1", "--pairs", "100"],
  ...["--data", at("MNIST"), "--runs", at("runs"), "--out", at("report"), ...more],
];

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFewDigits(at("MNIST"));
});
afterAll(() => folder.remove());

interface Document {
  readonly cells: readonly {
    readonly name: string;
    readonly settings: Readonly<Record<string, number>>;
    readonly testError: { readonly mean: number };
    readonly runs: readonly { readonly id: string; readonly seed: number; readonly testError: number }[];
  }[];
  readonly effects: readonly { readonly factors: readonly string[]; readonly mean: number; readonly pHolm: number }[];
}

test("an ablation of two rounds: tuned on validation pairs, measured on test pairs, continued after an interrupt", async () => {
  const interrupted = await pairlab(commandLine("--json"), "10/48");
  expect(interrupted.code).toBe(130);
  expect(interrupted.stdout).toBe("");

  const { code, stdout, stderr } = await here(commandLine("--json"));
  expect(code).toBe(0);
  expect(stderr).toMatch("tuning, step 1 of 1, 2 candidates of each of 24 networks: 48 runs");
  expect(stderr).toMatch(/seed 50000: validation error \d.*kept from before/);
  expect(stderr).toMatch("measuring 24 networks in 2 rounds: 48 runs");
  expect(stderr).toMatch(/48 trunk\+sharing\+auxiliary\+batch-norm\+dropout\+rule, seed 1: test error/);

  const document: Document = JSON.parse(stdout);
  expect(JSON.parse(await readFile(at("report", "ablate.json"), "utf8"))).toEqual(document);
  expect((await readdir(at("report"))).toSorted()).toEqual([
    "ablate-cells.csv",
    "ablate-effects.csv",
    "ablate-tuning.csv",
    "ablate.json",
    "figures",
    "pairlab.bib",
    "parts",
    "report.html",
    "report.md",
  ]);
  expect(document.cells).toHaveLength(24);
  expect(document.effects).toHaveLength(14);
  const sharing = document.effects.find(({ factors }) => factors.join() === "sharing");
  const meanOf = (shared: boolean) => {
    const those = document.cells.filter(({ name }) => name.includes("sharing") === shared);
    return those.reduce((sum, { testError }) => sum + testError.mean, 0) / those.length;
  };
  expect(sharing?.mean).toBeCloseTo(meanOf(true) - meanOf(false), 10);

  for (const { name, settings, runs } of document.cells) {
    expect(runs.map(({ seed }) => seed)).toEqual([0, 1]);
    const run = JSON.parse(await readFile(at("runs", runs[0]?.id ?? "", "run.json"), "utf8"));
    expect(run).toMatchObject({ architecture: name, seed: 0, testError: runs[0]?.testError });
    expect(run.config).toMatchObject({ evaluateOn: "test", learningRate: settings.learningRate, trainPairs: 100 });
    if (settings.dropout !== undefined) expect(run.config.dropout).toBe(settings.dropout);
    if (settings.auxiliaryWeight !== undefined)
      expect(run.config.network.auxiliaryWeight).toBe(settings.auxiliaryWeight);
  }
  const everyRun = await readdir(at("runs"));
  const reported = new Set(document.cells.flatMap(({ runs }) => runs.map(({ id }) => id)));
  const others = everyRun.filter((id) => /^[0-9a-f]{16}$/.test(id) && !reported.has(id));
  expect(others).toHaveLength(48);
  // The 1,500 training images less those of 100 training pairs make fewer than the usual 4,000.
  for (const id of others) {
    const { seed, config } = JSON.parse(await readFile(at("runs", id, "run.json"), "utf8"));
    expect({ seed, evaluateOn: config.evaluateOn, testPairs: config.testPairs }).toEqual({
      seed: 50_000,
      evaluateOn: "validation",
      testPairs: 650,
    });
  }
});

test("two tunings, each with a round of its own; the first is that of one tuning", async () => {
  const several = commandLine("--json", "--tunings", "2", "--rounds", "1");
  const { code, stdout, stderr } = await here(several);
  expect(code).toBe(0);
  expect(stderr).toMatch("tuning 2 of 2, step 1 of 1, 2 candidates of each of 24 networks: 48 runs");
  expect(stderr).toMatch("measuring 24 networks in 2 rounds: 48 runs");
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ rounds: 2, tunings: 2, tuning: { seeds: [50_000, 50_001] } });
  for (const { name, settings, tunings, runs } of document.cells) {
    expect(tunings[0].settings).toEqual(settings);
    expect(runs.map(({ seed }: { seed: number }) => seed)).toEqual([0, 1]);
    for (const [t, { id }] of runs.entries()) {
      const { architecture, config } = JSON.parse(await readFile(at("runs", id, "run.json"), "utf8"));
      expect(architecture).toBe(name);
      expect(config.learningRate).toBe(tunings[t].settings.learningRate);
    }
  }
  for (const { perRound, perTuning } of document.effects) expect(perTuning).toEqual(perRound);
  const report = await readFile(at("report", "report.md"), "utf8");
  expect(report).toMatch(/pairlab ablate --candidates 2 --tunings 2 --rounds 1 --seed 0/);
  const [head, first] = (await readFile(at("report", "ablate-tuning.csv"), "utf8")).split("\n");
  expect(head).toMatch(/^network,tuning,candidate,/);
  expect(first).toMatch(/^trunk,1,0,/);
});

test.each([
  [["--tunings", "101"], /--tunings .*from 1 to 100/],
  [["--tunings", "2", "--candidates", "1"], /--tunings 2 with --candidates 1: one candidate is no choice/],
  [["--rounds", "10001"], /--rounds .*from 1 to 10000/],
  [["--candidates", "65"], /--candidates .*from 1 to 64/],
  [["--preset", "slow"], /--preset .*quick, full/],
  [["--learning-rate", "0.1"], /unknown option '--learning-rate'/],
  [
    ["--pairs", "30000"],
    /1 validation pairs need 2 distinct images, but there are 0 beside those of 30000 training pairs: take at most 29999/,
  ],
])("%j is refused in one line, and nothing is trained", async (options, message) => {
  const { code, stdout, stderr } = await here(["ablate", ...options, "--runs", at("none"), "--out", at("no-report")]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
