import { copyFile, cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pairSetOf } from "../../src/core/data/pairs.js";
import { pairsToMeasure } from "../../src/core/inspection/measure-run.js";
import { pairRulesOf } from "../../src/core/training/job.js";
import { loadDataset, RunStore } from "../../src/node/index.js";
import { writeFlags } from "../support/flags.js";
import { here } from "../support/here.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
let countries: string[];
const at = (...names: string[]): string => join(folder.path, ...names);
const TRAIN = ["train", "matching", "--fit", "pad", "--epochs", "1", "--quiet"];

async function run(...commandLine: string[]): Promise<string> {
  const { code, stdout, stderr } = await here([...commandLine, "--runs", at("runs")]);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  return stdout;
}

async function refusal(...commandLine: string[]): Promise<string> {
  const { code, stdout, stderr } = await here([...commandLine, "--quiet", "--runs", at("runs")]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr.trimEnd()).not.toContain("\n");
  return stderr.trimEnd();
}

beforeAll(async () => {
  folder = await temporaryFolder();
  process.env.PAIRLAB_CACHE = at("cache");
  countries = await writeFlags(at("flags"), 60);
  await writeFlags(at("nearly"), 60);
  await rm(at("nearly", countries[0] as string), { recursive: true });
  // Other names of files, and another order.
  await rename(at("nearly", countries[1] as string, "large.png"), at("nearly", countries[1] as string, "z.png"));
}, 60_000);
afterAll(() => folder.remove());

test("pictures that a run trained on are in no pair of another folder, and are counted", async () => {
  const trained = JSON.parse(await run(...TRAIN, "--data", at("flags"), "--relation", "equal", "--json"));
  const all = await loadDataset(at("flags"), { fit: "pad" });
  const { train } = pairSetOf(all, 0, pairRulesOf(trained.config));
  const size = train.images.length / (2 * train.count);
  const seen = (images: Float32Array, image: number) => images.subarray(image * size, (image + 1) * size).join();
  const trainedOn = new Set(Array.from({ length: 2 * train.count }, (_, image) => seen(train.images, image)));
  const others = await loadDataset(at("nearly"), { fit: "pad", background: trained.config.dataset.background });
  const { pixels, count } = others.test;
  const background: number[] = trained.config.dataset.background;
  const asSeen = (image: number) =>
    Array.from(pixels.subarray(image * size, (image + 1) * size), (pixel, i) =>
      Math.fround(pixel / 256 - (background[Math.floor(i / 1024)] as number)),
    ).join();
  const there = Array.from({ length: count }, (_, image) => image).filter((image) => trainedOn.has(asSeen(image)));
  expect(there.length).toBeGreaterThan(50);
  const measures = JSON.parse(await run("evaluate", "latest", "--data", at("nearly"), "--json"));
  expect(measures.leftOut).toEqual({ images: there.length, pairs: null });
  // No picture is in two pairs, so that no more are drawn than what is left makes.
  expect(2 * measures.pairs).toBeLessThanOrEqual(count - there.length);
  expect(measures.seenPairs).toBeNull();
  const own = JSON.parse(await run("evaluate", "latest", "--data", at("flags"), "--json"));
  expect([own.leftOut, own.seenPairs]).toEqual([null, 0]);
});

test("of a run's own pictures, pairs with a copy of one that it trained on are counted, and measured", async () => {
  await cp(at("flags"), at("copied"), { recursive: true });
  for (const country of countries.slice(0, 30))
    await copyFile(at("copied", country, "large.png"), at("copied", country, "again.png"));
  const asked = ["--relation", "equal", "--split", "images", "--no-balance", "--data", at("copied")];
  const trained = JSON.parse(await run(...TRAIN, ...asked, "--json"));
  const all = await loadDataset(at("copied"), { fit: "pad" });
  const { train } = pairSetOf(all, 0, pairRulesOf(trained.config));
  const { test: measured } = pairsToMeasure(trained, all);
  const size = train.images.length / (2 * train.count);
  const seen = (images: Float32Array, image: number) => images.subarray(image * size, (image + 1) * size).join();
  const trainedOn = new Set(Array.from({ length: 2 * train.count }, (_, image) => seen(train.images, image)));
  const withCopy = Array.from({ length: measured.count }, (_, pair) => pair).filter((pair) =>
    [2 * pair, 2 * pair + 1].some((image) => trainedOn.has(seen(measured.images, image))),
  ).length;
  expect(withCopy).toBeGreaterThan(1);
  const told = JSON.parse(await run("evaluate", "latest", "--data", at("copied"), "--json"));
  expect(told).toMatchObject({ pairs: measured.count, seenPairs: withCopy, leftOut: null });
  const said = `${withCopy} of these ${measured.count} pairs have an image that the run was trained on: `;
  expect(await run("evaluate", "latest", "--data", at("copied"))).toContain(said);
});

