import { afterAll, beforeAll, expect, test } from "vitest";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const few = ["--epochs", "1", "--pairs", "50"];
const remarks = async (...commandLine: string[]): Promise<string> => {
  const { code, stderr } = await pairlab([...commandLine, ...few, "--runs", `${folder.path}/runs`]);
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
  const { stderr } = await pairlab(["train", "quick", "--runs", `${folder.path}/runs`]);
  expect(stderr).not.toContain("to every");
});
