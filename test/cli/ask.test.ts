import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decisions, encodePng, type PairMeasures, trainedNetwork } from "../../src/core/index.js";
import { pairsToMeasure } from "../../src/core/inspection/measure-run.js";
import { thresholdText } from "../../src/core/inspection/measure-words.js";
import { loadDataset, RunStore } from "../../src/node/index.js";
import { writeFlags } from "../support/flags.js";
import { here } from "../support/here.js";
import { newKernels } from "../support/kernels.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
const flag = (country: string, which: "large" | "small") => at("flags", country, `${which}.png`);

interface Told {
  readonly threshold: number | null;
  readonly answers: readonly { readonly first: string; readonly probability: number; readonly answer: boolean }[];
}

async function run(...commandLine: string[]): Promise<string> {
  const { code, stdout, stderr } = await here([...commandLine, "--runs", at("runs")]);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  return stdout;
}

async function refused(...commandLine: string[]): Promise<string> {
  const { code, stdout, stderr } = await here([...commandLine, "--runs", at("runs")]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr.trimEnd()).not.toContain("\n");
  return stderr.trimEnd();
}

const told = async (...commandLine: string[]): Promise<Told> =>
  JSON.parse(await run("ask", "latest", ...commandLine, "--json"));

beforeAll(async () => {
  folder = await temporaryFolder();
  process.env.PAIRLAB_CACHE = at("cache");
  await writeFlags(at("flags"), 60);
  const how = ["--data", at("flags"), "--fit", "pad", "--relation", "equal", "--epochs", "4"];
  await run("train", "matching", ...how, "--quiet");
}, 60_000);
afterAll(() => folder.remove());

