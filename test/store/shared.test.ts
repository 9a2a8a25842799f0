import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RunStore } from "../../src/node/index.js";
import { pairlab, type TemporaryFolder, temporaryFolder, trainedRuns } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

test("two reproductions that share a store train each run once, and both print the same", async () => {
  const reproduce = (report: string) =>
    pairlab([
      ...["reproduce", "--rounds", "3", "--epochs", "3", "--pairs", "400", "--workers", "1", "--json"],
      ...["--runs", at("runs"), "--out", at(report)],
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
