import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { architectures, type Reproduction, type RunRecord } from "../../src/core/index.js";
import { RunStore } from "../../src/node/index.js";
import { launchBrowser } from "../support/launch.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { BROWSERS, type Browser } from "../support/programs.js";
import type { TrainingRequest } from "./page.js";
import { type Site, serveSite } from "./server.js";

const SEED = 3;
const EPOCHS = 2;
/** For a machine that is busy with other things; nothing here measures time. */
const PATIENCE = 600_000;

let folder: TemporaryFolder;
let site: Site;
/** Of `pairlab train` with one worker thread, in the order of the architectures: what all others must give. */
let expected: RunRecord[];
/** Of those whose arithmetic is partly JavaScript's. */
let comparing: RunRecord[];
/** Of one architecture on images and pairs that change. */
let changed: RunRecord;

beforeAll(async () => {
  folder = await temporaryFolder();
  site = await serveSite();
  const train = async (names: readonly string[]) => {
    const records: RunRecord[] = [];
    for (const name of names)
      records.push(await documentOf("train", name, "--workers", "1", "--runs", join(folder.path, "one-worker")));
    return records;
  };
  expected = await train(architectures.map(({ name }) => name));
  comparing = await train(["matching", "ranking"]);
  const changes = ["--augmentation", "strong", "--pairing", "shuffled"];
  changed = await documentOf("train", "one-by-one", ...changes, "--runs", join(folder.path, "changed"));
}, PATIENCE);
afterAll(async () => {
  await site?.close();
  await folder.remove();
});

test("the runs that are compared differ from each other, and their losses are numbers", () => {
  expect(new Set([...expected, ...comparing, changed].map(({ weightsSha256 }) => weightsSha256)).size).toBe(8);
  for (const { epochs } of [...expected, ...comparing]) {
    expect(epochs).toHaveLength(EPOCHS);
    for (const { trainLoss, testLoss } of epochs) expect(trainLoss + testLoss).toBeGreaterThan(0);
  }
});

test(
  "a second time, in two worker threads, the report and the run store have the same bits",
  async () => {
    const [runs, out] = [join(folder.path, "two-workers"), join(folder.path, "report")];
    const options = ["--rounds", "1", "--workers", "2", "--runs", runs, "--out", out];
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
  "%s gives the same records, bit for bit",
  { timeout: PATIENCE },
  async ([, browser]) => {
    const records = await askIn<RunRecord[]>(browser, "trainAll");
    expect(records.map(untimed)).toStrictEqual([...expected, ...comparing, changed].map(untimed));
  },
);

test.for(BROWSERS.map((browser) => [browser.title, browser] as const))(
  "an experiment that runs in %s gives the document that the command line prints",
  { timeout: PATIENCE },
  async ([, browser]) => {
    const means = ["--workers", "1", "--runs", join(folder.path, "runs"), "--out", join(folder.path, "report")];
    const asked = ["--trials", "4", "--rounds", "2", "--pairs", "100"];
    expect(await askIn(browser, "searchHere")).toStrictEqual(await documentOf("tune", "mlp", ...asked, ...means));
  },
);

/** Runs a command whose answer is one JSON document. */
async function documentOf<Document>(...command: string[]): Promise<Document> {
  const { stdout } = await pairlab([...command, "--seed", `${SEED}`, "--epochs", `${EPOCHS}`, "--json", "--quiet"]);
  return JSON.parse(stdout);
}

/** Calls a function of `page.ts` in a page of a headless browser with a fresh profile. */
async function askIn<Answer>({ title }: Browser, ask: "trainAll" | "searchHere"): Promise<Answer> {
  const { dataset, engine } = (expected[0] as RunRecord).config;
  const networks = [...expected, ...comparing].map(({ architecture }) => architecture);
  const request: TrainingRequest = { networks, seed: SEED, epochs: EPOCHS, dataset, engine };
  const browser = await launchBrowser(title, { timeout: PATIENCE, protocolTimeout: PATIENCE });
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    // As text, so that no compiler of the tests' own modules touches the import.
    const answer = await page.evaluate(`import("/page.js").then(({ ${ask} }) => ${ask}(${JSON.stringify(request)}))`);
    return JSON.parse(String(answer));
  } finally {
    await browser.close();
  }
}

/** Everything of a record but the time that training took. */
function untimed({ seconds: _, ...rest }: RunRecord): Omit<RunRecord, "seconds"> {
  return rest;
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