test("a run of an earlier version says that they are not known, until it is asked for again", async () => {
  const { record } = await new RunStore(at("runs")).resolve("latest");
  const leftOut = async () => JSON.parse(await run("evaluate", "latest", "--data", at("nearly"), "--json")).leftOut;
  await rm(at("runs", record.id, "trained-images.json"));
  const unknown = {
    images: null,
    pairs: null,
    why: "the run's folder has no whole trained-images.json, which the command that trained it makes",
  };
  expect(await leftOut()).toEqual(unknown);
  await writeFile(at("runs", record.id, "trained-images.json"), "{}\n");
  expect(await leftOut()).toEqual(unknown);
  await run(...TRAIN, "--data", at("flags"), "--relation", "equal");
  expect((await leftOut()).images).toBeGreaterThan(50);
});

test("of a list of pairs, those that have such a picture are left out", async () => {
  const rows = countries.flatMap((country, i) => [
    `${country}/large.png,${country}/small.png,1`,
    `${country}/large.png,${countries[i ^ 1]}/small.png,0`,
  ]);
  const write = (name: string, some: readonly string[]) =>
    writeFile(at("flags", name), `a,b,same\n${some.join("\n")}\n`);
  await write("all.csv", rows);
  await write("some.csv", rows.slice(20));
  await run(...TRAIN, "--data", at("flags", "all.csv"));
  const measures = JSON.parse(await run("evaluate", "latest", "--data", at("flags", "some.csv"), "--json"));
  const { images, pairs } = measures.leftOut;
  expect(images).toBeGreaterThan(40);
  // Each picture is in two pairs.
  expect(pairs).toBeGreaterThanOrEqual(images);
  expect(measures.pairs).toBe(100 - pairs);
});

test("a list's question is asked of the pairs both ways round", async () => {
  await run(...TRAIN, "--data", at("flags"), "--relation", "equal");
  const measures = JSON.parse(await run("evaluate", "latest", "--data", at("flags", "all.csv"), "--json"));
  // Whatever matching says, it says it both ways round, and both answers may be right.
  expect(measures.swapped).toMatchObject({ symmetric: true, changed: 0, contradictions: 0 });
  expect(measures.swapped.error).toBe(measures.error.value);
});

test("what contradicts how a run was trained is refused", async () => {
  const says = (...more: string[]) => refusal("evaluate", "latest", "--data", at("flags"), ...more);
  expect(await says("--order", "a,b")).toMatch(
    /^error: run \w{16} was asked is the first the same as the second, which needs no order of the classes: leave --order out$/,
  );
  expect(await says("--size", "8x32")).toMatch(/ sees images of 32×32: leave --size out$/);
  expect(await says("--colour", "grey")).toMatch(/ sees images in rgb: leave --colour out$/);
  expect(await says("--fit", "crop")).toMatch(/ was trained on images fitted by pad: leave --fit out$/);
});

describe("a run that learned an order", () => {
  const ranking = ["train", "ranking", "--fit", "pad", "--relation", "less", "--epochs", "1", "--quiet"];

  beforeAll(async () => {
    for (const [i, country] of countries.entries()) {
      const size = ["small", "medium", "large"][i % 3] as string;
      await mkdir(at("sizes", size), { recursive: true });
      await cp(at("flags", country, "large.png"), at("sizes", size, `${country}.png`));
    }
    for (const [from, to] of [
      ["small", "tiny"],
      ["medium", "big"],
      ["large", "huge"],
    ] as const)
      await cp(at("sizes", from), at("others", to), { recursive: true });
    await run(...ranking, "--data", at("sizes"), "--order", "small,medium,large");
  });

  test("knows its own images again without it, and refuses another one", async () => {
    const measures = JSON.parse(await run("evaluate", "latest", "--data", at("sizes"), "--json"));
    expect(measures.leftOut).toBeNull();
    expect(await refusal("evaluate", "latest", "--data", at("sizes"), "--order", "large,medium,small")).toMatch(
      / has its classes in the order small,medium,large: leave --order out$/,
    );
  });

  test("needs one of classes that it does not know", async () => {
    expect(await refusal("evaluate", "latest", "--data", at("others"))).toContain(
      "relation less needs an order of the classes",
    );
    const order = async (names: string) =>
      JSON.parse(await run("evaluate", "latest", "--data", at("others"), "--order", names, "--json"));
    const [one, turned] = [await order("tiny,big,huge"), await order("huge,big,tiny")];
    expect(one.leftOut.images).toBeGreaterThan(0);
    expect(turned.holds).not.toBe(one.holds);
  });
});
