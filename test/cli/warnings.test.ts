import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFewDigits(`${folder.path}/MNIST`);
});
afterAll(() => folder.remove());

const few = ["--epochs", "1", "--pairs", "50"];
const digits = () => ["--data", `${folder.path}/MNIST`, "--runs", `${folder.path}/runs`];
const remarks = async (...commandLine: string[]): Promise<string> => {
  const { code, stderr } = await here([...commandLine, ...few, ...digits()]);
  expect(code, stderr).toBe(0);
  return stderr;
};

test("a network that cannot answer its question is named before it is trained", async () => {
  const swapped = "matching gives the same answer when the two images are swapped";
  const lines = (await remarks("train", "matching")).split("\n");
  expect(lines[0]).toMatch(`${swapped}, and the answer to "is the first less than or equal to the second?" depends on`);
  expect(await remarks("train", "matching", "--relation", "equal")).not.toContain(swapped);
  const out = ["--rounds", "1", "--out", `${folder.path}/report`];
  const compared = await remarks("compare", "one-by-one", "ranking", "matching", "--relation", "equal", ...out);
  expect(compared).toMatch(
    /^one-by-one decides by naming the classes of both images, and test pairs are of classes that it never sees: .*$/m,
  );
  expect(compared).toMatch(/^ranking gives opposite answers when the two images are swapped, .*$/m);
  expect(compared).not.toMatch(/^matching gives/m);
});

test("a network that gives one answer to all pairs is named when it is trained, and one that does not is not", async () => {
  const still = ["--relation", "equal", "--learning-rate", "0.00001", "--evaluate", "end"];
  const said = /^mlp, seed 0 says (yes|no) to every (test|validation) pair, whatever they show\. Try /m;
  expect(await remarks("train", "mlp", ...still)).toMatch(said);
  expect(await remarks("train", "mlp", ...still, "--evaluate-on", "validation")).toMatch(said);
  const { stderr } = await here(["train", "quick", "--pairs", "700", ...digits()]);
  expect(stderr).not.toContain("to every");
});

test("an experiment names networks that say one thing to every pair: in its output, its report and its JSON", async () => {
  const [runs, out] = [`${folder.path}/runs`, `${folder.path}/constant`];
  const still = [
    "--relation",
    "equal",
    "--epochs",
    "1",
    "--learning-rate",
    "0.00001",
    "--pairs",
    "50",
    "--rounds",
    "2",
  ];
  const { code, stdout, stderr } = await here(["compare", "mlp", "quick", ...still, ...digits(), "--out", out]);
  expect(code, stderr).toBe(0);
  const { architectures } = JSON.parse(await readFile(join(out, "compare.json"), "utf8"));
  const [mlp, quick] = architectures;
  // Each as evaluate finds it by every decision on the same pairs.
  for (const { id, constantAnswer } of [...mlp.runs, ...quick.runs]) {
    const evaluated = await here(["evaluate", id, ...digits(), "--json"]);
    expect(constantAnswer).toBe(JSON.parse(evaluated.stdout).constantAnswer);
  }
  expect(mlp.constantRounds).toEqual({ yes: 1, no: 0 });
  expect(quick.constantRounds).toEqual({ yes: 0, no: 2 });
  const words = [
    "MLP says the same to every test pair in 1 of 2 rounds (seed 0: yes).",
    "quick says no to every test pair in every round.",
  ];
  for (const text of [
    stdout,
    await readFile(join(out, "report.md"), "utf8"),
    await readFile(join(out, "report.html"), "utf8"),
  ])
    for (const each of words) expect(text).toContain(each);
  expect(stdout).toMatch(/^│ quick .* always no │/m);
  expect(await readFile(join(out, "compare.csv"), "utf8")).toMatch(/^quick,1,.*,no$/m);
  const shown = await here(["runs", "show", quick.runs[0].id, "--runs", runs]);
  expect(shown.stdout).toContain("It says no to every test pair, whatever they show.");
  const listed = await here(["runs", "--runs", runs]);
  expect(listed.stdout).toMatch(/same answer/);
});
