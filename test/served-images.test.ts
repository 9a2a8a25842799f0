import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadDataset } from "../dist/node/data/load-dataset.js";
import { serveImages, siteManifest } from "../dist/node/server/images.js";
import type { ImageOptions } from "../src/core/data/image-options.js";
import type { LabelledImages } from "../src/core/data/images.js";
import { jobsFor, shapedDataset } from "../src/core/experiments/shared/apparatus.js";
import { encodePng } from "../src/core/pictures/index.js";
import type { Dataset } from "../src/node/data/dataset.js";
import { isSiteManifest, type SiteImages } from "../src/site/site-manifest.js";
import { countedSets, imageSets } from "../src/web/images/sets.js";
import { isQuickToPlan, planOf } from "../src/web/training/plan.js";
import { engine } from "./support/jobs.js";
import { writeFlags, writeLetters } from "./support/own-images.js";
import { type TemporaryFolder, temporaryFolder } from "./support/pairlab.js";

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder();
  process.env.PAIRLAB_CACHE = at("cache");
  await writeFlags(at("flags"), 6, (flag) => 8 + flag);
  for (const split of ["train", "test", "validation"]) await cp(at("flags"), at("split", split), { recursive: true });
  await writeLetters(at("letters"), 130, 78);
  // More classes than a byte has, named by numbers; all pictures of one size.
  for (let number = 0; number < 300; number++) {
    await mkdir(at("numbers", String(2 * number)), { recursive: true });
    for (const image of [0, 1]) {
      const pixels = Uint8Array.from({ length: 64 }, (_, i) => (i * number + image) % 256);
      await writeFile(
        at("numbers", String(2 * number), `${image}.png`),
        await encodePng({ height: 8, width: 8, channels: 1, pixels }),
      );
    }
  }
});
afterAll(() => folder.remove());

type Case = readonly [string, string, ImageOptions, Partial<SiteImages> | undefined];

const CASES: readonly Case[] = [
  [
    "pictures of several sizes, which nobody has split",
    "flags",
    { size: { height: 16, width: 24 }, fit: "pad" },
    {
      ...{ height: 16, width: 24, channels: 3, bits: 16, pooling: 1, classes: 6, fit: "pad" },
      options: ["--size 16x24", "--fit pad"],
      splits: [{ name: "all", count: 63 }],
    },
  ],
  [
    "pictures in splits, grey",
    "split",
    { size: { height: 8, width: 8 }, fit: "stretch", colour: "grey" },
    {
      ...{ channels: 1, bits: 16 },
      splits: [
        { name: "train", count: 63 },
        { name: "test", count: 63 },
        { name: "validation", count: 63 },
      ],
    },
  ],
  [
    "more classes than a byte has",
    "numbers",
    {},
    { height: 8, width: 8, channels: 1, bits: 8, pooling: 1, classes: 300 },
  ],
  [
    "IDX files of 26 classes",
    "letters/emnist-letters",
    {},
    { height: 28, width: 28, bits: 8, pooling: 2, classes: 26, values: Array.from({ length: 26 }, (_, i) => i + 1) },
  ],
  [
    "IDX files in another size",
    "letters/emnist-letters",
    { size: { height: 16, width: 16 } },
    { height: 16, width: 16, bits: 16, pooling: 1, options: ["--size 16x16"] },
  ],
];

/** What the page has of a data set that is served. */
async function served(path: string | undefined, asked: ImageOptions) {
  const { identity, described, files } = await serveImages(path, asked, 1);
  const zipped = await files;
  const manifest: unknown = JSON.parse(JSON.stringify(siteManifest(identity.name, zipped, null, described)));
  if (!isSiteManifest(manifest)) throw new Error("no manifest");
  const loaded = zipped.map(({ file: { name }, bytes }) => ({ name, bytes: new Uint8Array(gunzipSync(bytes)) }));
  return { identity, described, dataset: manifest.dataset, ...imageSets(manifest.dataset, loaded) };
}

