import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../../src/core/formats/index.js";
import { decodePicture, preparePicture } from "../../src/core/pictures/index.js";
import type { RunRecord } from "../../src/core/training/index.js";
import { RunStore } from "../../src/node/index.js";
import { writeFlags } from "../support/flags.js";
import { here } from "../support/here.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { codecs } from "../support/pictures.js";
import { askedOf, caseOf, digitPairs, trainedBriefly } from "./cases.js";
import { type Checked, checked } from "./checker.js";
import { PATIENCE } from "./expectations.js";
import { loadRuntime } from "./load-runtime.js";
import { answersOf } from "./runtime.js";

let folder: TemporaryFolder;
const cache = process.env.PAIRLAB_CACHE;
const at = (...names: string[]): string => join(folder.path, ...names);

/** What a command prints, which ends well. */
async function output(...command: string[]): Promise<string> {
  const { code, stdout, stderr } = await here([...command, "--runs", at("runs")]);
  expect(code, stderr).toBe(0);
  return stdout;
}
const trained = async (...command: string[]): Promise<RunRecord> =>
  JSON.parse(await output("train", ...command, "--json", "--quiet"));
async function exported(run: string, ...more: string[]): Promise<Uint8Array> {
  await output("export", run, "--format", "onnx", "--out", at("network.onnx"), "--quiet", ...more);
  return readFile(at("network.onnx"));
}

let quick: RunRecord;
/** The file of `quick`, as ONNX's checker sees it. */
let network: Checked | undefined;

beforeAll(async () => {
  folder = await temporaryFolder();
  process.env.PAIRLAB_CACHE = at("cache");
  quick = await trained("quick", "--pairs", "200");
  ({ network } = await checked({ network: await exported(quick.id) }));
}, PATIENCE);
afterAll(async () => {
  if (cache === undefined) delete process.env.PAIRLAB_CACHE;
  else process.env.PAIRLAB_CACHE = cache;
  await folder.remove();
});

test("a file says what goes in, what comes out, and of which run it is", async () => {
  expect(network).toMatchObject({
    complaint: null,
    unused: [],
    ir: 8,
    opset: 17,
    doc: "quick, trained by pairlab: about two images: is the first less than or equal to the second?",
    inputs: { first: ["pairs", 1, 14, 14], second: ["pairs", 1, 14, 14] },
    outputs: {
      probability: ["pairs"],
      holds: ["pairs"],
      logits: ["pairs", 2],
      first_features: ["pairs", 10],
      second_features: ["pairs", 10],
      digits: ["pairs", 2],
    },
  });
  const { metadata } = decodeSafetensors({ name: "weights", bytes: await weightsOf(quick.id) });
  expect(network?.metadata).toEqual({
    "Image.BitmapPixelFormat": "Gray8",
    "Image.ColorSpaceGamma": "SRGB",
    "Image.NominalPixelRange": "NominalRange_0_255",
    run: quick.id,
    architecture: "quick",
    seed: "0",
    images: "MNIST",
    images_sha256: quick.config.dataset.sha256,
    relation: "less-or-equal",
    question: "is the first less than or equal to the second?",
    classes: '["0","1","2","3","4","5","6","7","8","9"]',
    size: "14x14",
    colour: "grey",
    pixel_mean: metadata.pixel_mean,
    pixel_standard_deviation: metadata.pixel_standard_deviation,
  });
});

test("nodes are named by their layers, and tensors as in a safetensors file", async () => {
  const kinds = ["Conv", "BatchNormalization", "MaxPool", "Relu", "Flatten", "Gemm"];
  for (const side of ["first", "second"])
    expect(kinds.map((_, layer) => network?.nodes[`${side}/trunk.${layer}`])).toEqual(kinds);
  expect(network?.nodes["head.1"]).toBe("Log");
  const { tensors } = decodeSafetensors({ name: "weights", bytes: await weightsOf(quick.id) });
  const floats = tensors.filter(({ data }) => data instanceof Float32Array);
  expect(floats).toHaveLength(8);
  for (const { name, shape, data } of floats)
    expect(network?.constants[name]).toEqual([[...shape], Array.from(data.subarray(0, 8), Number)]);
});

const weightsOf = async (id: string): Promise<Uint8Array> => (await new RunStore(at("runs")).resolve(id)).weights;

test("the same run gives the same bytes, in place of an older file", async () => {
  const first = await exported(quick.id);
  await writeFile(at("network.onnx"), "older");
  expect(await exported(quick.id)).toEqual(first);
  const { stderr } = await here(["export", quick.id, "--format", "onnx", "--out", at("x.onnx"), "--runs", at("runs")]);
  expect(stderr).toMatch(/x\.onnx: quick, seed 0, run \w{16}, SHA-256 \w{64}\n$/);
});

