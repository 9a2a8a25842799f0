import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
const few = () => [
  "--data",
  at("MNIST"),
  "--runs",
  at("runs"),
  "--out",
  at("report"),
  "--epochs",
  "1",
  "--pairs",
  "50",
];

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFewDigits(at("MNIST"), { train: 1500, test: 600 });
});
afterAll(() => folder.remove());

test("variance crosses the sources of chance of a network, and says what each does", async () => {
  const { code, stdout, stderr } = await here([
    "variance",
    "mlp",
    "--levels",
    "3",
    "--test-pairs",
    "200",
    ...few(),
    "--json",
  ]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^1\/9 mlp, /);
  const found = JSON.parse(stdout);
  expect(JSON.parse(await readFile(at("report", "variance.json"), "utf8"))).toEqual(found);
  expect(found).toMatchObject({ architecture: "mlp", factors: ["data", "init", "order"], levels: 3, testPairs: 200 });
  expect(found.parts).toHaveLength(6);
  const csv = await readFile(at("report", "variance-runs.csv"), "utf8");
  expect(csv.trimEnd().split("\n")).toHaveLength(10);
  const page = await readFile(at("report", "report.html"), "utf8");
  expect(page).toContain("pairlab variance mlp --levels 3 --test-pairs 200 --seed 0 --epochs 1 --pairs 50<");
  expect(page).toContain("What the variance of mlp comes from");
});

test("variance tunes anew, splits off the test images, and takes up what the store has", async () => {
  const asked = [
    "variance",
    "mlp",
    "--tunings",
    "3",
    "--candidates",
    "2",
    "--factors",
    "data,init",
    ...few(),
    "--json",
  ];
  const first = await here(asked);
  expect(first.code).toBe(0);
  expect(first.stderr).toMatch(/tuning 3 times, 2 candidates each: 6 runs/);
  const found = JSON.parse(first.stdout);
  expect(found).toMatchObject({ factors: ["data", "init", "tuning"], levels: 3, tunings: 3, testImages: 600 });
  expect(found.parts.map(({ name }: { name: string }) => name).slice(2)).toEqual([
    ...["tuning", "interactions", "test pairs", "test images"],
  ]);
  const [ofImages] = found.parts.filter(({ name }: { name: string }) => name === "test images");
  expect(found.total.variance).toBeCloseTo(found.onTheseImages.variance + ofImages.variance, 12);
  const seeds = found.tuning.each.map(({ seed }: { seed: number }) => seed);
  expect(seeds).toEqual([50_000, 50_001, 50_002]);
  const csv = await readFile(at("report", "variance-tuning.csv"), "utf8");
  expect(csv.trimEnd().split("\n")).toHaveLength(7);
  const page = await readFile(at("report", "report.html"), "utf8");
  expect(page).toContain(
    "pairlab variance mlp --factors data,init --candidates 2 --test-pairs 300 --tunings 3 --seed 0 --epochs 1 --pairs 50<",
  );
  const again = await here(asked);
  expect(again.stdout).toBe(first.stdout);
  expect(again.stderr.match(/kept from before/g)).toHaveLength(15);
});

test("--fix holds streams at the first round's seed, and the report repeats it", async () => {
  const compare = ["compare", "mlp", "quick", "--rounds", "3", "--seed", "2", ...few(), "--json"];
  const [free, held] = [await here(compare), await here([...compare, "--fix", "init,data"])];
  expect([free.code, held.code]).toEqual([0, 0]);
  const runs = ({ stdout }: typeof free) =>
    JSON.parse(stdout).architectures[0].runs.map(({ id }: { id: string }) => id);
  const [own, fixed] = [runs(free), runs(held)];
  expect(fixed[0]).toBe(own[0]);
  expect(fixed.slice(1).some((id: string) => own.includes(id))).toBe(false);
  const page = await readFile(at("report", "report.html"), "utf8");
  expect(page).toMatch(/pairlab compare mlp quick --rounds 3 --seed 2 .*--fix data,init/);
  expect(page).toContain("2 in every round; test pairs are the round’s");
});

test("one run with a stream of another seed", async () => {
  const { code, stdout } = await here([
    "train",
    "mlp",
    "--seed",
    "4",
    "--data-seed",
    "1",
    ...few().filter((_, i) => i !== 4 && i !== 5),
    "--json",
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ seed: 4, config: { dataSeed: 1 } });
});

test.each([
  [
    ["compare", "mlp", "quick", "--fix", "weights"],
    "It must be some of data, init, order, dropout, augmentation, each once, separated by commas.",
  ],
  [
    ["compare", "mlp", "quick", "--fix", "data", "--data-seed", "3"],
    "--fix and --data-seed both give the seed of one stream: leave one out",
  ],
  [["variance", "mlp", "--levels", "2"], "It must be a whole number from 3 to 99."],
  [["variance", "mlp", "--tunings", "5", "--levels", "7"], "--levels 7 with --tunings 5: each tuning is a level"],
  [["variance", "mlp", "--candidates", "5"], "give --tunings too, or leave --candidates out"],
  [["variance", "mlp", "--factors", "dropout"], "the training of mlp has no dropout: leave it out of the factors"],
])("%j is refused in one line", async (command, message) => {
  const { code, stderr } = await here([...command, "--data", at("MNIST"), "--runs", at("none"), "--out", at("none")]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
