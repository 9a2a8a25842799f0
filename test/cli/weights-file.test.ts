import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from "../../src/core/formats/index.js";
import type { RunRecord } from "../../src/core/training/index.js";
import { writeFlags } from "../support/flags.js";
import { here } from "../support/here.js";
import { killedWhen, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { untimed } from "../support/untimed.js";

let folder: TemporaryFolder;
let before: RunRecord;
let tensors: readonly NamedTensor[];
const at = (...names: string[]): string => join(folder.path, ...names);
const FEW = ["--pairs", "200", "--epochs", "3"];
const train = (...more: string[]) => here(["train", "quick", ...FEW, ...more, "--runs", at("runs")]);
const evaluate = (file: string, ...more: string[]) => here(["evaluate", at(file), ...more, "--runs", at("runs")]);
const write = (name: string, some: readonly NamedTensor[]) => writeFile(at(name), encodeSafetensors(some));

beforeAll(async () => {
  folder = await temporaryFolder();
  before = JSON.parse((await train("--json", "--quiet")).stdout);
  await here(["export", before.id, "--out", at("own.safetensors"), "--runs", at("runs"), "--quiet"]);
  ({ tensors } = decodeSafetensors({ name: "own", bytes: await readFile(at("own.safetensors")) }));
  await write("foreign.safetensors", tensors);
});
afterAll(() => folder.remove());

describe("train --init", () => {
  test("makes a run of its own, which is kept, shown and told apart from one that starts at random", async () => {
    const { stdout, stderr } = await train("--init", at("own.safetensors"), "--json");
    const run: RunRecord = JSON.parse(stdout);
    const { startingWeights, ...config } = run.config;
    expect([run.id === before.id, config]).toEqual([false, before.config]);
    expect(run.testError).toBeLessThan(before.testError);
    expect(stderr).not.toMatch(/head/);
    const again = await train("--init", at("foreign.safetensors"), "--json", "--quiet");
    expect(JSON.parse(again.stdout)).toEqual(run);
    const shown = await here(["runs", "show", run.id, "--runs", at("runs")]);
    expect(shown.stdout.replaceAll(/\s+/g, " ")).toContain(
      `Starting weights given, SHA-256 ${startingWeights?.sha256}`,
    );
    const { stdout: list } = await here(["runs", "list", "--runs", at("runs")]);
    expect(list).toContain(`given weights ${startingWeights?.sha256.slice(0, 8)}`);
    expect(JSON.parse((await train("--json", "--quiet")).stdout).id).toBe(before.id);
  });

  test("goes on after it was killed, to the same bits", async () => {
    const init = ["--init", at("own.safetensors"), "--epochs", "120"];
    const command = (runs: string) => ["train", "quick", ...init, "--runs", at(runs)];
    const begun = async () => {
      const names = await readdir(at("killed")).catch(() => []);
      return names.filter((name) => existsSync(at("killed", name, "checkpoint.safetensors")));
    };
    const { killed } = await killedWhen(command("killed"), async () => (await begun()).length > 0);
    expect(killed).toBe(true);
    const [id] = await begun();
    const { stdout, stderr } = await here([...command("killed"), "--json"]);
    const run: RunRecord = JSON.parse(stdout);
    expect(run.id).toBe(id);
    expect(stderr).toMatch(/epoch 120\/120/);
    expect(stderr).not.toMatch(/epoch 1\/120/);
    const fresh: RunRecord = JSON.parse((await here([...command("fresh"), "--json", "--quiet"])).stdout);
    expect(untimed(fresh)).toEqual(untimed(run));
  });

  test("of a file that has changed is another run; a count of batches changes nothing", async () => {
    const run = async (): Promise<RunRecord> =>
      JSON.parse((await train("--init", at("changing.safetensors"), "--json", "--quiet")).stdout);
    await write("changing.safetensors", tensors);
    const { id } = await run();
    await write(
      "changing.safetensors",
      tensors.map((tensor) =>
        tensor.name.endsWith("num_batches_tracked") ? { ...tensor, data: BigInt64Array.of(5n) } : tensor,
      ),
    );
    expect((await run()).id).toBe(id);
    await write(
      "changing.safetensors",
      tensors.map((tensor) =>
        tensor.name === "trunk.0.bias"
          ? { ...tensor, data: (tensor.data as Float32Array).map((value) => value + 1) }
          : tensor,
      ),
    );
    expect((await run()).id).not.toBe(id);
  });

  test("of a trunk says so", async () => {
    const run: RunRecord = JSON.parse(
      (await here(["train", "weight-sharing", ...FEW, "--runs", at("runs"), "--json", "--quiet"])).stdout,
    );
    await here(["export", run.id, "--out", at("ws.safetensors"), "--runs", at("runs"), "--quiet"]);
    const all = decodeSafetensors({ name: "ws", bytes: await readFile(at("ws.safetensors")) }).tensors;
    await write(
      "trunk.safetensors",
      all.filter(({ name }) => name.startsWith("trunk.")),
    );
    const init = ["--init", at("trunk.safetensors"), "--runs", at("runs")];
    const { code, stderr, stdout } = await here(["train", "weight-sharing", ...FEW, ...init]);
    expect(code).toBe(0);
    expect(stderr).toContain(`${at("trunk.safetensors")} has no tensor of the head: the head starts as seed 0 says\n`);
    const [, id = ""] = /run ([0-9a-f]{16})/.exec(stdout) ?? [];
    const shown = await here(["runs", "show", id, "--runs", at("runs")]);
    expect(shown.stdout.replaceAll(/\s+/g, " ")).toMatch(
      /given, SHA-256 [0-9a-f]{64}; of the head, PyTorch's default initialisation/,
    );
  });
});

describe("evaluate FILE --architecture", () => {
  const asked = ["--architecture", "quick", "--pairs", "1000"];

  test("measures a run's own file as the run, with the file's scale", async () => {
    const own = await evaluate("own.safetensors", ...asked, "--json", "--quiet");
    const run = await here(["evaluate", before.id, "--pairs", "1000", "--json", "--quiet", "--runs", at("runs")]);
    const { run: _, thresholds: __, ...due } = JSON.parse(run.stdout);
    const { file, architecture, scale, thresholds, ...said } = JSON.parse(own.stdout);
    const { metadata } = decodeSafetensors({ name: "own", bytes: await readFile(at("own.safetensors")) });
    expect(scale).toEqual({
      mean: Number(metadata.pixel_mean),
      deviation: Number(metadata.pixel_standard_deviation),
    });
    expect([file, architecture, own.stderr]).toEqual([at("own.safetensors"), "quick", ""]);
    // What the file was trained on is not known.
    expect(due.seenPairs).toBe(0);
    expect(said).toEqual({ ...due, seenPairs: null });
    expect(thresholds.validationPairs).toBe(1000);
    const scaled = await evaluate("own.safetensors", ...asked, "--scale", "0,255");
    expect([scaled.code, scaled.stderr]).toEqual([
      2,
      expect.stringMatching(/^error: \S+own\.safetensors says how its pixels were scaled: leave the scale out\n$/),
    ]);
  });

  test("says which scale it takes where a file says none, and that its training images are not known", async () => {
    const { code, stdout, stderr } = await evaluate("foreign.safetensors", ...asked);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^quick, weights of \S+foreign\.safetensors\n\nIt is wrong on /);
    expect(stderr).toMatch(
      /^\S+foreign\.safetensors does not say how its pixels were scaled: by mean \d+\.\d\d and standard deviation \d+\.\d\d, those of 1000 training pairs here, else give --scale\nwhich images these weights were trained on is not known: /,
    );
    const { metadata } = decodeSafetensors({ name: "own", bytes: await readFile(at("own.safetensors")) });
    const scale = `${metadata.pixel_mean},${metadata.pixel_standard_deviation}`;
    const [same, own] = await Promise.all([
      evaluate("foreign.safetensors", ...asked, "--scale", scale, "--json", "--quiet"),
      evaluate("own.safetensors", ...asked, "--json", "--quiet"),
    ]);
    expect({ ...JSON.parse(same.stdout), file: "" }).toEqual({ ...JSON.parse(own.stdout), file: "" });
  });

  test("writes a report whose command repeats it", async () => {
    const out = ["--out", at("report"), "--quiet"];
    const { code } = await evaluate("foreign.safetensors", ...asked, "--relation", "less", "--scale", "33,78", ...out);
    expect(code).toBe(0);
    const report = await readFile(at("report", "report.md"), "utf8");
    expect(report).toContain(
      `pairlab evaluate ${at("foreign.safetensors")} --architecture quick --relation less --scale 33,78 --pairs 1000`,
    );
    expect(report).toContain("Which images the network was trained on is not known.");
    expect(report).not.toMatch(/Run [0-9a-f]{16}/);
  });
});

