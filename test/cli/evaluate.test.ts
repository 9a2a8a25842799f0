import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawPairs } from "../../src/core/data/pools.js";
import { loadDataset } from "../../src/node/index.js";
import { png } from "../support/datasets.js";
import { here } from "../support/here.js";
import { idx } from "../support/idx.js";
import { stripes } from "../support/jobs.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
const evaluate = (...more: string[]) => here(["evaluate", ...more, "--runs", at("runs")]);
const ids: string[] = [];

/** No option says how many test pairs there are: their 2,000 images. */
const TIMES = 7;

/** Stripes as the four files, each image several times. */
async function writeStripes(): Promise<void> {
  const { count, height, width, pixels, labels } = stripes;
  const several = (bytes: ArrayLike<number>) =>
    Uint8Array.from({ length: TIMES * bytes.length }, (_, i) => bytes[i % bytes.length] as number);
  for (const set of ["train", "t10k"]) {
    await writeFile(at(`${set}-images-idx3-ubyte`), idx([TIMES * count, height, width], several(pixels)));
    await writeFile(at(`${set}-labels-idx1-ubyte`), idx([TIMES * count], several(labels)));
  }
}

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeStripes();
  const train = ["train", "one-by-one", "--epochs", "1", "--pairs", "100", "--runs", at("runs"), "--json"];
  for (const more of [[], ["--evaluate-on", "validation", "--seed", "1"]])
    ids.push(JSON.parse((await here([...train, ...more])).stdout).id);
  const few = ["--epochs", "1", "--pairs", "20", "--evaluate", "end", "--data", folder.path];
  await here(["train", "mlp", ...few, "--runs", at("runs")]);
});
afterAll(() => folder.remove());

test("--json has the error of the run's own record on the run's own pairs, and nothing else is printed", async () => {
  const { code, stdout, stderr } = await evaluate(ids[0] as string, "--pairs", "1000", "--json", "--quiet");
  expect([code, stderr]).toEqual([0, ""]);
  const { testError } = JSON.parse(
    (await here(["runs", "show", ids[0] as string, "--runs", at("runs"), "--json"])).stdout,
  );
  const measures = JSON.parse(stdout);
  expect(measures).toMatchObject({ run: ids[0], pairs: 1000, error: { value: testError }, nWay: null });
  expect(measures.thresholds.validationPairs).toBe(1000);
  expect(measures.swapped).toMatchObject({ symmetric: false, contradictions: 0 });
});

test("sentences come first, then tables, of all test pairs", async () => {
  const all = await evaluate(ids[0] as string);
  expect(all.code).toBe(0);
  expect(all.stdout).toMatch(/^one-by-one, seed 0, run [0-9a-f]{16}\n\n/);
  expect(all.stdout).toMatch(
    /It is wrong on \S+ \(95% interval \S+\) of 5,000 pairs\. Always no would have 54\.3% error, always yes 45\.7%\./,
  );
  expect(all.stdout).toMatch(/│ equal error rates\s+│/);
});

test("a run of other images is measured on them where their folder is named", async () => {
  const { code, stdout, stderr } = await evaluate("latest", "--data", folder.path, "--quiet");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("of 1,050 pairs");
  // 20 of the 1,050 pairs that training images make were trained on.
  expect(stdout).toContain("Chosen on 1,030 validation pairs.");
});

test("a run that was measured on validation pairs is measured on test pairs, for validation pairs are for choosing", async () => {
  const { stdout } = await evaluate(ids[1] as string, "--pairs", "200", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ run: ids[1], pairs: 200, thresholds: { validationPairs: 200 } });
});

test("--out has a report with the figures, --worst the pairs that it shows", async () => {
  const { code, stderr } = await evaluate(ids[0] as string, "--pairs", "300", "--worst", "5", "--out", at("report"));
  expect(code).toBe(0);
  expect(stderr).toContain("report.html has the figures");
  const worst = await readFile(at("report", "figures", "evaluate-worst.svg"), "utf8");
  expect(worst).toContain("The 5 worst mistakes");
  expect(worst.match(/right: (?:yes|no), given/g)?.length).toBe(5);
  const markdown = await readFile(at("report", "report.md"), "utf8");
  expect(markdown).toContain("![ROC curve and reliability diagram](figures/evaluate-answers.svg)");
  expect(markdown).toContain(`pairlab evaluate ${ids[0]} --pairs 300`);
  expect(JSON.parse(await readFile(at("report", "evaluate.json"), "utf8")).worst.length).toBe(5);
  expect(await readFile(at("report", "evaluate-roc.csv"), "utf8")).toMatch(
    /^threshold,falseAcceptRate,trueAcceptRate\n,0,0\n/,
  );
});