describe("of a file of weights", () => {
  const names = ["probability", "holds", "logits", "first_features", "second_features", "digits"];
  const answers = async (model: Uint8Array) => {
    const { first, second, shape } = askedOf(await digitPairs(50));
    return answersOf(loadRuntime(), model, { first, second }, shape);
  };
  let file = "";
  beforeAll(async () => {
    file = at("quick.safetensors");
    await output("export", quick.id, "--out", file, "--quiet");
  });

  test("gives the answers of the run that it is from, and names no run", async () => {
    const model = await exported(file, "--architecture", "quick");
    const due = await exported(quick.id, "--part", "whole");
    const { ofFile, ofRun } = await checked({ ofFile: model, ofRun: due });
    const { run: _, seed: __, images: ___, images_sha256: ____, ...metadata } = ofRun?.metadata ?? {};
    expect(ofFile).toMatchObject({
      complaint: null,
      doc: "quick, with given weights: about two images: is the first less than or equal to the second?",
    });
    expect(ofFile?.metadata).toEqual(metadata);
    const given = await answers(model);
    expect(Object.keys(given).toSorted()).toEqual(names.toSorted());
    expect(given).toEqual(await answers(due));
  });

  test("without a scale takes that of training pairs, as evaluate does, or the one that is given", async () => {
    const { tensors, metadata } = decodeSafetensors({ name: "quick", bytes: await readFile(file) });
    const foreign = at("foreign.safetensors");
    await writeFile(foreign, encodeSafetensors(tensors));
    const scale = `${metadata.pixel_mean},${metadata.pixel_standard_deviation}`;
    const same = await exported(foreign, "--architecture", "quick", "--scale", scale);
    expect(same).toEqual(await exported(file, "--architecture", "quick"));
    const evaluated = JSON.parse(
      await output("evaluate", foreign, "--architecture", "quick", "--pairs", "100", "--json", "--quiet"),
    );
    const out = ["--format", "onnx", "--out", at("foreign.onnx"), "--part", "trunk"];
    const { stderr } = await here(["export", foreign, "--architecture", "quick", ...out]);
    expect(stderr).toMatch(
      /^\S+foreign\.safetensors does not say how its pixels were scaled: by mean \d+\.\d\d and .*, else give --scale\n\S+foreign\.onnx: quick, weights of \S+foreign\.safetensors, SHA-256 [0-9a-f]{64}\n$/,
    );
    const { trunk } = await checked({ trunk: await readFile(at("foreign.onnx")) });
    expect(trunk?.metadata).toMatchObject({
      pixel_mean: String(evaluated.scale.mean),
      pixel_standard_deviation: String(evaluated.scale.deviation),
    });
    expect(trunk?.outputs).toEqual({ features: ["images", 10] });
  });
});

describe("--part trunk", () => {
  test("takes an image, and gives the features that the whole network has of it", async () => {
    const run = await trainedBriefly("matching");
    const { asked, model } = caseOf("", run, await digitPairs(50));
    await new RunStore(at("runs")).save(run);
    const trunk = await exported(run.record.id, "--part", "trunk");
    const { trunk: said } = await checked({ trunk });
    expect(said).toMatchObject({
      complaint: null,
      unused: [],
      inputs: { image: ["images", 1, 14, 14] },
      outputs: { features: ["images", 64] },
      doc: "matching, trained by pairlab: the features of an image",
    });
    const { first, second, shape } = asked;
    const whole = await answersOf(loadRuntime(), model, { first, second }, shape);
    for (const [image, features] of [
      [first, whole.first_features],
      [second, whole.second_features],
    ] as const) {
      const part = await answersOf(loadRuntime(), trunk, { image }, shape);
      expect(Array.from(part.features?.data ?? [])).toEqual(Array.from(features?.data ?? []));
    }
  });

  test("gives the features of both trunks where each image of a pair has one of its own", async () => {
    const run = await trainedBriefly("trunk+auxiliary");
    const { asked, model } = caseOf("", run, await digitPairs(50));
    await new RunStore(at("runs")).save(run);
    const trunk = await exported(run.record.id, "--part", "trunk");
    const { trunk: said } = await checked({ trunk });
    expect(said).toMatchObject({
      complaint: null,
      unused: [],
      outputs: { first_features: ["images", 10], second_features: ["images", 10] },
    });
    const { first, second, shape } = asked;
    const whole = await answersOf(loadRuntime(), model, { first, second }, shape);
    for (const [image, name] of [
      [first, "first_features"],
      [second, "second_features"],
    ] as const) {
      const part = await answersOf(loadRuntime(), trunk, { image }, shape);
      expect(Array.from(part[name]?.data ?? [])).toEqual(Array.from(whole[name]?.data ?? []));
    }
  });
});

