import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RunStore } from "../../src/node/index.js";
import { writeFewDigits } from "../support/few-digits.js";
import { pairlab, type TemporaryFolder, temporaryFolder, trainedRuns } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFewDigits(at("MNIST"));
});
afterAll(() => folder.remove());

/** Every file below a folder, by its name there. */
async function filesOf(path: string): Promise<Record<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return Object.fromEntries(files.map((file, i) => [relative(path, file), texts[i] as string]));
}

test("four processes that share a store and a report train each run once, print the same, and leave one whole report", async () => {
  const compare = (runs: string, report: string) =>
    pairlab([
      ...["compare", "mlp", "one-by-one", "--rounds", "4", "--epochs", "2", "--pairs", "100", "--workers", "1"],
      ...["--data", at("MNIST"), "--json", "--runs", at(runs), "--out", at(report)],
    ]);
  const all = await Promise.all(Array.from({ length: 4 }, () => compare("runs-of-four", "report-of-four")));
  expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  const printed = all.map(({ stdout }) => stdout);
  expect(new Set(printed).size).toBe(1);
  const rounds = [0, 1, 2, 3];
  const runs = ["mlp", "one-by-one"].flatMap((name) => rounds.map((seed) => `${name}, seed ${seed}`));
  expect(all.flatMap(({ stderr }) => trainedRuns(stderr)).sort()).toEqual(runs);
  expect((await new RunStore(at("runs-of-four")).records()).records).toHaveLength(8);
  expect(await readdir(at("runs-of-four", "claims"))).toEqual([]);
  // A process with the store to itself writes the report that the four must have left.
  const alone = await compare("runs-of-four", "report-of-one");
  expect(alone.stdout).toBe(printed[0]);
  expect(await filesOf(at("report-of-four"))).toEqual(await filesOf(at("report-of-one")));
});

test("two reproductions that share a store train each run once, and both print the same", async () => {
  const reproduce = (report: string) =>
    pairlab([
      ...["reproduce", "--rounds", "3", "--epochs", "3", "--pairs", "200", "--workers", "1", "--json"],
      ...["--data", at("MNIST"), "--runs", at("runs"), "--out", at(report)],
    ]);
  const both = await Promise.all([reproduce("one"), reproduce("two")]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const [one, two] = both.map(({ stdout }) => JSON.parse(stdout));
  expect(one).toEqual(two);
  const trained = both.flatMap(({ stderr }) => trainedRuns(stderr));
  expect(trained).toHaveLength(15);
  expect(new Set(trained).size).toBe(15);
  expect((await new RunStore(at("runs")).records()).records).toHaveLength(15);
});

test("a process that finds only runs that another trains says so in one line, and waits", async () => {
  const train = () => pairlab(["train", "one-by-one", "--seed", "3", "--runs", at("one-run")]);
  const both = await Promise.all([train(), train()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const said = both.map(({ stderr }) => stderr).join("");
  expect(
    said.match(/^run [0-9a-f]{16} \(one-by-one, seed 3\) is being trained by process \d+: waiting for it$/gm),
  ).toHaveLength(1);
  expect(both.flatMap(({ stderr }) => trainedRuns(stderr))).toEqual(["one-by-one, seed 3"]);
  expect(both[0]?.stdout).toBe(both[1]?.stdout);
});
