import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { pairlab, type TemporaryFolder, temporaryFolder, trainedRuns } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
const commandLine = (...more: string[]) => [
  ...[
    "compare",
    "mlp",
    "--optimizers",
    "sgd,adam",
    "--trials",
    "9",
    "--rounds",
    "2",
    "--epochs",
    "5",
    "--pairs",
    "100",
  ],
  ...["--workers", "2", "--data", at("MNIST"), "--runs", at("runs"), "--out", at("report"), ...more],
];

beforeAll(async () => {
  folder = await temporaryFolder();
  // As many training images as the usual 4,000 validation pairs take.
  await writeFewDigits(at("MNIST"), { train: 8200, test: 800 });
});
afterAll(() => folder.remove());

interface Document {
  readonly architectures: readonly {
    readonly name: string;
    readonly title: string;
    readonly architecture: string;
    readonly settings: Readonly<Record<string, unknown>>;
    readonly runs: readonly { readonly id: string; readonly seed: number }[];
  }[];
  readonly differences: readonly { readonly a: string; readonly b: string }[];
  readonly optimizers: readonly {
    readonly name: string;
    readonly variant: string;
    readonly settings: Readonly<Record<string, number>>;
    readonly validationError: { readonly mean: number };
    readonly trials: number;
    readonly warnings: readonly string[];
  }[];
  readonly plan: { readonly seeds: readonly number[] };
}

test("two optimizers: searched on validation pairs, compared on test pairs; continued after an interrupt", async () => {
  const interrupted = await pairlab(
    commandLine("--json", "--workers", "1"),
    "tuning adam, 3 trials, round 1: 3 runs\n1/3",
  );
  expect(interrupted.code).toBe(130);
  expect(interrupted.stderr).toMatch(/runs are kept in .*; the same command continues/);

  const { code, stdout, stderr } = await here(commandLine("--json"));
  expect(code).toBe(0);
  expect(stderr).toMatch(/seed 50000: validation error \d.*kept from before/);
  const document: Document = JSON.parse(stdout);
  expect(JSON.parse(await readFile(at("report", "compare.json"), "utf8"))).toEqual(document);
  expect(document.optimizers.map(({ name, trials }) => [name, trials])).toEqual([
    ["sgd", 9],
    ["adam", 9],
  ]);
  expect(Object.keys(document.optimizers[0]?.settings ?? {})).toEqual(["learningRate", "weightDecay", "momentum"]);
  expect(Object.keys(document.optimizers[1]?.settings ?? {})).toEqual(["learningRate", "weightDecay"]);
  expect(document.plan.seeds).toEqual(Array.from({ length: 10 }, (_, round) => 50_000 + round));
  expect(document.architectures.map(({ title }) => title)).toEqual(["SGD", "Adam"]);
  expect(document.architectures.map(({ name }) => name)).toEqual(document.optimizers.map(({ variant }) => variant));
  expect(document.differences.map(({ a, b }) => [a, b])).toEqual([document.optimizers.map(({ variant }) => variant)]);

  for (const [i, { runs }] of document.architectures.entries()) {
    expect(runs.map(({ seed }) => seed)).toEqual([0, 1]);
    const { config } = JSON.parse(await readFile(at("runs", runs[0]?.id ?? "", "run.json"), "utf8"));
    const { name, settings } = document.optimizers[i] ?? {};
    expect(config).toMatchObject({ optimizer: name, evaluateOn: "test", epochs: 5, trainPairs: 100 });
    expect(config.learningRate).toBe(settings?.learningRate);
  }

  // Every other run was on validation pairs.
  const reported = document.architectures.flatMap(({ runs }) => runs.map(({ id }) => id));
  const others = (await readdir(at("runs"))).filter((id) => /^[0-9a-f]{16}$/.test(id) && !reported.includes(id));
  expect(others.length).toBeGreaterThan(18);
  for (const id of others) {
    const { config } = JSON.parse(await readFile(at("runs", id, "run.json"), "utf8"));
    expect(config).toMatchObject({ evaluateOn: "validation", testPairs: 4000, trainPairs: 100 });
  }

  // The variants by themselves are the same runs, and so is the whole again.
  const names = document.architectures.map(({ name }) => name);
  const alone = await here(["compare", ...names, ...commandLine("--json").slice(6)]);
  expect(trainedRuns(alone.stderr)).toEqual([]);
  expect(JSON.parse(alone.stdout).architectures.map(({ runs }: Document["architectures"][number]) => runs)).toEqual(
    document.architectures.map(({ runs }) => runs),
  );
});

