import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { here } from "../support/here.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
const few = (...more: string[]) => ["--epochs", "2", "--pairs", "100", "--runs", at("runs"), ...more];

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

test("a training that diverges is a result: named with epoch and step, kept, not trained again, and marked wherever it is shown", async () => {
  const train = ["train", "mlp", "--optimizer", "sgd", "--learning-rate", "100", ...few()];
  const { code, stdout, stderr } = await here([...train, "--json", "--quiet"]);
  expect(code).toBe(0);
  const record = JSON.parse(stdout);
  expect(record).toMatchObject({ trainError: null, testError: null, epochs: [], diverged: { what: "loss" } });
  const { epoch, step } = record.diverged;
  expect([epoch, step]).toEqual([Math.ceil(step / 2), expect.any(Number)]);
  const where = `diverged at epoch ${epoch}, step ${step}, where its loss became too large or not a number`;
  expect(stderr).toBe(`mlp, seed 0 ${where}: it has no errors. Try a lower learning rate\n`);

  const again = await here([...train, "--json"]);
  expect(JSON.parse(again.stdout)).toEqual(record);
  expect(again.stderr).toContain(`mlp, seed 0: ${where} (kept from before)`);

  expect((await here(["runs", "--where", "diverged=true", "--runs", at("runs")])).stdout).toMatch(
    /│ +1 │ +1 of 1 │ +0 │ +– │ +– │ +– │/,
  );
  const exported = await here(["export", "latest", "--out", at("w.safetensors"), "--runs", at("runs"), "--quiet"]);
  expect(exported.stderr).toMatch(`run ${record.id} ${where}; these are its weights at that step`);
});

test("a comparison in which rounds diverge claims nothing of them, and a search chooses none", async () => {
  const out = ["--out", at("report"), "--json", "--quiet"];
  const compared = await here([
    ...["compare", "mlp:optimizer=sgd,learning-rate=100", "quick", "--rounds", "2"],
    ...few(...out),
  ]);
  expect(compared.code).toBe(0);
  const { architectures, differences } = JSON.parse(compared.stdout);
  expect(architectures.map(({ diverged }: { diverged?: number }) => diverged)).toEqual([2, undefined]);
  const untested = { mean: null, diverged: 2, sd: null, ci95: null, p: null, pHolm: null };
  expect(differences).toMatchObject([untested]);
  expect(await readFile(at("report", "report.md"), "utf8")).not.toMatch(/NaN|undefined/);

  const searching = ["tune", "mlp", "--over", "learning-rate=10..100", "--optimizer", "sgd", "--trials", "4"];
  const tuned = await here([...searching, "--rounds", "2", ...few(...out)]);
  expect(tuned.code).toBe(0);
  const { trials, chosen } = JSON.parse(tuned.stdout);
  const lost = trials.filter(({ errors }: { errors: readonly (number | null)[] }) => errors.includes(null));
  expect(lost.length).toBeGreaterThan(0);
  for (const { mean } of lost) expect(mean).toBeNull();
  expect(trials[chosen].errors).not.toContain(null);
});
