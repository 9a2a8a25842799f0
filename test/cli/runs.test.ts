import { mkdir, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeEventFile } from "../../src/core/formats/event-file.js";
import type { RunRecord } from "../../src/core/index.js";
import { RunStore } from "../../src/node/index.js";
import { asDiverged } from "../support/diverged.js";
import { here } from "../support/here.js";
import { type Outcome, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { syntheticReproduction } from "../support/reproduction.js";
import { placeUnder, withWeights } from "../support/stored.js";

let folder: TemporaryFolder;
/** A store with real runs, of mlp, and made-up ones. */
let store: RunStore;
let trained: RunRecord[];
const synthetic = syntheticReproduction({ rounds: 3, overrides: { epochs: 3 } }).records;
const runs = (...commandLine: string[]): Promise<Outcome> => here(["runs", ...commandLine, "--runs", store.folder]);
const json = async (...commandLine: string[]) => JSON.parse((await runs(...commandLine, "--json")).stdout);

beforeAll(async () => {
  folder = await temporaryFolder();
  store = new RunStore(join(folder.path, "runs"));
  for (const record of synthetic) await store.save(withWeights(record));
  const train = ["train", "mlp", "--epochs", "1", "--runs", store.folder, "--json", "--seed"];
  trained = [];
  for (const seed of ["0", "1", "3"]) trained.push(JSON.parse((await here([...train, seed])).stdout));
});
afterAll(() => folder.remove());
const epochsIn = (records: readonly RunRecord[]) => records.reduce((sum, { epochs }) => sum + epochs.length, 0);

/** A store of its own for a test that removes, with synthetic runs. */
async function another(
  name: string,
  records = synthetic.slice(0, 6),
): Promise<{ store: RunStore; rm: (...more: string[]) => Promise<Outcome> }> {
  const own = new RunStore(join(folder.path, name));
  for (const record of records) await placeUnder(own.folder, record.id, withWeights(record));
  return { store: own, rm: (...more) => here(["runs", "rm", ...more, "--runs", own.folder]) };
}
const idsIn = async ({ folder }: RunStore) => (await readdir(folder)).filter((name) => /^[0-9a-f]{16}$/.test(name));

describe("runs list", () => {
  test("has a row for each group, without colours or escapes where it is piped, also when list is not said", async () => {
    const { code, stdout, stderr } = await runs();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect((await runs("list")).stdout).toBe(stdout);
    const rows = stdout.split("\n").filter((line) => line.startsWith("│"));
    expect(rows).toHaveLength(1 + 6);
    expect(rows[1]).toMatch(
      /^│ mlp +│ epochs 1, images MNIST \w{8}, kernels \w{8} +│ 3 │ 0–1, 3 │ +\d\d\.\d% ± [\d.]+ pt │ +\d\d\.\d–\d\d\.\d% │/,
    );
    expect(rows[2]).toMatch(
      /^│ mlp +│ epochs 3, images MNIST 5e5e5e5e, kernels 7d7d7d7d +│ 3 │ +0–2 │ +18\.9% ± 1\.9 pt │/,
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes begin with one
    expect(stdout).not.toMatch(/\u001b/);
  });

  test("as JSON has what each group came to, over the very runs that were trained", async () => {
    const { groups, unfinished, damaged, setAside } = await json("--architecture", "mlp", "--where", "epochs=1");
    expect({ unfinished, damaged, setAside }).toEqual({ unfinished: 0, damaged: [], setAside: [] });
    const errors = trained.map(({ testError }) => testError);
    const mean = errors.reduce((sum, error) => sum + error, 0) / 3;
    const sd = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / 2);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({
      architecture: "mlp",
      config: trained[0]?.config,
      n: 3,
      seeds: [0, 1, 3],
      testError: { mean: expect.closeTo(mean, 12), sd: expect.closeTo(sd, 12) },
      runs: trained.map(({ id }) => id),
    });
    const [low, high] = groups[0].testError.ci95;
    expect(low).toBeLessThan(mean);
    expect(high).toBeGreaterThan(mean);
    expect(groups[0].lastUsed).toMatch(/^20\d\d-\d\d-\d\dT/);
  });

  test("filters may be combined", async () => {
    const ids = async (...filters: string[]) =>
      (await json("--all", ...filters)).runs.map(({ id }: { id: string }) => id).toSorted();
    const of = (keep: (record: RunRecord) => boolean) =>
      [...synthetic, ...trained]
        .filter(keep)
        .map(({ id }) => id)
        .toSorted();
    expect(await ids()).toEqual(of(() => true));
    expect(await ids("--architecture", "mlp", "--architecture", "one-by-one", "--where", "seed<1")).toEqual(
      of(({ architecture, seed }) => (architecture === "mlp" || architecture === "one-by-one") && seed < 1),
    );
    expect(await ids("--where", "epochs>=3", "--where", "network.auxiliaryWeight>0")).toEqual(
      of(({ config }) => config.epochs >= 3 && config.network.auxiliaryWeight > 0),
    );
    const none = await runs("--where", "epochs=99");
    expect(none).toEqual({
      code: 0,
      stdout: `there are no runs in ${store.folder} with --where epochs=99\n`,
      stderr: "",
    });
  });

  test("as CSV has a line for each run and a column for each setting", async () => {
    const { stdout } = await runs("--csv", "--where", "epochs=1");
    const [head, ...rows] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
    const at = (row: string[] | undefined, column: string) => row?.[head?.indexOf(column) ?? -1];
    expect(rows.map((row) => at(row, "id"))).toEqual(trained.map(({ id }) => id));
    for (const [i, { testError, weightsSha256 }] of trained.entries()) {
      expect(Number(at(rows[i], "testError"))).toBe(testError);
      expect(at(rows[i], "weightsSha256")).toBe(weightsSha256);
      expect(at(rows[i], "network.head.1.features")).toBe("200");
      expect(at(rows[i], "engine.simd")).toBe("base");
    }
  });

  test("an architecture that this version does not know is listed like any other", async () => {
    const record = { ...(synthetic[0] as RunRecord), architecture: "trunk+magic", id: "0123456789abcdef" };
    const { store: own } = await another("unknown", [record]);
    const { code, stdout } = await here(["runs", "--runs", own.folder, "--architecture", "trunk+magic"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/│ trunk\+magic +│ 1 │ +0 │ +17\.0% │/);
  });

  test("says what is unfinished, damaged or set aside", async () => {
    const { store: own, rm } = await another("broken");
    const [first, second] = synthetic as [RunRecord, RunRecord];
    await truncate(join(own.folder, first.id, "weights.safetensors"), 10);
    await mkdir(join(own.folder, "damaged", `${second.id}-1`), { recursive: true });
    await mkdir(join(own.folder, "00000000000000aa"));
    await writeFile(join(own.folder, "00000000000000aa", "checkpoint.safetensors"), "");
    const { stdout } = await here(["runs", "--runs", own.folder]);
    expect(stdout).toMatch("\n1 run is unfinished: ");
    expect(stdout).toMatch(new RegExp(`\ndamaged: .*${first.id}.* has 10 bytes`));
    expect(stdout).toMatch(`\nset aside as damaged: ${own.folder}/damaged/${second.id}-1\n`);

    const asked = await rm("--damaged");
    expect(asked.code).toBe(2);
    expect(asked.stdout).toMatch(`would remove ${first.id}: damaged\n`);
    expect(await idsIn(own)).toContain(first.id);
    expect((await rm("--damaged", "--yes")).stdout).toMatch(`removed damaged/${second.id}-1: set aside as damaged\n`);
    expect(await idsIn(own)).not.toContain(first.id);
    expect(await readdir(join(own.folder, "damaged"))).toEqual([]);
    expect((await rm("--damaged", "--yes")).stderr).toMatch(/^error: there are no damaged runs in /);
    expect((await rm("00000000000000aa")).stdout).toBe("removed 00000000000000aa: unfinished\n");
  });
});

describe("runs show", () => {
  test("tells a person what a run is, and --json gives the record that train printed", async () => {
    const [run] = trained as [RunRecord];
    const { code, stdout } = await runs("show", run.id.slice(0, 8));
    expect(code).toBe(0);
    expect(stdout).toMatch(`run ${run.id} in ${store.folder}/, weights' SHA-256 ${run.weightsSha256}\n`);
    expect(stdout).toMatch(/\nEpochs +1; errors are those after the last\n/);
    expect(stdout).toMatch(/\nThe pair +flatten → linear 200 → relu → /);
    expect(stdout).toMatch(/│ 1 +│ .*│ lowest test error │\n/);
    expect(await json("show", run.id)).toEqual(run);
    expect(await json("show", "latest")).toEqual(trained.at(-1));
  });

  test("has the first, the best and the last epoch, or all", async () => {
    const run = { ...(synthetic[0] as RunRecord), id: "00000000000000ee" };
    const accuracies = [0.6, 0.7, 0.9, 0.8, 0.85];
    const epochs = accuracies.map((testAccuracy, i) => ({
      epoch: i + 1,
      trainLoss: 0.1,
      testLoss: 0.2,
      trainAccuracy: 0.9,
      testAccuracy,
    }));
    const { store: own } = await another("epochs", [{ ...run, epochs }]);
    const shown = async (...more: string[]) => {
      const { stdout } = await here(["runs", "show", "latest", "--runs", own.folder, ...more]);
      return stdout.match(/(?<=\n│ )\d+/g)?.map(Number);
    };
    expect(await shown()).toEqual([1, 3, 5]);
    expect(await shown("--epochs")).toEqual([1, 2, 3, 4, 5]);
  });

  test("of a run that diverged says where, and that no epoch was evaluated", async () => {
    const { store: own } = await another("diverged", [asDiverged(synthetic[0] as RunRecord)]);
    const { code, stdout } = await here(["runs", "show", "latest", "--runs", own.folder]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^mlp, seed 0: diverged at epoch 1, step 7, where its loss became too large or not a number \(/,
    );
    expect(stdout).toMatch(/\nno epoch was evaluated\n$/);
  });
});

describe("runs tag and note", () => {
  const [one, two] = synthetic as [RunRecord, RunRecord];

  test("tags are added to several runs and removed, shown by list and show, and found again", async () => {
    const { store: own, rm } = await another("tagged");
    const at = (...commandLine: string[]) => here(["runs", ...commandLine, "--runs", own.folder]);
    const before = await own.resolve(one.id);
    expect(await at("tag", one.id.slice(0, 8), two.id, "--add", "keep", "--add", "baseline")).toEqual({
      code: 0,
      stdout: `${one.id}: mlp, seed 0, tags baseline, keep\n${two.id}: mlp, seed 1, tags baseline, keep\n`,
      stderr: "",
    });
    expect((await at("tag", two.id, "--remove", "keep", "--add", "baseline")).stdout).toMatch(/, tags baseline\n$/);
    expect(JSON.parse((await at("note", one.id, "The first.", "--json")).stdout)).toEqual({
      runs: [{ id: one.id, tags: ["baseline", "keep"], note: "The first." }],
    });

    expect((await at()).stdout).toMatch("│ baseline (2 of 3), keep (1 of 3) │");
    expect((await at("--all", "--tag", "keep")).stdout).toMatch(
      `│ ${one.id} │ mlp          │ epochs 3 │ baseline, keep │`,
    );
    const ids = async (...filters: string[]) =>
      JSON.parse((await at("--all", "--json", ...filters)).stdout).runs.map(({ id }: RunRecord) => id);
    expect(await ids("--tag", "baseline")).toEqual([one.id, two.id]);
    expect(await ids("--tag", "baseline", "--tag", "keep")).toEqual([one.id]);
    expect(await ids("--tag", "baseline", "--where", "seed=1")).toEqual([two.id]);
    expect((await at("--tag", "nobody")).stdout).toBe(`there are no runs in ${own.folder} with --tag nobody\n`);
    expect(JSON.parse((await at("--json")).stdout).groups.map(({ tags }: { tags?: string[] }) => tags)).toEqual([
      ["baseline", "keep"],
      undefined,
    ]);
    const [said, unsaid] = JSON.parse((await at("--all", "--json", "--where", "seed!=1")).stdout).runs;
    expect(said).toMatchObject({ tags: ["baseline", "keep"], note: "The first." });
    expect(unsaid).not.toHaveProperty("tags");
    expect((await at("--csv")).stdout.split("\n").slice(0, 2)).toEqual([
      expect.stringMatching(/,weightsSha256,tags,note$/),
      expect.stringMatching(/,baseline keep,The first\.$/),
    ]);

    expect((await at("show", one.id)).stdout).toMatch(/\nTags +baseline, keep\nNote +The first\.\n/);
    expect(JSON.parse((await at("show", one.id, "--json")).stdout)).toEqual({
      ...before.record,
      tags: ["baseline", "keep"],
      note: "The first.",
    });
    // The run is as it was.
    expect(await own.find(one.id)).toEqual(before);

    expect((await at("note", one.id, "")).stdout).toBe(`${one.id}: mlp, seed 0, without a note\n`);
    expect((await at("tag", one.id, "--remove", "keep", "--remove", "baseline")).stdout).toMatch(/, without tags\n$/);
    expect(await readdir(join(own.folder, one.id))).not.toContain("annotations.json");
    expect((await rm("--tag", "baseline", "--yes")).stdout).toBe(`removed ${two.id}: mlp, seed 1\n`);
    expect(await idsIn(own)).not.toContain(two.id);
  });

  test("of several runs, one of which cannot have it, none is changed", async () => {
    const { store: own } = await another("full");
    const at = (...commandLine: string[]) => here(["runs", ...commandLine, "--runs", own.folder]);
    const tags = Array.from({ length: 20 }, (_, i) => `t${String(i).padStart(2, "0")}`);
    expect((await at("tag", two.id, ...tags.flatMap((name) => ["--add", name]))).code).toBe(0);
    expect(await at("tag", one.id, two.id, "--add", "keep")).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: run ${two.id} has 21 tags: it must have 20 or fewer\n`,
    });
    expect((await at("tag", two.id, "ffffffff", "--add", "t00")).code).toBe(2);
    expect(await own.annotations(one.id)).toEqual({ tags: [], note: "" });
    expect(await own.annotations(two.id)).toEqual({ tags, note: "" });
  });

  test("a file that a person has spoilt is named, not lost, and hides nothing else", async () => {
    const { store: own } = await another("spoilt");
    const at = (...commandLine: string[]) => here(["runs", ...commandLine, "--runs", own.folder]);
    const path = join(own.folder, one.id, "annotations.json");
    await writeFile(path, '{ "tags": ["keep"], "note": "An hour of wor');
    const says = `${path} is not a run's tags and note as JSON: correct it, or remove it\n`;
    for (const commandLine of [[], ["show", one.id]]) {
      const { code, stderr } = await at(...commandLine);
      expect({ code, stderr }).toEqual({ code: 0, stderr: says });
    }
    expect(await at("note", one.id, "another")).toEqual({ code: 2, stdout: "", stderr: `error: ${says}` });
    await writeFile(path, '{ "tags": ["Keep"], "note": "" }');
    expect((await at("tag", one.id, "--add", "keep")).stderr).toMatch(
      /annotations\.json\.tags\[0\] must be 1 to 40 small /,
    );
  });
});

describe("runs diff", () => {
  test("has what differs and nothing else, and the errors", async () => {
    const [mlp] = trained as [RunRecord];
    const [longer] = synthetic.filter(({ architecture }) => architecture === "mlp") as [RunRecord];
    const { stdout } = await runs("diff", mlp.id, longer.id);
    const labels = stdout.match(/(?<=\n│ )\S.*?(?= +│)/g);
    expect(labels).toEqual([
      "config.epochs",
      "config.dataset.sha256",
      "config.engine.kernels",
      "train error",
      "test error",
      "time",
    ]);
    expect(stdout).toMatch(/│ config\.epochs +│ +1 │ +3 │/);
    const { differences, runs: compared } = await json("diff", mlp.id, longer.id);
    expect(differences[0]).toEqual({ key: "config.epochs", values: [1, 3] });
    expect(compared.map(({ testError }: RunRecord) => testError)).toEqual([mlp.testError, longer.testError]);
  });

  test("says where only the seed differs", async () => {
    const [one, two] = trained as [RunRecord, RunRecord];
    expect((await runs("diff", one.id, two.id)).stdout).toMatch(/^the same settings: only the seed differs\n/);
  });
});

describe("runs rm", () => {
  test("removes one run that is named, and says so", async () => {
    const { store: own, rm } = await another("one");
    const [run] = synthetic as [RunRecord];
    expect(await rm(run.id)).toEqual({ code: 0, stdout: `removed ${run.id}: mlp, seed 0\n`, stderr: "" });
    expect(await idsIn(own)).toHaveLength(5);
  });

  test("several, or those that a filter selects, only with --yes", async () => {
    const { store: own, rm } = await another("several");
    const [one, two] = synthetic as [RunRecord, RunRecord];
    for (const wanted of [
      [one.id, two.id],
      ["--where", "seed=0"],
      ["--architecture", "mlp"],
    ]) {
      const { code, stdout, stderr } = await rm(...wanted);
      expect(code).toBe(2);
      expect(stdout).toMatch(`would remove ${one.id}: mlp, seed 0\n`);
      expect(stderr).toMatch(/^error: nothing was removed: add --yes to remove all [23]\n$/);
      expect(await idsIn(own)).toHaveLength(6);
    }
    expect(JSON.parse((await rm("--where", "seed=0", "--json")).stdout).removed).toEqual([]);
    expect((await rm("--architecture", "mlp", "--where", "seed<2", "--yes")).stdout.match(/removed/g)).toHaveLength(2);
    expect((await own.records()).records.map(({ seed }) => seed).toSorted()).toEqual([0, 1, 2, 2]);
  });

  test("a run that a living process trains is refused, and with it all others", async () => {
    const { store: own, rm } = await another("living");
    const [one, two] = synthetic as [RunRecord, RunRecord];
    const claim = await own.claim(two.id);
    const { code, stdout, stderr } = await rm(one.id, two.id, "--yes");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^error: run ${two.id} is being trained by .*${process.pid}`));
    expect(await idsIn(own)).toHaveLength(6);
    if ("release" in claim) await claim.release();
  });
});

describe("runs export", () => {
  const to = (name: string) => join(folder.path, name);
  const exported = (...more: string[]) => runs("export", ...more);

  test("csv has a line for each run and epoch, whose last has the run's own errors", async () => {
    const { code, stderr } = await exported("--format", "csv", "--out", to("epochs.csv"), "--where", "epochs=3");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${to("epochs.csv")}: 15 runs, ${epochsIn(synthetic)} epochs\n`,
    });
    const rows = parse(await readFile(to("epochs.csv")), { columns: true }) as Record<string, string>[];
    expect(rows.map(({ id, epoch }) => `${id} ${epoch}`).toSorted()).toEqual(
      synthetic.flatMap(({ id, epochs }) => epochs.map(({ epoch }) => `${id} ${epoch}`)).toSorted(),
    );
    const real = to("real.csv");
    await exported("--format", "csv", "--out", real, "--where", "epochs=1", "--quiet");
    const own = parse(await readFile(real), { columns: true }) as Record<string, string>[];
    expect(own).toHaveLength(3);
    for (const [i, record] of trained.entries()) {
      const [epoch] = record.epochs;
      expect(own[i]).toMatchObject({
        id: record.id,
        architecture: "mlp",
        seed: String(record.seed),
        learningRate: String(record.config.learningRate),
        "engine.simd": "base",
        epoch: "1",
        trainLoss: String(epoch?.trainLoss),
        testLoss: String(epoch?.testLoss),
        trainError: String(record.trainError),
        testError: String(record.testError),
      });
    }
  });

  test("jsonl has what runs show --json has, with tags and a note, a run on each line", async () => {
    const { store: own } = await another("lines");
    const [one] = synthetic as [RunRecord];
    await own.annotate(new Map([[one.id, { tags: ["keep"], note: "a, b" }]]));
    const at = (...commandLine: string[]) => here(["runs", ...commandLine, "--runs", own.folder]);
    expect((await at("export", "--format", "jsonl", "--out", to("runs.jsonl"))).code).toBe(0);
    const lines = (await readFile(to("runs.jsonl"), "utf8")).trimEnd().split("\n");
    expect(lines).toHaveLength(6);
    expect(JSON.parse(lines[0] as string)).toEqual(JSON.parse((await at("show", one.id, "--json")).stdout));
    await at("export", "--format", "csv", "--out", to("tagged.csv"), "--tag", "keep");
    const rows = parse(await readFile(to("tagged.csv")), { columns: true }) as Record<string, string>[];
    expect(new Set(rows.map(({ id, tags, note }) => [id, tags, note].join("/")))).toEqual(
      new Set([`${one.id}/keep/a, b`]),
    );
  });

  test("a run that diverged before its first epoch is not lost", async () => {
    const { store: own } = await another("lost", [asDiverged(synthetic[0] as RunRecord)]);
    const at = (format: string) =>
      here(["runs", "export", "--format", format, "--out", to(`lost.${format}`), "--runs", own.folder]);
    expect((await at("csv")).stderr).toMatch(": 1 run, 0 epochs\n");
    const [row, ...others] = parse(await readFile(to("lost.csv")), { columns: true }) as Record<string, string>[];
    expect(row).toMatchObject({ "diverged.epoch": "1", "diverged.step": "7", epoch: "", trainLoss: "", testError: "" });
    expect(others).toEqual([]);
    expect((await at("tensorboard")).code).toBe(0);
    expect(await readdir(to("lost.tensorboard"))).toHaveLength(1);
  });

  test("tensorboard has a folder for each run, and its epochs as steps; again, the same bytes", async () => {
    const out = to("board");
    const [run] = trained as [RunRecord];
    const write = () => exported("--format", "tensorboard", "--out", out, "--where", `id=${run.id}`);
    expect((await write()).stderr).toBe(`${out}: 1 run, 1 epoch\n`);
    expect(await readdir(out)).toEqual([`mlp-seed-0-${run.id}`]);
    const path = join(out, `mlp-seed-0-${run.id}`, "events.out.tfevents.0000000000.pairlab");
    const bytes = await readFile(path);
    const saved = (await stat(join(store.folder, run.id, "epochs.jsonl"))).mtimeMs / 1000;
    const [epoch] = run.epochs;
    const scalars = {
      "loss/train": epoch?.trainLoss ?? Number.NaN,
      "loss/test": epoch?.testLoss ?? Number.NaN,
      "error/train": run.trainError,
      "error/test": run.testError,
    };
    expect(bytes).toEqual(Buffer.from(encodeEventFile([{ step: 1, scalars }], saved)));
    await runs("show", run.id);
    await write();
    expect(await readFile(path)).toEqual(bytes);
  });

  test("a run of any name stays within the folder", async () => {
    const record = { ...(synthetic[0] as RunRecord), architecture: "../../up", id: "0123456789abcdef" };
    const { store: own } = await another("names", [record]);
    const out = to("within");
    await here(["runs", "export", "--format", "tensorboard", "--out", out, "--runs", own.folder]);
    expect(await readdir(out)).toEqual(["______up-seed-0-0123456789abcdef"]);
  });

  test("without runs, or with one whose epochs were changed, nothing is written", async () => {
    const { store: own } = await another("changed");
    const [one] = synthetic as [RunRecord];
    const epochs = join(own.folder, one.id, "epochs.jsonl");
    const text = await readFile(epochs, "utf8");
    await writeFile(
      epochs,
      text.replace(/\d(?=\}\n$)/, (digit) => String((Number(digit) + 1) % 10)),
    );
    const at = (...more: string[]) =>
      here(["runs", "export", "--format", "csv", "--out", to("none.csv"), "--runs", own.folder, ...more]);
    expect((await at()).stderr).toMatch(
      /^error: .*epochs\.jsonl does not have the SHA-256 that run\.json names: train it again\n$/,
    );
    expect((await at("--tag", "none")).stderr).toMatch(/^error: there are no runs in .* with --tag none: /);
    expect(await readdir(folder.path)).not.toContain("none.csv");
  });
});