test("evaluate FILE takes the options of train: a run's file has the run's measures, of own images too", async () => {
  await writeFlags(at("flags"), 60);
  const data = ["--data", at("flags"), "--fit", "pad", "--size", "12x16"];
  const asked = [...data, "--relation", "equal", "--reuse", "--seed", "3"];
  const runs = ["--runs", at("flags-runs"), "--json", "--quiet"];
  const { id }: RunRecord = JSON.parse((await here(["train", "matching", ...asked, "--epochs", "4", ...runs])).stdout);
  await here(["export", id, "--out", at("flags.safetensors"), "--runs", at("flags-runs"), "--quiet"]);
  const of = async (...what: string[]) => JSON.parse((await here(["evaluate", ...what, ...runs])).stdout);
  const run = await of(id, ...data);
  const file = await of(at("flags.safetensors"), "--architecture", "matching", ...asked);
  expect(run.constantAnswer).toBe(null);
  const { run: _, dataset, seenPairs: __, ...due } = run;
  expect(file).toMatchObject({ ...due, dataset: { sha256: dataset.sha256 }, seenPairs: null });
});

const TO_ONNX = ["--format", "onnx", "--out", "none"];

const WRONG: readonly [string, string[], RegExp][] = [
  ["no file", ["evaluate", "missing", "--architecture", "quick"], /there is no file missing/],
  ["a folder", ["evaluate", ".", "--architecture", "quick"], /\. is not a file|cannot read/],
  ["a device", ["evaluate", "/dev/zero", "--architecture", "quick"], /\/dev\/zero is not a file/],
  ["an unknown network", ["evaluate", "own.safetensors", "--architecture", "quik"], /quik/],
  ["another network", ["evaluate", "own.safetensors", "--architecture", "mlp"], /there is no tensor "head\.1\.weight"/],
  [
    "a scale of one number",
    ["evaluate", "foreign.safetensors", "--architecture", "quick", "--scale", "33"],
    /It must be a mean/,
  ],
  [
    "a deviation of 0",
    ["evaluate", "foreign.safetensors", "--architecture", "quick", "--scale", "33,0"],
    /It must be a mean/,
  ],
  ["an unknown question", ["evaluate", "own.safetensors", "--architecture", "quick", "--relation", "more"], /more/],
  [
    "no network",
    ["evaluate", "own.safetensors"],
    /own\.safetensors is a file of weights: name its network with --arch/,
  ],
  ["a scale for a run", ["evaluate", "latest", "--scale", "0,255"], /--scale is of a file of weights/],
  ["a seed for a run", ["evaluate", "latest", "--seed", "1"], /--seed is of a file of weights/],
  ["balance for a run", ["evaluate", "latest", "--no-balance"], /--balance is of a file of weights/],
  ["a question for a run", ["evaluate", "latest", "--relation", "less"], /--relation is of a file of weights/],
  ["no file to export", ["export", "missing", ...TO_ONNX, "--architecture", "quick"], /there is no file missing/],
  [
    "another network to export",
    ["export", "own.safetensors", ...TO_ONNX, "--architecture", "mlp"],
    /there is no tensor "head\.1\.weight"/,
  ],
  ["an unknown network to export", ["export", "own.safetensors", ...TO_ONNX, "--architecture", "quik"], /mean quick\?/],
  [
    "a scale beside the file's own",
    ["export", "own.safetensors", ...TO_ONNX, "--architecture", "quick", "--scale", "33,78"],
    /own\.safetensors says how its pixels were scaled: leave the scale out/,
  ],
  [
    "no network to export",
    ["export", "own.safetensors", ...TO_ONNX],
    /own\.safetensors is a file of weights: name its network with --architecture/,
  ],
  [
    "weights of a file of weights",
    ["export", "own.safetensors", "--architecture", "quick", "--out", "none"],
    /own\.safetensors has the weights already: add --format onnx for the network/,
  ],
  [
    "the trunk of a network without one",
    ["export", "mlp.safetensors", ...TO_ONNX, "--architecture", "mlp", "--part", "trunk"],
    /the network has no trunk: mlp sees both images of a pair at once; ask for the whole network/,
  ],
  [
    "a scale for a run's network",
    ["export", "latest", ...TO_ONNX, "--scale", "0,255"],
    /--scale is of a file of weights/,
  ],
  ["images for a run's network", ["export", "latest", ...TO_ONNX, "--size", "16x16"], /--size is of a file of weights/],
  ["another size", ["evaluate", "own.safetensors", "--architecture", "quick", "--size", "28x28"], /has shape \[/],
  ["nothing to start from", ["train", "quick", "--init", "missing"], /there is no file missing/],
  ["weights of another network", ["train", "mlp", "--init", "own.safetensors"], /there is no tensor "head\.1\.weight"/],
  ["an empty file", ["train", "quick", "--init", "empty"], /empty: 0 bytes are not a safetensors file/],
  ["a file cut short", ["train", "quick", "--init", "cut"], /cut: the tensors take \d+ bytes, but/],
];

describe("a wrong request gets one line and exit code 2, and nothing is written", () => {
  beforeAll(async () => {
    const mlp = ["train", "mlp", "--pairs", "50", "--epochs", "1", "--runs", at("runs"), "--json", "--quiet"];
    const { id } = JSON.parse((await here(mlp)).stdout);
    await here(["export", id, "--out", at("mlp.safetensors"), "--runs", at("runs"), "--quiet"]);
    await writeFile(at("empty"), "");
    await writeFile(at("cut"), (await readFile(at("own.safetensors"))).subarray(0, -9));
  });
  test.each(WRONG)("%s", async (_, command, says) => {
    const runs = command.includes("latest") ? at("runs") : at("none");
    const { code, stdout, stderr } = await here([...command, "--runs", runs], folder.path);
    expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
    expect(stderr).toMatch(says);
    expect(await readdir(folder.path)).not.toContain("none");
  });
});
