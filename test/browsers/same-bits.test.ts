import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { architectures, type Reproduction, type RunRecord } from "../../src/core/index.js";
import { RunStore } from "../../src/node/index.js";
import type { Site } from "../support/bundled-site.js";
import { writeFewDigits } from "../support/few-digits.js";
import { here } from "../support/here.js";
import { launchBrowser } from "../support/launch.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { BROWSERS, type Browser } from "../support/programs.js";
import { untimed } from "../support/untimed.js";
import type { TrainingRequest } from "./page.js";
import { serveSite } from "./server.js";

const SEED = 3;
const EPOCHS = 2;
/** Training pairs: several batches, of which the last is not full. */
const PAIRS = 310;
const FEW = ["--pairs", `${PAIRS}`];
/** For a machine that is busy with other things; nothing here measures time. */
const PATIENCE = 600_000;

let folder: TemporaryFolder;
/** The folder of the images that all train on. */
let images: string;
let site: Site;
/** Of `pairlab train` with one worker thread, in the order of the architectures: what all others must give. */
let expected: RunRecord[];
/** Of those whose arithmetic is partly JavaScript's. */
let comparing: RunRecord[];
/** Of `pairlab tune`. */
let searched: unknown;
/** Of one architecture on images and pairs that change. */
let changed: RunRecord;
/** By the fused build: 5×5, 2×2 and 3×3 convolutions, and the changing one. */
let fused: RunRecord[];

beforeAll(async () => {
  folder = await temporaryFolder();
  images = await writeFewDigits(join(folder.path, "MNIST"), { train: 1500, test: 2000 });
  site = await serveSite(images);
  const train = async (names: readonly string[], ...options: string[]) => {
    const records: RunRecord[] = [];
    for (const name of names)
      records.push(
        await documentOf(
          "train",
          name,
          ...FEW,
          ...options,
          "--workers",
          "1",
          "--runs",
          join(folder.path, "one-worker"),
        ),
      );
    return records;
  };
  expected = await train(architectures.map(({ name }) => name));
  comparing = await train(["matching", "ranking"]);
  const changes = ["--augmentation", "strong", "--pairing", "shuffled"];
  const means = ["--workers", "1", "--runs", join(folder.path, "runs"), "--out", join(folder.path, "searched")];
  searched = await documentOf("tune", "mlp", "--trials", "4", "--rounds", "2", "--pairs", "100", ...means);
  [changed] = (await train(["one-by-one"], ...changes)) as [RunRecord];
  fused = [
    ...(await train(["weight-sharing-auxiliary", "resnet-sharing"], "--simd", "fused")),
    ...(await train(["one-by-one"], ...changes, "--simd", "fused")),
  ];
}, PATIENCE);
afterAll(async () => {
  for (const browser of launched.values()) await (await browser).close();
  await site?.close();
  await folder.remove();
});

test("the runs that are compared differ from each other, and their losses are numbers", () => {
  const all = [...expected, ...comparing, changed, ...fused];
  expect(new Set(all.map(({ weightsSha256 }) => weightsSha256)).size).toBe(11);
  for (const { epochs } of [...expected, ...comparing]) {
    expect(epochs).toHaveLength(EPOCHS);
    for (const { trainLoss, testLoss } of epochs) expect(trainLoss + testLoss).toBeGreaterThan(0);
  }
});

test(
  "a second time, in two worker threads, the report and the run store have the same bits",
  async () => {
    const [runs, out] = [join(folder.path, "two-workers"), join(folder.path, "report")];
    const options = ["--rounds", "1", ...FEW, "--workers", "2", "--runs", runs, "--out", out];
    const reproduction = await documentOf<Reproduction>("reproduce", ...options);
    expect(reproduction.architectures.map(reported)).toStrictEqual(
      expected.map(({ architecture, weightsSha256, epochs }) => ({
        name: architecture,
        weightsSha256: [weightsSha256],
        trainLoss: epochs.map(({ trainLoss }) => trainLoss),
        testLoss: epochs.map(({ testLoss }) => testLoss),
      })),
    );
    const store = new RunStore(runs);
    const stored = await Promise.all(expected.map(async ({ id }) => (await store.resolve(id)).record));
    expect(stored.map(untimed)).toStrictEqual(expected.map(untimed));
  },
  PATIENCE,
);

test.for(BROWSERS.map((browser) => [browser.title, browser] as const))(
  "%s gives the same records with either build, bit for bit",
  { timeout: PATIENCE },
  async ([, browser]) => {
    for (const records of [[...expected, ...comparing, changed], fused])
      expect((await askIn<RunRecord[]>(browser, "trainAll", records)).map(untimed)).toStrictEqual(records.map(untimed));
  },
);

test.for(BROWSERS.map((browser) => [browser.title, browser] as const))(
  "an experiment that runs in %s gives the document that the command line prints",
  { timeout: PATIENCE },
  async ([, browser]) => {
    expect(await askIn(browser, "searchHere", expected)).toStrictEqual(searched);
  },
);

/** Runs a command whose answer is one JSON document. */
async function documentOf<Document>(...command: string[]): Promise<Document> {
  const options = ["--data", images, "--seed", `${SEED}`, "--epochs", `${EPOCHS}`, "--json", "--quiet"];
  const { code, stdout, stderr } = await here([...command, ...options]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("error:") });
  return JSON.parse(stdout);
}

const launched = new Map<string, ReturnType<typeof launchBrowser>>();

/** A headless browser by its title, one for all tests. */
function browserOf(title: string): ReturnType<typeof launchBrowser> {
  const browser = launched.get(title) ?? launchBrowser(title, { timeout: PATIENCE, protocolTimeout: PATIENCE });
  launched.set(title, browser);
  return browser;
}

/** Calls a function of `page.ts` in a new page of a browser, for what runs are of; the last may be the one that changes. */
async function askIn<Answer>(
  { title }: Browser,
  ask: "trainAll" | "searchHere",
  runs: readonly RunRecord[],
): Promise<Answer> {
  const { dataset, engine } = (runs[0] as RunRecord).config;
  const networks = runs.filter(({ config }) => !config.augmentation).map(({ architecture }) => architecture);
  const request: TrainingRequest = { networks, seed: SEED, epochs: EPOCHS, pairs: PAIRS, dataset, engine };
  const page = await (await browserOf(title)).newPage();
  try {
    await page.goto(site.url);
    // As text, so that no compiler of the tests' own modules touches the import.
    const answer = await page.evaluate(`import("/page.js").then(({ ${ask} }) => ${ask}(${JSON.stringify(request)}))`);
    return JSON.parse(String(answer));
  } finally {
    await page.close();
  }
}

/** What a reproduction of one round says of its one run. */
function reported({ name, runs, curves }: Reproduction["architectures"][number]) {
  return {
    name,
    weightsSha256: runs.map(({ weightsSha256 }) => weightsSha256),
    trainLoss: curves.trainLoss.mean,
    testLoss: curves.testLoss.mean,
  };
}
