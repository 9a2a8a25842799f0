import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RunStore } from "../../src/node/index.js";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
const few = (): string[] => ["--pairs", "200", "--data", at("MNIST")];
const train = (...more: string[]) =>
  here(["train", "one-by-one", "--epochs", "2", ...few(), "--runs", at("runs"), "--json", ...more]);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFewDigits(at("MNIST"));
});
afterAll(() => folder.remove());

test("architectures --json lists the paper's parameter counts, then those of the further networks", async () => {
  const { stdout } = await here(["architectures", "--json"]);
  const counts = JSON.parse(stdout).map(({ name, parameters }: Record<string, unknown>) => [name, parameters]);
  expect(counts).toEqual([
    ["mlp", 89_712],
    ["simple-cnn", 76_386],
    ["weight-sharing", 75_202],
    ["weight-sharing-auxiliary", 88_268],
    ["one-by-one", 43_274],
    ["fully-connected", 347_670],
    ["lenet-5", 60_428],
    ["resnet", 81_506],
    ["resnet-sharing", 79_052],
    ["resnet-sharing-auxiliary", 79_052],
    ["resnet-one-by-one", 77_578],
    ["best", 78_154],
    ["best-ensemble", 4 * 78_154],
    ["best-learned", 78_356],
    ["weight-sharing-auxiliary-tuned", 88_268],
    ["quick", 2234],
    ["matching", 34_242],
    ["ranking", 25_793],
  ]);
});

test("architectures says how the names of the trunk family are made", async () => {
  const { stdout } = await here(["architectures"]);
  expect(stdout.trimEnd().split("\n").at(-1)).toMatch(
    /trunk, then any of \+sharing \+auxiliary \+batch-norm \+dropout \+rule in this order\.$/,
  );
});

test("separate trunks are trained, kept and exported, each under its own names", async () => {
  const name = "trunk+auxiliary+batch-norm+rule";
  const command = ["train", name, "--epochs", "1", ...few(), "--evaluate", "end", "--runs", at("trunks"), "--json"];
  const { stdout } = await here(command);
  const record = JSON.parse(stdout);
  expect(record).toMatchObject({ architecture: name, config: { network: { trunks: "separate" } } });
  expect((await here(command)).stderr).toMatch(/kept from before/);
  await here(["export", record.id, "--runs", at("trunks"), "--out", at("t.safetensors")]);
  const file = await readFile(at("t.safetensors"));
  const header = JSON.parse(file.toString("utf8", 8, 8 + Number(file.readBigUInt64LE(0))));
  const affine = ["weight", "bias"];
  const normalized = [...affine, "running_mean", "running_var", "num_batches_tracked"];
  const layers = { 0: affine, 1: normalized, 4: affine, 5: normalized, 9: affine, 11: affine };
  const names = ["first", "second"].flatMap((trunk) =>
    Object.entries(layers).flatMap(([layer, tensors]) => tensors.map((tensor) => `${trunk}.${layer}.${tensor}`)),
  );
  expect(Object.keys(header).toSorted()).toEqual(["__metadata__", ...names].toSorted());
  expect(header["second.9.weight"]).toMatchObject({ dtype: "F32", shape: [128, 256] });
});

test("data verify knows MNIST by its SHA-256, and says which file differs", async () => {
  expect(await here(["data", "verify"])).toMatchObject({ code: 0, stderr: "" });
  const names = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ];
  const images = Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28]), Buffer.alloc(784)]);
  for (const name of names)
    await writeFile(at(name), name.includes("images") ? images : Buffer.from([0, 0, 8, 1, 0, 0, 0, 1, 7]));
  const { code, stderr } = await here(["data", "verify", "--data", folder.path]);
  expect(stderr).toMatch(/not MNIST's official files: .*train-images/);
  expect(code).toBe(2);
});

test("pairs writes what PyTorch's generate_pair_sets would return, the same for the same seed", async () => {
  await here(["pairs", "--seed", "5", "--out", at("a.safetensors")]);
  await here(["pairs", "--seed", "5", "--out", at("b.safetensors")]);
  const file = await readFile(at("a.safetensors"));
  expect(sha256(await readFile(at("b.safetensors")))).toBe(sha256(file));
  const length = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString("utf8", 8, 8 + length));
  for (const set of ["train", "test"]) {
    expect(header[`${set}_input`]).toMatchObject({ dtype: "F32", shape: [1000, 2, 14, 14] });
    expect(header[`${set}_target`]).toMatchObject({ dtype: "I64", shape: [1000] });
    expect(header[`${set}_classes`]).toMatchObject({ dtype: "I64", shape: [1000, 2] });
    const longs = (name: string) => {
      const [start, end] = header[name].data_offsets.map((offset: number) => 8 + length + offset);
      return Array.from({ length: (end - start) / 8 }, (_, i) => Number(file.readBigInt64LE(start + 8 * i)));
    };
    const classes = longs(`${set}_classes`);
    const holds = longs(`${set}_target`).map((_, pair) =>
      Number((classes[2 * pair] ?? 0) <= (classes[2 * pair + 1] ?? 0)),
    );
    expect(longs(`${set}_target`)).toEqual(holds);
  }
});