test("its part of a report stays beside those of other commands", async () => {
  const few = ["--rounds", "1", "--epochs", "1", "--pairs", "50", "--quiet"];
  const { code } = await here(["compare", "mlp", "quick", ...few, "--runs", at("few"), "--out", at("report")]);
  expect(code).toBe(0);
  const markdown = await readFile(at("report", "report.md"), "utf8");
  expect(markdown.match(/^## .*/gm)).toEqual([
    "## Architectures compared over the same rounds",
    "## What the answers of one-by-one, seed 0, are worth",
  ]);
});

test("an interrupt ends it at once", async () => {
  // Its 15,000 answers take many seconds.
  const train = ["train", "best", "--epochs", "1", "--pairs", "20", "--evaluate-on", "validation", "--json"];
  const { id } = JSON.parse((await here([...train, "--runs", at("slow")])).stdout);
  const { code, stdout, stderr } = await pairlab(["evaluate", id, "--runs", at("slow")], "measuring");
  expect([code, stdout]).toEqual([130, ""]);
  expect(stderr).toBe(
    "measuring 5000 test pairs, and 5000 validation pairs …\nerror: interrupted: the same command continues\n",
  );
});

test("other images of the same size are measured, and said to be others", async () => {
  const { code, stdout } = await evaluate(ids[0] as string, "--data", folder.path, "--json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ pairs: 1050, leftOut: { images: 0, pairs: null } });
  expect((await evaluate(ids[0] as string, "--data", folder.path)).stdout).toContain(
    "\n\nThese are other images than the run's: it trained on none of them.\n\n",
  );
});

test("images of the package that a run trained on are left out of others, whatever file they come from", async () => {
  const { train: all } = await loadDataset();
  const drawn = drawPairs("training", 0, all.count, { trainPairs: 100 });
  // 40 that it trained on, each twice, and 60 that it did not.
  const seen = new Set(drawn);
  const unseen = Array.from({ length: 200 }, (_, image) => image).filter((image) => !seen.has(image));
  const chosen = [...drawn.slice(0, 40), ...drawn.slice(0, 40), ...unseen.slice(0, 60)];
  await mkdir(at("mixed"), { recursive: true });
  for (const [place, image] of chosen.entries()) {
    const folderOf = at("mixed", String(all.labels[image]));
    await mkdir(folderOf, { recursive: true });
    const pixels = all.pixels.subarray(784 * image, 784 * (image + 1));
    await writeFile(join(folderOf, `${place}.png`), png(28, 28, pixels));
  }
  const { stdout } = await evaluate(ids[0] as string, "--data", at("mixed"), "--json");
  expect(JSON.parse(stdout)).toMatchObject({ pairs: 30, leftOut: { images: 80, pairs: null } });
});

test("one pair is one", async () => {
  const { stdout } = await evaluate(ids[0] as string, "--pairs", "1", "--quiet");
  expect(stdout).toMatch(/ of 1 pair\. Always no would have /);
});

test("what cannot be evaluated is refused in a line", async () => {
  const says = async (...more: string[]) => {
    const { code, stdout, stderr } = await evaluate(...more);
    expect([code, stdout]).toEqual([2, ""]);
    return stderr;
  };
  expect(await says("latest")).toMatch(
    /^error: run \w+ was trained on pairlab-\w+ \(SHA-256 \w{16}…\), not on MNIST: name its folder with --data\n$/,
  );
  expect(await says(ids[0] as string, "--worst", "3")).toBe(
    "error: --worst writes a picture into the report's folder: name it with --out\n",
  );
  expect(await says(ids[0] as string, "--pairs", "5001")).toContain(
    "5001 test pairs need 10002 distinct images, but there are 10000: take at most 5000",
  );
  expect(await says("nothing")).toContain('no run "nothing"');
});