const plain = ({ pixels, labels, ...rest }: LabelledImages) => ({
  classes: 10,
  channels: 1,
  pooling: 2,
  ...rest,
  pixels: [pixels.BYTES_PER_ELEMENT, ...pixels],
  labels: [...labels],
});

describe.each(CASES)("%s", (_, name, asked, about) => {
  let dataset: Dataset;
  let page: Awaited<ReturnType<typeof served>>;
  beforeAll(async () => {
    dataset = await loadDataset(at(name), asked);
    page = await served(at(name), asked);
  });

  test("come to the page as they were read, with what they mean", () => {
    expect(page.described).toMatchObject({ sha256: dataset.identity.sha256, ...about });
    const { train, test: measured, validation, unsplit } = page.sets;
    expect(plain(train)).toEqual(plain(dataset.train));
    expect(plain(measured)).toEqual(plain(dataset.test));
    expect(validation && plain(validation)).toEqual(dataset.validation && plain(dataset.validation));
    expect(unsplit).toBe(dataset.unsplit);
    const { name: __, sha256: ___, asked: ____, ...meaning } = dataset.identity;
    expect(page.meaning).toEqual(meaning);
  });

  test("are planned as the command line does, by `compare` and by `train`", () => {
    const counted = {
      ...countedSets(page.sets),
      identity: { ...page.meaning, name: "any", sha256: dataset.identity.sha256 },
    };
    const made = { dataset: counted, engine };
    expect(isQuickToPlan({ settings: { relation: "equal" } }, made)).toBe(false);
    for (const networks of [["mlp", "resnet"], ["mlp"]]) {
      const settings = { relation: "equal", epochs: 2 } as const;
      const { jobs, refused } = planOf({ networks, own: [], seed: 3, rounds: 3, settings }, made);
      expect([...refused]).toEqual([]);
      const requests = [3, 4, 5].flatMap((seed) =>
        networks.map((architecture) => ({ architecture, seed, overrides: settings })),
      );
      const apparatus = { dataset, engine, workers: 1 };
      const commands = networks.length > 1 ? [requests] : requests.map((each) => [each]);
      expect(jobs.map(({ id }) => id)).toEqual(
        commands.flatMap((each) => jobsFor(apparatus, each)).map(({ id }) => id),
      );
    }
  });
});

test("MNIST stays four files, seen as ever, and is planned without a worker", async () => {
  const { described, dataset, sets, meaning, identity } = await served(undefined, {});
  expect(described).toBeUndefined();
  expect(Object.keys(dataset)).toEqual(["name", "files"]);
  expect(meaning).toEqual({});
  const counted = { ...countedSets(sets), identity };
  expect(shapedDataset({ dataset: counted }).shape).toEqual({ height: 14, width: 14, channels: 1, classes: 10 });
  expect(isQuickToPlan({ settings: {} }, { dataset: counted })).toBe(true);
  expect(isQuickToPlan({ settings: { relation: "equal" } }, { dataset: counted })).toBe(false);
});