test("train --json prints the record that it keeps, and nothing else on standard output", async () => {
  const { code, stdout, stderr } = await train();
  expect(code).toBe(0);
  expect(stderr).toMatch(/epoch 2\/2: train loss/);
  const record = JSON.parse(stdout);
  expect(record).toMatchObject({ architecture: "one-by-one", seed: 0, parameters: 43_274 });
  expect(record.epochs.map(({ epoch }: { epoch: number }) => epoch)).toEqual([1, 2]);
  expect(record.testError).toBeCloseTo(1 - record.epochs[1].testAccuracy, 10);
  // One thread's, whose clock has a grain of some milliseconds.
  expect(record.processorSeconds).toBeGreaterThan(0);
  expect(record.processorSeconds).toBeLessThan(record.seconds + 0.05);
  expect(record.yardstickSeconds).toBeGreaterThan(0);
  const {
    files: _,
    digest: __,
    finite,
    ...kept
  } = JSON.parse(await readFile(at("runs", record.id, "run.json"), "utf8"));
  expect(finite).toBe(true);
  const lines = (await readFile(at("runs", record.id, "epochs.jsonl"), "utf8")).trimEnd().split("\n");
  expect({ ...kept, epochs: lines.map((line) => JSON.parse(line)) }).toEqual(record);
});

test("a finished run is not trained again, and export gives its weights under their own hash", async () => {
  const { stdout, stderr } = await train();
  expect(stderr).toMatch(/kept from before/);
  const { id, weightsSha256 } = JSON.parse(stdout);
  for (const reference of ["latest", id, id.slice(0, 6)]) {
    expect(await here(["export", reference, "--runs", at("runs"), "--out", at("w.safetensors")])).toMatchObject({
      code: 0,
    });
    expect(sha256(await readFile(at("w.safetensors")))).toBe(weightsSha256);
  }
});

test("without --format, the file's ending says what is written", async () => {
  const write = async (out: string, ...more: string[]) => {
    expect(await here(["export", "latest", "--runs", at("runs"), "--out", at(out), ...more])).toMatchObject({
      code: 0,
    });
    return readFile(at(out));
  };
  const asked = await write("asked.bin", "--format", "onnx");
  expect(await write("network.ONNX")).toEqual(asked);
  const weights = await write("weights.bin");
  expect(weights).not.toEqual(asked);
  expect(await write("weights.onnx", "--format", "safetensors")).toEqual(weights);
});

test("a damaged run is named and trained again, with the same weights", async () => {
  const before = JSON.parse((await train()).stdout);
  await writeFile(at("runs", before.id, "weights.safetensors"), "no weights");
  const { stdout, stderr } = await train();
  expect(stderr).toMatch(
    /weights\.safetensors has 10 bytes, not the \d+ that run\.json names; moved to .*: training it again/,
  );
  expect(await readFile(at("runs", "damaged", `${before.id}-1`, "weights.safetensors"), "utf8")).toBe("no weights");
  expect(JSON.parse(stdout).weightsSha256).toBe(before.weightsSha256);
});

test("settings change the run, and --evaluate end changes no weights", async () => {
  const usual = JSON.parse((await train()).stdout);
  const atEnd = JSON.parse((await train("--evaluate", "end")).stdout);
  const slower = JSON.parse((await train("--learning-rate", "0.001")).stdout);
  expect(atEnd.weightsSha256).toBe(usual.weightsSha256);
  expect(atEnd.epochs).toEqual(usual.epochs.slice(-1));
  expect(slower.weightsSha256).not.toBe(usual.weightsSha256);
});

test("an interrupt keeps the finished runs, leaves nothing half-written, and the same command continues", async () => {
  const reproduce = ["reproduce", "--rounds", "2", "--epochs", "6", "--workers", "1", ...few()];
  const commandLine = [...reproduce, "--runs", at("r"), "--out", at("report"), "--json"];
  const interrupted = await pairlab(commandLine, "3/10");
  expect(interrupted.code).toBe(130);
  expect(interrupted.stdout).toBe("");
  const kept = (await new RunStore(at("r")).records()).records.length;
  expect(interrupted.stderr).toMatch(`interrupted: ${kept} of 10 runs are kept`);
  expect(await readdir(at("report"))).toEqual([]);

  const { code, stdout, stderr } = await here(commandLine);
  expect(code).toBe(0);
  expect(stderr.match(/kept from before/g)).toHaveLength(kept);
  const result = JSON.parse(stdout);
  expect(JSON.parse(await readFile(at("report", "reproduce.json"), "utf8"))).toEqual(result);
  expect(result.architectures.map(({ runs }: { runs: unknown[] }) => runs.length)).toEqual([2, 2, 2, 2, 2]);
  expect(await readdir(at("report"))).toContain("report.html");
});

test("a reader that stops reading is not a failure", async () => {
  const { stdout, stderr } = await promisify(execFile)("bash", [
    "-c",
    `"${process.execPath}" bin/pairlab.js architectures --json | true; echo "\${PIPESTATUS[0]}"`,
  ]);
  expect({ stdout, stderr }).toEqual({ stdout: "0\n", stderr: "" });
});