test("pictures of one's own, prepared as ask does it, get ask's answers; a chosen threshold is in the file", {
  timeout: PATIENCE,
}, async () => {
  const countries = await writeFlags(at("flags"), 24);
  const data = ["--data", at("flags"), "--fit", "pad", "--size", "12x16"];
  const { id, config } = await trained("matching", ...data, "--relation", "equal", "--reuse", "--epochs", "2");
  await output("evaluate", id, ...data, "--quiet");
  const pictures = countries.slice(0, 12).map((country) => at("flags", country, "large.png"));
  const others = countries.slice(6, 18).map((country) => at("flags", country, "small.png"));
  await writeFile(at("pairs.csv"), ["first,second", ...pictures.map((first, i) => `${first},${others[i]}`)].join("\n"));
  const { answers } = JSON.parse(
    await output("ask", id, "--pairs", at("pairs.csv"), "--images", "/", "--json", "--quiet"),
  );
  const model = await exported(id);
  await output("export", id, "--out", at("flags.safetensors"), "--quiet");
  const asFile = ["--architecture", "matching", ...data, "--relation", "equal", "--reuse"];
  const { network, ofFile } = await checked({
    network: model,
    ofFile: await exported(at("flags.safetensors"), ...asFile),
  });
  const { classes, size, fit, background: laid, relation } = network?.metadata ?? {};
  expect(ofFile?.metadata).toMatchObject({ classes, size, fit, background: laid, relation });
  expect(network?.metadata).toMatchObject({
    "Image.BitmapPixelFormat": "Rgb8",
    classes: JSON.stringify(countries),
    size: "12x16",
    colour: "rgb",
    fit: "pad",
    background: JSON.stringify(config.dataset.background),
    relation: "equal",
  });
  const store = new RunStore(at("runs"));
  const kept = await store.thresholds((await store.resolve(id)).record);
  const keys = { error: "threshold_error", eer: "threshold_eer", far: "threshold_far_0.01" };
  expect(kept?.chosen.map(({ aim }) => aim)).toEqual(Object.keys(keys));
  for (const { aim, threshold } of kept?.chosen ?? [])
    expect(network?.metadata[keys[aim]]).toBe(threshold === null ? undefined : String(threshold));
  const background = config.dataset.background as readonly number[];
  const target = { height: 12, width: 16, channels: 3, fit: "pad", background } as const;
  const raw = async (paths: readonly string[]) => {
    const all = [];
    for (const name of paths) all.push(preparePicture(await decodePicture(await readFile(name), name, codecs), target));
    return Float32Array.from(all.flatMap((seen) => Array.from(seen, (value) => value / 256)));
  };
  const inputs = { first: await raw(pictures), second: await raw(others) };
  const { probability, holds } = await answersOf(loadRuntime(), model, inputs, [3, 12, 16]);
  expect(answers).toHaveLength(12);
  for (const [i, answer] of answers.entries()) {
    expect(Math.abs(answer.probability - (probability?.data[i] as number))).toBeLessThan(1e-5);
    expect(answer.answer).toBe(holds?.data[i] === 1);
  }
});

const WRONG: readonly [what: string, command: () => string[], says: RegExp][] = [
  [
    "the trunk of a network without one",
    () => ["mlp", "--format", "onnx", "--part", "trunk"],
    /^error: run \w{16} has no trunk: mlp sees both images of a pair at once; ask for the whole network$/m,
  ],
  [
    "a part of weights",
    () => ["quick", "--part", "trunk"],
    /^error: --part trunk is of a network, and safetensors has weights alone: add --format onnx$/m,
  ],
  [
    "an unknown part",
    () => ["quick", "--format", "onnx", "--part", "head"],
    /'head' is invalid. Allowed choices are whole, trunk/,
  ],
  [
    "an unknown format",
    () => ["quick", "--format", "tflite"],
    /'tflite' is invalid. Allowed choices are safetensors, onnx/,
  ],
  [
    "a run that diverged",
    () => ["diverged", "--format", "onnx"],
    /^error: run \w{16} diverged at epoch \d+, step \d+, where .*: its network answers nothing$/m,
  ],
  [
    "a run without its weights",
    () => ["damaged", "--format", "onnx"],
    /^error: .*weights\.safetensors.*: train it again$/m,
  ],
];

test("a wrong request gets one line and exit code 2, and nothing is written", { timeout: PATIENCE }, async () => {
  const few = ["--pairs", "100", "--epochs", "1"];
  const ids: Record<string, string> = {
    quick: quick.id,
    mlp: (await trained("mlp", ...few)).id,
    diverged: (await trained("mlp", ...few, "--optimizer", "sgd", "--learning-rate", "100", "--epochs", "2")).id,
    damaged: (await trained("mlp", ...few, "--seed", "1")).id,
  };
  await rm(at("runs", ids.damaged as string, "weights.safetensors"));
  for (const [what, command, says] of WRONG) {
    const [run = "", ...options] = command();
    const out = ["--out", at("nothing"), "--runs", at("runs")];
    const { code, stdout, stderr } = await here(["export", ids[run] as string, ...options, ...out]);
    expect([what, code, stdout, stderr.trimEnd().split("\n").length]).toEqual([what, 2, "", 1]);
    expect(stderr).toMatch(says);
    await expect(stat(at("nothing"))).rejects.toThrow("ENOENT");
  }
  const onto = await here(["export", quick.id, "--format", "onnx", "--out", folder.path, "--runs", at("runs")]);
  expect([onto.code, onto.stderr]).toEqual([2, expect.stringMatching(/^error: cannot write .*\n$/)]);
});
