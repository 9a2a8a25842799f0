import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DIGIT_PAIRS, type FinishedRun, makeJob, type RunRecord } from "../../src/core/index.js";
import { RunStore } from "../../src/node/runs/store.js";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
const verify = (store: string, ...more: string[]) =>
  here(["verify", ...more, "--data", at("MNIST"), "--runs", at(store), "--workers", "2"]);
let kept: FinishedRun[];

beforeAll(async () => {
  folder = await temporaryFolder();
  // 1,500 test pairs, more than a run's own 1,000.
  await writeFewDigits(at("MNIST"), { train: 1500, test: 3000 });
  const small = [
    "--rounds",
    "2",
    "--pairs",
    "60",
    "--epochs",
    "2",
    "--quiet",
    "--data",
    at("MNIST"),
    "--runs",
    at("runs"),
  ];
  expect((await here(["compare", "quick", "mlp", ...small, "--out", at("report")])).code).toBe(0);
  await here([
    "train",
    "simple-cnn",
    "--pairs",
    "60",
    "--epochs",
    "1",
    "--quiet",
    "--data",
    at("MNIST"),
    "--runs",
    at("runs"),
  ]);
  const store = new RunStore(at("runs"));
  kept = await Promise.all(
    (await store.records()).records.map(async ({ id }) => (await store.find(id)) as FinishedRun),
  );
});
afterAll(() => folder.remove());

/** A store with those runs, each as `change` makes it: whole files, with digests that are right. */
async function forged(name: string, change: (run: FinishedRun) => FinishedRun): Promise<void> {
  const store = new RunStore(at(name));
  for (const run of kept) await store.save(change(run));
}

