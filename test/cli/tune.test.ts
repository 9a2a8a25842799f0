import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { pairlab, type TemporaryFolder, temporaryFolder, trainedRuns } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
const commandLine = (runs: string, ...more: string[]) => [
  ...["tune", "weight-sharing-auxiliary", "--trials", "12", "--rounds", "2", "--epochs", "2", "--pairs", "100"],
  ...[
    "--data",
    at("MNIST"),
    "--over",
    "learning-rate,dropout=0..0.6",
    "--runs",
    at(runs),
    "--out",
    at(runs, "report"),
    ...more,
  ],
];

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFewDigits(at("MNIST"));
});
afterAll(() => folder.remove());

interface Document {
  readonly trials: readonly {
    readonly settings: Readonly<Record<string, number>>;
    readonly errors: readonly number[];
  }[];
  readonly chosen: number;
  readonly check: null | {
    readonly seeds: readonly number[];
    readonly own: { readonly runs: readonly { readonly id: string }[] };
  };
  readonly command: string;
}

test("twelve trials: continued after an interrupt, nothing twice, the same with another number of workers", async () => {
  const interrupted = await pairlab(commandLine("runs", "--json", "--workers", "1"), "1/4");
  expect(interrupted.code).toBe(130);
  expect(interrupted.stdout).toBe("");
  expect(interrupted.stderr).toMatch(/runs are kept in .*; the same command continues/);

  const { code, stdout, stderr } = await here(commandLine("runs", "--json", "--workers", "2"));
  expect(code).toBe(0);
  expect(stderr).toMatch("tuning, 4 trials, round 1: 4 runs");
  expect(stderr).toMatch(/seed 50000: validation error \d.*kept from before/);
  const document: Document = JSON.parse(stdout);
  expect(JSON.parse(await readFile(at("runs", "report", "tune.json"), "utf8"))).toEqual(document);
  expect((await readdir(at("runs", "report"))).toSorted()).toEqual([
    "figures",
    "pairlab.bib",
    "parts",
    "report.html",
    "report.md",
    "tune.csv",
    "tune.json",
  ]);
  expect(document.trials).toHaveLength(12);
  expect(document.trials[0]?.settings).toEqual({ learningRate: 0.003, dropout: 0.5 });
  const { learningRate, dropout } = document.trials[document.chosen]?.settings ?? {};
  expect(document.command).toBe(
    `pairlab train weight-sharing-auxiliary --learning-rate ${learningRate} --dropout ${dropout} --epochs 2 --pairs 100`,
  );

  // Every run was on validation pairs, and is one that the document tells of.
  const ids = (await readdir(at("runs"))).filter((id) => /^[0-9a-f]{16}$/.test(id));
  const asked = document.trials.reduce((sum, { errors }) => sum + errors.length, 0) + (document.check ? 4 : 0);
  expect(ids).toHaveLength(asked);
  // The 1,500 training images less those of 100 training pairs make fewer than the usual 4,000.
  for (const id of ids) {
    const { seed, config } = JSON.parse(await readFile(at("runs", id, "run.json"), "utf8"));
    expect(config).toMatchObject({ evaluateOn: "validation", testPairs: 650, trainPairs: 100, evaluate: "end" });
    expect([50_000, 50_001, 60_000, 60_001]).toContain(seed);
  }

  const again = await here(commandLine("runs", "--json"));
  expect(again.code).toBe(0);
  expect(trainedRuns(again.stderr.replaceAll("validation error", "test error"))).toEqual([]);
  const { engine, ...numbers } = JSON.parse(again.stdout);
  const alone = await here(commandLine("other", "--json", "--quiet", "--workers", "1"));
  expect(alone.stderr).toBe("");
  const { engine: other, ...same } = JSON.parse(alone.stdout);
  expect(same).toEqual(numbers);
  expect([engine.workers, other.workers].at(-1)).toBe(1);
});

test("on a terminal's width: tables, sentences and the command", async () => {
  const { code, stdout } = await here(commandLine("runs"));
  expect(code).toBe(0);
  expect(stdout).toMatch("The best trials");
  expect(stdout).toMatch(/own settings\s+│\s+0\.003 │\s+0\.5 │/);
  expect(stdout).toMatch("Train with the chosen settings:\npairlab train weight-sharing-auxiliary --learning-rate");
});

test.each([
  [["mlp", "--over", "dropout"], /there is no dropout to search: mlp has no dropout layer/],
  [["mlp", "--over", "learning-rate=1..0"], /"learning-rate=1..0" cannot be searched/],
  [["mlp", "--over", "learning-rate", "--learning-rate", "0.1"], /--learning-rate holds it fixed: leave one out/],
  [["mlp", "--trials", "1"], /--trials .*from 2 to 1000/],
  [["mlp", "--rounds", "0"], /--rounds .*from 1 to 1000/],
  [["mpl"], /did you mean mlp\?/],
  [["mlp", "--evaluate", "epoch"], /unknown option '--evaluate'/],
  [["mlp", "--pairs", "30000"], /1 validation pairs need 2 distinct images/],
])("%j is refused in one line, and nothing is trained", async (options, message) => {
  const { code, stdout, stderr } = await here(["tune", ...options, "--runs", at("none"), "--out", at("no-report")]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