describe("a run that was trained on flags", () => {
  test("answers about two files, and says how to get a threshold", async () => {
    const said = await run("ask", "latest", flag("at", "large"), flag("at", "small"));
    expect(said).toMatch(
      /^\S+at\/large\.png and \S+at\/small\.png: is the first the same as the second\? (Yes|No), with a probability of [01](\.\d+)?\n/,
    );
    expect(said).toMatch(
      /No threshold was chosen on validation pairs yet: pairlab evaluate [0-9a-f]{8} chooses some\.\n$/,
    );
  });

  test("answers what its network says of the pairs of its own data set, to the last bit, either way round", async () => {
    const store = new RunStore(at("runs"));
    const trained = await store.resolve("latest");
    const dataset = await loadDataset(at("flags"), { fit: "pad" });
    const { test: pairs, testImages } = pairsToMeasure(trained.record, dataset);
    const network = trainedNetwork(trained, newKernels());
    const { probabilities } = decisions(network, pairs);
    const { files } = dataset as unknown as { files: { all: readonly string[] } };
    for (const pair of [0, 1, 2]) {
      const named = [0, 1].map((side) => at("flags", files.all[testImages?.[2 * pair + side] as number] as string));
      const [one, other] = [await told(...named), await told(...named.toReversed())];
      expect(one.answers[0]?.probability).toBe(probabilities[pair]);
      expect(other.answers[0]?.probability).toBe(probabilities[pair]);
    }
  });

  test("says what passes at the thresholds that evaluate chose on validation pairs", async () => {
    const measures: PairMeasures = JSON.parse(await run("evaluate", "latest", "--data", at("flags"), "--json"));
    const chosen = measures.thresholds?.chosen.find(({ aim }) => aim === "error")?.threshold as number;
    const answer = await told(flag("at", "large"), flag("at", "small"));
    expect(answer.threshold).toBe(chosen);
    const said = await run("ask", "latest", flag("at", "large"), flag("at", "small"));
    const passes = (answer.answers[0]?.probability as number) >= chosen;
    expect(said).toContain(
      `At ${thresholdText(chosen)}, chosen on validation pairs for the least error, this pair ${passes ? "passes" : "does not pass"}.`,
    );
    expect(await run("ask", "latest", flag("at", "large"), flag("at", "small"), "--threshold", "0")).toContain(
      "At the threshold 0, this pair passes.",
    );
  });

  test("answers about each picture of a folder with each of another, as a table, CSV and JSON", async () => {
    const folders = [at("flags", "br"), at("flags", "be")];
    expect(await run("ask", "latest", ...folders)).toContain(
      "Is the first the same as the second? 4 pairs, the likeliest first",
    );
    const [header, ...rows] = (await run("ask", "latest", ...folders, "--csv")).trim().split("\n");
    expect(header).toBe("first,second,probability,answer,passes");
    const { answers } = await told(...folders);
    expect(rows.map((row) => Number(row.split(",")[2]))).toEqual(answers.map(({ probability }) => probability));
  });

  test("answers about a list of pairs, whose columns are found, and whose files are named from the list", async () => {
    await writeFile(
      at("flags", "asked.csv"),
      "nr,left,right\n1,at/large.png,at/small.png\n2,br/large.png,be/small.png\n",
    );
    const { answers } = await told("--pairs", at("flags", "asked.csv"));
    expect(answers.map(({ first }) => first)).toEqual([flag("at", "large"), flag("br", "large")]);
    await writeFile(at("asked.txt"), "at/large.png at/small.png\n");
    const again = await told("--pairs", at("asked.txt"), "--images", at("flags"));
    expect(again.answers[0]?.probability).toBe(answers[0]?.probability);
  });

  test.each<[string, () => string[], RegExp]>([
    ["no picture", () => [], /^error: name two pictures, or two folders of them, or a list of pairs with --pairs$/],
    [
      "two forms of the answers",
      () => [flag("at", "large"), flag("at", "small"), "--csv", "--json"],
      /^error: option '--json' cannot be used with option '--csv'$/,
    ],
    ["one picture", () => [flag("at", "large")], /^error: name two pictures/],
    [
      "a picture that is not there",
      () => [flag("at", "large"), at("nowhere.png")],
      /^error: there is no \S+nowhere\.png: name a picture/,
    ],
    [
      "a file that is no picture",
      () => [flag("at", "large"), at("text.png")],
      /^error: \S+text\.png is no image of a kind that is known/,
    ],
    ["an empty folder", () => [at("empty"), at("flags", "at")], /^error: \S+empty has no pictures in it/],
    [
      "a list and pictures",
      () => [flag("at", "large"), flag("at", "small"), "--pairs", at("l.csv")],
      /^error: give two pictures, two folders or --pairs/,
    ],
    [
      "a list whose file is missing",
      () => ["--pairs", at("missing.csv"), "--images", at("flags")],
      /^error: \S+missing\.csv row 2: there is no \S+xx\.png$/,
    ],
    [
      "a list of texts",
      () => ["--pairs", at("texts.csv")],
      /^error: \S+texts\.csv: there are not two columns that name files from the list's folder/,
    ],
  ])("%s is refused in one line", async (_, more, message) => {
    await mkdir(at("empty"), { recursive: true });
    await writeFile(at("text.png"), "hello");
    await writeFile(at("missing.csv"), "at/large.png,at/small.png\nat/large.png,xx.png\n");
    await writeFile(at("texts.csv"), "a,b\nhello,world\n");
    expect(await refused("ask", "latest", ...more())).toMatch(message);
  });

  test("is measured on other pictures, whose classes it has never seen", async () => {
    await mkdir(at("others"));
    await writeFlags(at("all"), 90);
    const { readdir } = await import("node:fs/promises");
    for (const country of (await readdir(at("all"))).slice(60)) await rename(at("all", country), at("others", country));
    const measures: PairMeasures = JSON.parse(await run("evaluate", "latest", "--data", at("others"), "--json"));
    expect(measures.leftOut).toEqual({ images: 0, pairs: null });
    // No picture twice, every other pair a match: thirty of one country each, and thirty of two.
    expect(measures.pairs).toBeGreaterThan(24);
    expect(measures.holds).toBe(Math.ceil(measures.pairs / 2));
    expect(measures.thresholds?.chosen.length).toBeGreaterThan(0);
    expect(measures.swapped.changed).toBe(0);
  });
});

test("a picture that is dark on light, where a run learned light on dark, is said to be so", async () => {
  await run("train", "mlp", "--epochs", "1", "--pairs", "100", "--quiet");
  const digit = (ink: number, paper: number) => {
    const pixels = new Uint8Array(28 * 28).fill(paper);
    for (let y = 5; y < 23; y++) pixels.fill(ink, y * 28 + 13, y * 28 + 15);
    return encodePng({ height: 28, width: 28, channels: 1, pixels });
  };
  await writeFile(at("dark.png"), await digit(255, 0));
  await writeFile(at("light.png"), await digit(0, 255));
  const ask = (one: string, other: string) => here(["ask", "latest", at(one), at(other), "--runs", at("runs")]);
  expect((await ask("dark.png", "dark.png")).stderr).toBe("");
  expect((await ask("dark.png", "light.png")).stderr).toMatch(
    /^\S+light\.png has a light border, and the run learned from pictures with a dark one: invert it\n$/,
  );
});