describe("a wrong request is one line and exit code 2", () => {
  test.each<[string, string[], RegExp]>([
    ["an unknown key", ["--where", "epoch=3"], /no run has "epoch": did you mean epochs\?/],
    ["a condition that is none", ["--where", "epochs"], /"epochs" is not a condition/],
    ["an unknown architecture", ["--architecture", "mpl"], /did you mean mlp\?/],
    [
      "an unknown command",
      ["shwo"],
      /unknown command "shwo": did you mean show\? There are list, show, diff, tag, note, export, rm$/m,
    ],
    ["JSON and CSV at once", ["--json", "--csv"], /'--json' cannot be used with option '--csv'/],
    ["a run that is not there", ["show", "ffffffffffffffff"], /no run "ffffffffffffffff" in /],
    ["a single run to compare", ["diff", "latest"], /missing required argument/],
    ["nothing to remove", ["rm"], /name the runs to remove/],
    ["runs and a filter", ["rm", "latest", "--where", "seed=0"], /not both/],
    [
      "a tag with a capital",
      ["tag", "latest", "--add", "Keep"],
      /'Keep' is invalid\. It must be 1 to 40 small letters, /,
    ],
    ["a tag of 41", ["--tag", "a".repeat(41)], /It must be 1 to 40 small letters, digits and hyphens/],
    ["an empty tag", ["tag", "latest", "--remove", ""], /It must be 1 to 40 small letters/],
    ["no tag at all", ["tag", "latest"], /give --add NAME, --remove NAME or both/],
    ["a tag that comes and goes", ["tag", "latest", "--add", "a", "--remove", "a"], /--add and --remove both name a/],
    [
      "a note of two lines",
      ["note", "latest", "a\nb"],
      /note must be one line without control characters, not "a\\nb"/,
    ],
    ["a note of 2,001", ["note", "latest", "é".repeat(2001)], /note has 2001 characters: it must have 2000 or fewer/],
    ["a note without its text", ["note", "latest"], /missing required argument 'text'/],
    [
      "an export without its format",
      ["export", "--out", "x"],
      /--format is missing: give one of csv, jsonl, tensorboard/,
    ],
    ["an export to nowhere", ["export", "--format", "csv"], /--out is missing: name the file or the folder to write/],
    ["an unknown format", ["export", "--format", "xml", "--out", "x"], /Allowed choices are csv, jsonl, tensorboard/],
    [
      "event files in a file",
      ["export", "--format", "tensorboard", "--out", "package.json"],
      /cannot write in package\.json/,
    ],
    ["a filter that selects none", ["rm", "--where", "seed=99", "--yes"], /no runs in .* with --where seed=99/],
  ])("%s", async (_, commandLine, says) => {
    const { code, stdout, stderr } = await runs(...commandLine);
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

test("a store that is missing has no runs: nothing to list, and nothing to show, compare or remove", async () => {
  const nowhere = join(folder.path, "nowhere");
  const at = (...commandLine: string[]) => here(["runs", ...commandLine, "--runs", nowhere]);
  expect(await at()).toEqual({ code: 0, stdout: `there are no runs in ${nowhere}\n`, stderr: "" });
  expect(JSON.parse((await at("--json")).stdout).groups).toEqual([]);
  for (const commandLine of [
    ["show", "latest"],
    ["diff", "ab", "cd"],
    ["rm", "latest"],
    ["rm", "--where", "epochs=1"],
  ]) {
    const { code, stdout, stderr } = await at(...commandLine);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^error: there (is|are) no runs? .*nowhere.*\n$/);
  }
});

test("a store of a newer version is refused by its name", async () => {
  const { store: own } = await another("newer");
  await writeFile(join(own.folder, "store.json"), '{ "format": 99 }');
  for (const commandLine of [[], ["show", "latest"], ["rm", "--damaged", "--yes"]]) {
    const { code, stdout, stderr } = await here(["runs", ...commandLine, "--runs", own.folder]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/is a run store of format 99, newer than/);
  }
});
