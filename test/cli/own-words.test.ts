import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { classes, writeFiles } from "../support/datasets.js";
import { here } from "../support/here.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

// What is said of own images and own questions: nothing of digits, of MNIST or of the paper's question.

let folder: TemporaryFolder;
const before = process.env.PAIRLAB_CACHE;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder();
  process.env.PAIRLAB_CACHE = at("cache");
  writeFiles(at("shapes"), classes(["small", "medium", "large"], 40, 16));
});
afterAll(async () => {
  if (before === undefined) delete process.env.PAIRLAB_CACHE;
  else process.env.PAIRLAB_CACHE = before;
  await folder.remove();
});

const OWN = () => ["--data", at("shapes"), "--order", "small,medium,large", "--runs", at("runs")];
const SMALL = ["--epochs", "1", "--pairs", "20", "--rounds", "2"];

/** What a program says, with the report that it writes. */
async function toldBy(name: string, ...more: string[]): Promise<{ stdout: string; all: string }> {
  const report = at("reports", name);
  const { code, stdout, stderr } = await here([...more, ...OWN(), "--out", report]);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  const files = await readdir(report, { recursive: true, withFileTypes: true });
  const texts = files.filter(({ name }) => /\.(md|json|csv)$/.test(name));
  const read = await Promise.all(texts.map((file) => readFile(join(file.parentPath, file.name), "utf8")));
  return { stdout, all: [stdout, stderr, ...read].join("\n") };
}

const QUESTION = "Is the first of two images of shapes less than or equal to the second?";
const ALWAYS = /Always yes is wrong on \d+\.\d% of the test pairs( \(.* by round\))?\./;
/** In words, not in the names of fields. */
const OF_DIGITS = /\bdigits?\b(?!":)|MNIST|1,000 (training )?pairs/i;

describe("own images", () => {
  const commands: readonly [string, ...string[]][] = [
    ["compare", "mlp", "weight-sharing-auxiliary", "one-by-one", ...SMALL],
    ["ablate", ...SMALL, "--candidates", "1"],
    ["worth", "--epochs", "1", "--rounds", "2", "--sizes", "10,20"],
  ];

  test.each(commands)("%s speaks of classes, and sets errors beside one answer", async (name, ...more) => {
    const { stdout, all } = await toldBy(name, name, ...more);
    expect(all).not.toMatch(OF_DIGITS);
    expect(all).not.toMatch(/paper/i);
    expect(stdout).toContain(QUESTION);
    expect(stdout).toMatch(ALWAYS);
    // One epoch on 20 pairs of dots teaches nothing.
    expect(stdout).toMatch(/ no better than always yes, which is wrong on | not shown to do better than always yes, /);
    const written = JSON.parse(await readFile(at("reports", name, `${name}.json`), "utf8"));
    const [first] =
      (written.architectures ?? written.cells ?? written.curves[0].points)[0].runs ?? written.curves[0].points[0].runs;
    expect(first.answers.yes + first.answers.no).toBe(written.testPairs ?? 12);
    // Such networks say the same to every pair: they are named as such.
    const named = / says? (yes|no|the same) to every test pair/;
    expect(JSON.stringify(written)).toMatch(/"constantAnswer":"(yes|no)"/);
    expect(stdout).toMatch(named);
    const report = await readFile(at("reports", name, "report.md"), "utf8");
    expect(report).toMatch(named);
    expect(report.replaceAll("\\", "")).toMatch(
      /^DIR stands for the path of the images: shapes, 120 images of 3 classes \(small, medium, large\), SHA-256 /m,
    );
    expect(report).not.toContain(folder.path);
  });

  test("a search speaks of classes", async () => {
    const { all, stdout } = await toldBy("tune", "tune", "weight-sharing-auxiliary", ...SMALL, "--trials", "2");
    expect(all).not.toMatch(OF_DIGITS);
    expect(all).not.toMatch(/paper/i);
    expect(stdout).toMatch(/Always yes is wrong on .* of the validation pairs/);
  });

  test("the paper's experiment says that it is of other images, and names what learned nothing", async () => {
    const { all, stdout } = await toldBy("reproduce", "reproduce", ...SMALL);
    expect(stdout).toMatch(/^│ Same answer to every pair .* always (yes|no) │$/m);
    expect(stdout).toMatch(/ says? (yes|no|the same) to every test pair/);
    expect(all).not.toMatch(OF_DIGITS);
    expect(all).not.toMatch(/prints no rate/);
    expect(stdout).toContain("its numbers and figures are not about these pairs");
    expect(stdout).toMatch(/ no better than always yes, which is wrong on | not shown to do better than always yes, /);
    const five = ["mlp", "simple-cnn", "weight-sharing", "weight-sharing-auxiliary", "one-by-one"];
    const compared = await toldBy("five", "compare", ...five, ...SMALL);
    expect(compared.stdout).toContain(
      "Which of the paper's conclusions, which are about digits, hold for images of shapes",
    );
    expect(compared.stdout).not.toContain("The paper's numbers and ours");
  });

  test("one run says what it was asked, and a run without a head which classes it asks about", async () => {
    const train = ["train", "one-by-one", "--epochs", "1", "--pairs", "20", ...OWN()];
    const { stdout, stderr } = await here(train);
    expect(stdout, stderr).toMatch(
      /^asked: is the first less than or equal to the second\? Always yes is wrong on \d+\.\d% of the test pairs\.$/m,
    );
    const shown = await here(["runs", "show", "latest", "--runs", at("runs")]);
    expect(shown.stdout).toContain("the question, asked of the likeliest class of each image");
    expect(shown.stdout).not.toMatch(/digit|paper|MNIST/i);
    const evaluated = await toldBy("evaluate", "evaluate", "latest");
    expect(evaluated.all).not.toMatch(/paper|MNIST|"value": "[^"]*digit/i);
    expect(await readFile(at("reports", "evaluate", "report.md"), "utf8")).toContain(QUESTION);
  });
});

test("a digit's question says nothing of one answer, unless a network does no better", async () => {
  const compare = [
    "compare",
    "mlp",
    "quick",
    "--pairs",
    "20",
    "--rounds",
    "2",
    "--runs",
    at("digits"),
    "--out",
    at("out"),
  ];
  const untrained = await here([...compare, "--epochs", "1", "--learning-rate", "0.000001"]);
  expect(untrained.stdout).not.toMatch(/^Is the first|^Always/m);
  expect(untrained.stdout).toMatch(/MLP.* no better than always yes, which is wrong on 4\d\.\d% of the test pairs\./);
  const trained = await here([...compare.map((part) => (part === "20" ? "300" : part)), "--epochs", "10"]);
  expect(trained.stdout).not.toMatch(/always/i);
});