test("tables, and the report with its command", async () => {
  const { code, stdout, stderr } = await here(commandLine());
  expect(code).toBe(0);
  expect(trainedRuns(stderr.replaceAll("validation error", "test error"))).toEqual([]);
  expect(stdout).toMatch(
    /What each search found\n.*│ SGD .*│ Adam .*Variants\n.*All are MLP, with changed settings\..*Settings were tuned once/s,
  );
  const report = await readFile(at("report", "report.md"), "utf8");
  expect(report).toContain("## How the optimizers were tuned");
  expect(report).toContain(
    "pairlab compare mlp --optimizers sgd,adam --trials 9 --rounds 2 --seed 0 --epochs 5 --pairs 100",
  );
});

test("two tunings of each optimizer: rows are optimizers, and each tuning's settings are in its own rounds", async () => {
  const { code, stdout, stderr } = await here(commandLine("--json", "--tunings", "2"));
  expect(code).toBe(0);
  expect(stderr).toMatch("tuning adam, tuning 2 of 2, ");
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ rounds: 4, tunings: 2 });
  expect(document.plan.seeds).toEqual(Array.from({ length: 20 }, (_, round) => 50_000 + round));
  expect(document.architectures.map(({ name }: { name: string }) => name)).toEqual([
    "mlp:optimizer=sgd",
    "mlp:optimizer=adam",
  ]);
  const found = document.optimizers.map(({ name, tuning }: { name: string; tuning: number }) => [name, tuning]);
  expect(found).toEqual([
    ["sgd", 1],
    ["sgd", 2],
    ["adam", 1],
    ["adam", 2],
  ]);
  for (const [i, { runs }] of document.architectures.entries())
    for (const [round, { id, seed }] of runs.entries()) {
      const { config } = JSON.parse(await readFile(at("runs", id, "run.json"), "utf8"));
      const { settings } = document.optimizers[2 * i + Math.floor(round / 2)];
      expect({ seed, rate: config.learningRate }).toEqual({ seed: round, rate: settings.learningRate });
    }
  const report = await readFile(at("report", "report.md"), "utf8");
  expect(report).toContain(
    "pairlab compare mlp --optimizers sgd,adam --trials 9 --tunings 2 --rounds 2 --seed 0 --epochs 5 --pairs 100",
  );
  expect(report).not.toContain("tuned once");
});

test.each([
  [["mlp", "one-by-one", "--tunings", "2"], /--tunings is the budget of --optimizers/],
  [["mlp", "--optimizers", "all", "--tunings", "2", "--until", "shown"], /--tunings .* --until shown .*: leave one/],
  [["mlp", "one-by-one", "--optimizers", "all"], /--optimizers takes one architecture, not mlp and one-by-one/],
  [["mlp:epochs=2", "--optimizers", "all"], /--optimizers takes one architecture, not mlp:epochs=2/],
  [["mlp", "--optimizers", "all", "--optimizer", "sgd"], /--optimizers searches what --optimizer sets/],
  [["mlp", "--optimizers", "all", "--learning-rate", "0.1"], /--optimizers searches what --learning-rate sets/],
  [["mlp", "one-by-one", "--trials", "5"], /--trials is the budget of --optimizers/],
  [["mlp", "--optimizers", "sgd,adma"], /did you mean adam\?/],
])("%j is refused in one line, and nothing is trained", async (options, message) => {
  const { code, stdout, stderr } = await here(["compare", ...options, "--runs", at("none"), "--out", at("no-report")]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