describe("a list of pairs", () => {
  const LIST = ["flags", "pairs.csv"] as const;
  beforeAll(async () => {
    const [ad = "", cu = "", other = ""] = (await readdir(at("flags"))).filter((name) => !name.includes("."));
    const rows = Array.from({ length: 8 }, (_, i) => [
      `${ad}/${i}.png,${cu}/${i}.png,no`,
      `${other}/${i}.png,${other}/${(i + 1) % 8}.png,yes`,
    ]).flat();
    await writeFile(at(...LIST), `${rows.join("\n")}\n`);
  });

  test.each<[string, ImageOptions]>([
    ["without classes", { fit: "pad" }],
    ["with classes", { fit: "pad", classes: "first", size: { height: 8, width: 12 } }],
  ])("comes to the page as it was read, %s", async (_, asked) => {
    const dataset = await loadDataset(at(...LIST), asked);
    const page = await served(at(...LIST), asked);
    expect(page.sets.listed).toEqual(dataset.listed);
    expect(plain(page.sets.train)).toEqual(plain(dataset.train));
    expect(plain(page.sets.test)).toEqual(plain(dataset.test));
    const { name: __, sha256: ___, asked: ____, ...meaning } = dataset.identity;
    expect(page.meaning).toEqual(meaning);
    const identity = { ...page.meaning, name: "any", sha256: dataset.identity.sha256 };
    const made = { dataset: { ...countedSets(page.sets), identity }, engine };
    expect(isQuickToPlan({ settings: {} }, made)).toBe(false);
    const { jobs, refused } = planOf({ networks: ["mlp"], own: [], seed: 3, rounds: 2, settings: { epochs: 2 } }, made);
    expect([...refused]).toEqual([]);
    const apparatus = { dataset, engine, workers: 1 };
    const due = [3, 4].flatMap((seed) => jobsFor(apparatus, [{ architecture: "mlp", seed, overrides: { epochs: 2 } }]));
    expect(jobs.map(({ id }) => id)).toEqual(due.map(({ id }) => id));
  });

  test("is named in commands with what was asked of it", async () => {
    const named = await readFile(at(...LIST), "utf8");
    await writeFile(at("flags", "numbered.txt"), named.replaceAll("yes", "1").replaceAll("no", "0"));
    const { described, identity } = await serveImages(at("flags", "numbered.txt"), { fit: "pad", same: "1" }, 1);
    expect(described?.options).toEqual(["--fit pad", "--same 1"]);
    const { identity: same } = await loadDataset(at(...LIST), { fit: "pad" });
    expect(identity.sha256).toBe(same.sha256);
  });

  test("whose file has a number of no image, or other pairs than site.json says, is refused", async () => {
    const { identity, described, files } = await serveImages(at(...LIST), { fit: "pad" }, 1);
    const zipped = await files;
    const [pixels, labels, pairs] = zipped.map(({ file: { name }, bytes }) => ({
      name,
      bytes: new Uint8Array(gunzipSync(bytes)),
    })) as [Loaded, Loaded, Loaded];
    const { dataset } = siteManifest(identity.name, zipped, null, described);
    const stray = pairs.bytes.slice();
    stray[12] = 1;
    expect(() => imageSets(dataset, [pixels, labels, { ...pairs, bytes: stray }])).toThrow(
      /^listed-pairs\.idx2: pair 0 has 167772\d\d, but there are \d+ images and two answers$/,
    );
    expect(() => imageSets(dataset, [pixels, labels])).toThrow("all-labels.idx1 has other pairs than site.json says");
    expect(() => imageSets(dataset, [pairs, labels, pairs])).toThrow("has other images than site.json says");
  });
});

/** A file as the page has it. */
interface Loaded {
  readonly name: string;
  readonly bytes: Uint8Array;
}

test("files that are not what site.json says are refused", async () => {
  const { identity, described, files } = await serveImages(
    at("flags"),
    { size: { height: 8, width: 8 }, fit: "crop" },
    1,
  );
  const zipped = await files;
  const loaded = zipped.map(({ file: { name }, bytes }) => ({ name, bytes: new Uint8Array(gunzipSync(bytes)) }));
  const { dataset } = siteManifest(identity.name, zipped, null, described);
  const images = described as SiteImages;
  const [pixels, labels] = loaded as [(typeof loaded)[0], (typeof loaded)[0]];
  expect(() => imageSets({ ...dataset, images: { ...images, height: 9 } }, loaded)).toThrow(
    "all-images.idx4 has other images than site.json says",
  );
  expect(() => imageSets({ ...dataset, images: { ...images, classes: 3 } }, loaded)).toThrow(
    /^all-labels\.idx1: label \d+ is 3, but there are 3 classes$/,
  );
  expect(() => imageSets(dataset, [labels, pixels])).toThrow("has other images than site.json says");
  expect(() => imageSets(dataset, [pixels])).toThrow("site.json must name images and labels of each split");
});