describe("verify", () => {
  test("trains runs of the store again, as many as there are at most, and writes nothing", async () => {
    const before = await readdir(at("runs"), { recursive: true });
    const { code, stdout, stderr } = await verify("runs", "--count", "9");
    expect([code, stdout]).toEqual([
      0,
      "5 runs of 5 trained again: the same weights, errors and losses, bit for bit\n",
    ]);
    for (const { record } of kept) expect(stderr).toContain(`run ${record.id} (`);
    expect(stderr.match(/: the same bits$/gm)).toHaveLength(5);
    expect(await readdir(at("runs"), { recursive: true })).toEqual(before);
  });

  test("takes the runs of a report, and has JSON", async () => {
    const { stdout, stderr } = await verify("runs", at("report"), "--count", "4", "--json", "--quiet");
    const { verified, ...counts } = JSON.parse(stdout);
    expect([stderr, counts]).toEqual([
      "",
      { runs: 4, cannotBeTrainedHere: 0, notInStore: 0, damaged: [], misreported: [] },
    ]);
    const compared = kept.filter(({ record }) => record.architecture !== "simple-cnn").map(({ record }) => record.id);
    expect(verified.map(({ id }: RunRecord) => id).toSorted()).toEqual(compared.toSorted());
    for (const { differs } of verified) expect(differs).toEqual([]);
  });

  test("draws another choice each time", async () => {
    const drawn = new Set<string>();
    for (let i = 0; i < 12 && drawn.size < 2; i++) {
      const { stdout } = await verify("runs", "--count", "1", "--json", "--quiet");
      drawn.add(JSON.parse(stdout).verified[0].id);
    }
    // Twelve times the same of five: once in 50 million.
    expect(drawn.size).toBe(2);
  });

  test("finds a worker that sends other weights, and names the run", async () => {
    await forged("other weights", ({ record, weights }) => {
      if (record.architecture !== "mlp" || record.seed !== 1) return { record, weights };
      const changed = Uint8Array.from(weights);
      changed[changed.length - 1] = (changed.at(-1) as number) ^ 1;
      return {
        record: { ...record, weightsSha256: createHash("sha256").update(changed).digest("hex") },
        weights: changed,
      };
    });
    const { code, stdout, stderr } = await verify("other weights", "--count", "5");
    const id = kept.find(({ record }) => record.architecture === "mlp" && record.seed === 1)?.record.id;
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`run ${id} (mlp, seed 1): other weightsSha256\n`);
    expect(stderr.trimEnd().split("\n").at(-1)).toBe(`error: 1 run is trained again to other bits: ${id}`);
  });

  test("finds a worker that sends a better error, or other losses", async () => {
    await forged("better", ({ record, weights }) => {
      if (record.architecture !== "quick") return { record, weights };
      const [first, ...others] = record.epochs;
      return {
        record:
          record.seed === 0
            ? { ...record, testError: 0 }
            : { ...record, epochs: first ? [{ ...first, testLoss: first.testLoss + 1e-9 }, ...others] : [] },
        weights,
      };
    });
    const { code, stderr } = await verify("better", "--count", "5");
    expect(code).toBe(1);
    expect(stderr).toMatch(/\(quick, seed 0\): other testError\n/);
    expect(stderr).toMatch(/\(quick, seed 1\): other epochs\n/);
    expect(stderr.match(/: the same bits$/gm)).toHaveLength(3);
  });

  test("leaves out what cannot be trained again here, and says why where nothing is left", async () => {
    const { record, weights } = kept[0] as FinishedRun;
    const { architecture, config } = record;
    const elsewhere = (named: typeof config.dataset, engine: typeof config.engine) => {
      const { trainPairs, testPairs, epochs } = config;
      const job = makeJob(architecture, 1, { ...named, shape: DIGIT_PAIRS }, engine, { trainPairs, testPairs, epochs });
      return { record: { ...record, ...job }, weights };
    };
    const kernels = "0".repeat(64);
    const otherKernels = elsewhere(config.dataset, { ...config.engine, version: "0.0.1", kernels });
    const otherImages = elsewhere({ name: "flags", sha256: "a".repeat(64) }, config.engine);
    const [mixed, neither, kernelsOnly, imagesOnly] = ["mixed", "neither", "kernels", "images"].map(
      (name) => new RunStore(at(name)),
    );
    for (const run of [kept[0] as FinishedRun, otherKernels, otherImages]) await mixed?.save(run);
    for (const run of [otherKernels, otherImages]) await neither?.save(run);
    await kernelsOnly?.save(otherKernels);
    await imagesOnly?.save(otherImages);
    expect(await verify("mixed")).toMatchObject({
      code: 0,
      stdout:
        "1 run of 3 trained again: the same weights, errors and losses, bit for bit\n2 runs cannot be trained again here: 1 of other images; 1 of other kernels\n",
    });
    const { id } = otherKernels.record;
    expect(await verify("kernels")).toMatchObject({
      code: 2,
      stderr: `error: run ${id} was trained with other kernels, those of pairlab 0.0.1: verify it with that version\n`,
    });
    expect(await verify("images")).toMatchObject({
      code: 2,
      stderr: `error: run ${otherImages.record.id} is of flags, whose SHA-256 begins with aaaaaaaaaaaaaaaa: name its images with --data, as they were named when it was trained\n`,
    });
    const none = await verify("neither");
    expect([none.code, none.stdout]).toEqual([2, ""]);
    expect(none.stderr).toMatch(
      /^error: none of 2 runs can be trained again here \(1 of other images; 1 of other kernels\): run [0-9a-f]{16} .+\n$/,
    );
  });

  test("says of runs of the fused build how many they are and why, on a machine that cannot run it", async () => {
    expect(process.arch).toBe("x64");
    const small = ["--pairs", "60", "--epochs", "1", "--quiet", "--data", at("MNIST")];
    const train = (store: string, simd: string, seed: string) =>
      here(["train", "quick", ...small, "--runs", at(store), "--simd", simd, "--seed", seed]);
    for (const [store, simd, seed] of [
      ["builds", "base", "0"],
      ["builds", "fused", "0"],
      ["builds", "fused", "1"],
      ["fused", "fused", "0"],
      ["fused", "fused", "1"],
    ] as const)
      expect((await train(store, simd, seed)).code).toBe(0);
    const unable = (store: string, ...more: string[]) =>
      pairlab(["verify", "--data", at("MNIST"), "--runs", at(store), "--count", "9", "--quiet", ...more], undefined, [
        "--no-enable-fma3",
      ]);
    const why = `which needs a multiply-add that rounds once, and Node.js ${process.version} on this processor rounds twice`;
    const some = await unable("builds");
    expect([some.code, some.stderr]).toEqual([0, ""]);
    expect(some.stdout.trimEnd().split("\n").slice(1)).toEqual([
      "1 run of 3 trained again: the same weights, errors and losses, bit for bit",
      `2 runs cannot be trained again here: of --simd fused, ${why}`,
    ]);
    const { runs, cannotBeTrainedHere, verified } = JSON.parse((await unable("builds", "--json")).stdout);
    expect([runs, cannotBeTrainedHere, verified.length]).toEqual([3, 2, 1]);
    const [{ id } = { id: "" }] = (await new RunStore(at("fused")).records()).records;
    expect(await unable("fused")).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: none of 2 runs can be trained again here: run ${id} was trained with --simd fused, ${why}: verify it on another machine\n`,
    });
    // This machine can.
    expect(await verify("fused")).toMatchObject({ code: 0, stdout: expect.stringContaining("2 runs of 2 trained") });
  });

  test("names damaged runs, and verifies the others", async () => {
    await forged("damaged", (run) => run);
    const [first] = kept as [FinishedRun];
    const path = at("damaged", first.record.id, "weights.safetensors");
    await truncate(path, 10);
    const cut = first.record.id;
    const { id } = (kept[1] as FinishedRun).record;
    const other = at("damaged", id, "weights.safetensors");
    const changed = await readFile(other);
    changed[100] = (changed[100] as number) ^ 1;
    await writeFile(other, changed);
    const { code, stdout, stderr } = await verify("damaged", "--count", "9", "--json");
    expect(code).toBe(1);
    const { runs, damaged, verified } = JSON.parse(stdout);
    expect([runs, damaged, verified.length]).toEqual([4, [cut, id], 3]);
    expect(stderr).toContain(
      `${path} has 10 bytes, not the ${first.weights.length} that run.json names: it is not verified\n`,
    );
    expect(stderr).toContain(`${other} does not have the SHA-256 that run.json names: it is not verified\n`);
    expect(stderr.trimEnd().split("\n").at(-1)).toBe(`error: 2 runs are damaged: ${cut}, ${id}`);
  });

  test("finds what somebody has edited: counts of answers, parameters, the error on all test pairs", async () => {
    await forged("edited", ({ record, weights }) => ({
      record: { ...record, ...(record.architecture === "quick" ? { testYes: 0 } : { parameters: 7 }) },
      weights,
    }));
    const edited = await verify("edited", "--count", "9");
    expect(edited.code).toBe(1);
    expect(edited.stderr.match(/\(quick, seed \d\): other testYes\n/g)).toHaveLength(2);
    expect(edited.stderr.match(/: other parameters\n/g)).toHaveLength(3);
    await forged("measured", (run) => run);
    const store = new RunStore(at("measured"));
    const { record } = kept[0] as FinishedRun;
    const before = await new RunStore(at("runs")).evaluation(record, 1500);
    const compared = kept.find((run) => run.record.architecture === "mlp")?.record ?? record;
    await store.saveEvaluation(compared, { pairs: 1500, testError: 0.01, yes: before?.yes ?? 0 });
    const measured = await verify("measured", "--count", "9");
    expect([measured.code, measured.stderr.match(/: other allTestPairs\n/g)]).toEqual([1, [": other allTestPairs\n"]]);
  });

  test("finds a report with other numbers, and counts its runs that the store does not have", async () => {
    await mkdir(at("reported"));
    const text = await readFile(at("report", "compare.json"), "utf8");
    const document = JSON.parse(text);
    const [first] = document.architectures[0].runs;
    first.testError = 0.001;
    await writeFile(at("reported", "compare.json"), JSON.stringify(document));
    // What is no document of runs is passed over.
    await writeFile(at("reported", "package.json"), "{");
    await writeFile(at("reported", "deep.json"), "[".repeat(200_000));
    const { code, stderr } = await verify("runs", at("reported"), "--count", "1");
    expect(code).toBe(1);
    expect(stderr).toContain(`error: 1 run is reported with other numbers in ${at("reported")}: ${first.id}\n`);
    const few = new RunStore(at("few"));
    const ids = document.architectures.flatMap(({ runs }: { runs: { id: string }[] }) => runs.map(({ id }) => id));
    await few.save(kept.find(({ record }) => record.id === ids[1]) as FinishedRun);
    const { stdout } = await verify("few", at("report"), "--json", "--quiet");
    expect(JSON.parse(stdout)).toMatchObject({ runs: 1, notInStore: 3 });
  });

  test.each([
    [
      "a folder without a report",
      () => [at("runs", "claims")],
      /has no report that names runs: give the folder of a report/,
    ],
    ["a store without runs", () => ["--runs", at("none")], /there are no finished runs in .*none: train some/],
    ["no run to draw", () => ["--count", "0"], /whole number from 1/],
  ])("%s is refused in one line", async (_, more, says) => {
    const { code, stdout, stderr } = await here(["verify", "--runs", at("runs"), ...more()]);
    expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
    expect(stderr).toMatch(says);
  });
});
