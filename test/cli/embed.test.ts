import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodePicture, decodeSafetensors, Inspector, Kernels, picturePairs, trainedNetwork } from "pairlab";
import { loadKernels, pictureCodecs, RunStore } from "pairlab/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeFlags } from "../support/flags.js";
import { here } from "../support/here.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
/** A network of pictures, and its run. */
const trained = new Map<string, string>();
const COUNTRIES = 12;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFlags(at("flags"), COUNTRIES);
  await mkdir(at("empty"));
  const options = [
    "--data",
    at("flags"),
    "--relation",
    "equal",
    "--size",
    "16x16",
    "--fit",
    "stretch",
    "--runs",
    at("runs"),
  ];
  for (const name of ["matching", "mlp"]) {
    const given = ["train", name, ...options, "--epochs", "2", "--json", "--quiet"];
    const { code, stdout } = await here(given);
    expect(code).toBe(0);
    trained.set(name, JSON.parse(stdout).id);
  }
});
afterAll(() => folder.remove());

const embed = (name: string, ...options: string[]) =>
  here(["embed", trained.get(name) as string, at("flags"), "--runs", at("runs"), ...options]);

describe("embed", () => {
  test("writes what the trunk makes of each picture, the same numbers in each kind of file", async () => {
    for (const ending of ["safetensors", "npy", "csv"])
      expect(
        await embed("matching", "--out", at(ending, `features.${ending}`).replace(`${ending}/`, "")),
      ).toMatchObject({
        code: 0,
        stdout: "",
        stderr: expect.stringContaining(
          `${2 * COUNTRIES} pictures, 64 features each, of run ${trained.get("matching")}`,
        ),
      });
    const bytes = new Uint8Array(await readFile(at("features.safetensors")));
    const { tensors, metadata } = decodeSafetensors({ name: "features.safetensors", bytes });
    const [features] = tensors;
    expect(features).toMatchObject({ name: "features", shape: [2 * COUNTRIES, 64] });
    const files: string[] = JSON.parse(metadata.files as string);
    expect(files).toHaveLength(2 * COUNTRIES);
    expect(metadata.run).toBe(trained.get("matching"));
    const rows = Array.from(features?.data as Float32Array);
    const npy = await readFile(at("features.npy"));
    expect([...new Float32Array(npy.buffer.slice(npy.byteOffset + 128, npy.byteOffset + npy.length))]).toEqual(rows);
    const csv = (await readFile(at("features.csv"), "utf8")).trim().split("\n");
    expect(csv[0]).toMatch(/^file,f0,f1,.*,f63$/);
    expect(csv.slice(1).flatMap((line) => line.split(",").slice(1).map(Number))).toEqual(rows);
    expect(csv.slice(1).map((line) => line.split(",", 1)[0])).toEqual(files);

    // By the trunk's last activations, which every layer computes for itself.
    const run = await new RunStore(at("runs")).resolve(trained.get("matching") as string);
    const inspector = new Inspector(run, new Kernels(loadKernels()));
    const codecs = pictureCodecs();
    for (const [i, name] of files.entries()) {
      const picture = await decodePicture(new Uint8Array(await readFile(name)), name, codecs);
      const named = { name, picture };
      const { images } = picturePairs(run.record.config, [[named, named]]);
      const [first, second] = [images.subarray(0, images.length / 2), images.subarray(images.length / 2)];
      const [[part]] = inspector.inspect(first, second).images;
      const last = part?.layers.at(-1)?.values as Float32Array;
      last.forEach((value, feature) => {
        expect(rows[64 * i + feature]).toBeCloseTo(value, 4);
      });
    }
  });

  test("the head's answers to these features are those of ask", async () => {
    const bytes = new Uint8Array(await readFile(at("features.safetensors")));
    const { tensors, metadata } = decodeSafetensors({ name: "features.safetensors", bytes });
    const rows = tensors[0]?.data as Float32Array;
    const files: string[] = JSON.parse(metadata.files as string);
    const run = await new RunStore(at("runs")).resolve(trained.get("matching") as string);
    const { model } = trainedNetwork(run, new Kernels(loadKernels()));
    const [no = 0, yes = 0] = model.answersTo(rows.slice(0, 2 * 64));
    const pair = [files[0] as string, files[1] as string];
    const { stdout } = await here(["ask", run.record.id, ...pair, "--runs", at("runs"), "--json", "--quiet"]);
    expect(JSON.parse(stdout).answers[0].probability).toBeCloseTo(1 / (1 + Math.exp(no - yes)), 6);
  });

  test("shows the most alike in a picture", async () => {
    const { code, stderr } = await embed("matching", "--out", at("x.npy"), "--nearest", at("nearest.png"));
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining("nearest.png: a picture in each row"),
    });
    const bytes = new Uint8Array(await readFile(at("nearest.png")));
    const picture = await decodePicture(bytes, "nearest.png", pictureCodecs());
    // 12 rows of 8 images, twice as large, 2 pixels between.
    expect(picture).toMatchObject({ height: 12 * 34 + 2, width: 8 * 34 + 2, channels: 3 });
  });
});

test.each<[string, () => Promise<{ code: number | null; stderr: string }>, RegExp]>([
  ["a network without a trunk", () => embed("mlp", "--out", at("y.npy")), /the network has no trunk/],
  [
    "a picture of neighbours over its features",
    () => embed("matching", "--out", at("y.npy"), "--nearest", at("y.npy")),
    /--nearest writes a PNG: its name must end in \.png/,
  ],
  [
    "another kind of file",
    () => embed("matching", "--out", at("y.txt")),
    /--out must end in \.csv, \.npy, \.safetensors/,
  ],
  ["no file", () => embed("matching"), /--out is missing/],
  [
    "a trunk of two that are one",
    () => embed("matching", "--out", at("y.npy"), "--trunk", "second"),
    /has one trunk for both/,
  ],
  [
    "a folder without pictures",
    () => here(["embed", "latest", at("empty"), "--out", at("y.npy"), "--runs", at("runs")]),
    /empty has no pictures in it: name a picture/,
  ],
])("embed refuses %s in one line", async (_, run, line) => {
  const { code, stderr } = await run();
  expect({ code, lines: stderr.match(/\n/g)?.length }).toEqual({ code: 2, lines: 1 });
  expect(stderr).toMatch(line);
});
