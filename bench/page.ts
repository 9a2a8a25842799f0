/**
 * Trains the paper's networks in the page, in headless Chromium, and by the command line, in turn: how much longer a run takes in
 * the page, how long its main thread is busy at once meanwhile, and how many frames it shows.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/page.js [ROUNDS] [TURNS]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { median, type RunRecord } from "pairlab";
import type { Page } from "puppeteer-core";
import { mainThreadTasks } from "./page-tasks.js";
import { launchChromium, run, startServing } from "./served-page.js";

const [rounds = "2", turns = "3"] = process.argv.slice(2);
/** The seed of the first turn, which warms both up and is not counted. Each turn has other seeds, so nothing is trained twice. */
const FIRST_SEED = 80_000;
const NETWORKS = "mlp,simple-cnn,weight-sharing,weight-sharing-auxiliary,one-by-one";

interface Watched {
  /** Wall-clock milliseconds of each main-thread task above 50 ms, and of each frame. */
  readonly tasks: readonly number[];
  readonly frames: readonly number[];
  /** The share of the time in which the main thread is busy. */
  readonly busy: number;
}

/** The script that the page runs to measure itself. */
const WATCH = `
  globalThis.watched = { tasks: [], frames: [] };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.tasks.push(duration);
  }).observe({ entryTypes: ["longtask"] });
  let last = performance.now();
  requestAnimationFrame(function frame() {
    // The callback's own time stamp is when the frame was due.
    const now = performance.now();
    watched.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  });
`;

const RECORDS = `new Promise((resolve) => {
  const create = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    blob.text().then(resolve);
    return create.call(URL, blob);
  };
  [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Download the records").click();
})`;

const folder = await mkdtemp(join(tmpdir(), "pairlab-bench-"));
const server = await startServing("--runs", join(folder, "runs"));
const browser = await launchChromium({ protocolTimeout: 3_600_000 });
try {
  const page = await browser.newPage();
  const inPage: RunRecord[] = [];
  const byCommand: RunRecord[] = [];
  const watched: Watched[] = [];
  for (let turn = 0; turn <= Number(turns); turn++) {
    const seed = FIRST_SEED + turn * Number(rounds);
    const shown = await trainInPage(page, seed);
    const told = await trainByCommand(seed);
    if (turn === 0) continue;
    inPage.push(...shown.records);
    watched.push(shown.watched);
    byCommand.push(...told);
  }
  report(inPage, byCommand, watched, await browser.version());
  const tasks = await mainThreadTasks(browser, server.url);
  console.log(
    `longest of ${tasks.length} tasks of the main thread, two networks training and one measured: ${Math.max(...tasks).toFixed(0)} ms of processor time`,
  );
} finally {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function trainInPage(page: Page, seed: number): Promise<{ records: RunRecord[]; watched: Watched }> {
  // Each time has a new document, like a new process, because a run's leftovers would count for the next.
  await page.goto("about:blank");
  await page.goto(`${server.url}#/train?networks=${NETWORKS}&seed=${seed}&rounds=${rounds}`);
  const button = (name: string) =>
    page.waitForSelector(`::-p-aria(${name}[role="button"]):not([disabled])`, { timeout: 60_000 });
  const start = await button("Start");
  await page.evaluate(WATCH);
  const before = (await page.metrics()).TaskDuration ?? 0;
  const began = performance.now();
  await start?.click();
  await page.waitForFunction(`document.querySelector(".controls [role=status]")?.textContent === "Done."`, {
    timeout: 3_600_000,
  });
  const seconds = (performance.now() - began) / 1000;
  const busy = ((await page.metrics()).TaskDuration ?? 0) - before;
  const seen = JSON.parse(String(await page.evaluate("JSON.stringify(globalThis.watched)")));
  // The page offers its records as a file, whose content is caught here.
  const text = await page.evaluate(RECORDS);
  return { records: JSON.parse(String(text)), watched: { ...seen, busy: busy / seconds } };
}

async function trainByCommand(seed: number): Promise<RunRecord[]> {
  const runs = join(folder, `command-${seed}`);
  const out = join(folder, `report-${seed}`);
  await run("reproduce", "--seed", `${seed}`, "--rounds", rounds, "--runs", runs, "--out", out, "--quiet");
  const { RunStore } = await import("pairlab/node");
  const { records } = await new RunStore(runs).records();
  return records.map((record) => ({ ...record, epochs: [] }));
}

function report(
  inPage: readonly RunRecord[],
  byCommand: readonly RunRecord[],
  watched: readonly Watched[],
  browser: string,
): void {
  console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, Node.js ${process.versions.node}, ${browser}`);
  console.log(
    `${rounds} rounds of ${turns} turns; median seconds of a run, ${availableParallelism()} at the same time`,
  );
  for (const name of NETWORKS.split(",")) {
    const secondsOf = (records: readonly RunRecord[]) =>
      median(records.filter(({ architecture }) => architecture === name).map(({ seconds }) => seconds));
    const [page, command] = [secondsOf(inPage), secondsOf(byCommand)];
    console.log(
      `${name.padEnd(25)} page ${page.toFixed(2)}  command line ${command.toFixed(2)}  speed of the page ${(100 * (command / page)).toFixed(0)}%`,
    );
  }
  console.log(`main thread busy: ${(100 * median(watched.map(({ busy }) => busy))).toFixed(0)}% of the time`);
  const frames = watched.flatMap((each) => each.frames);
  const late = frames.filter((milliseconds) => milliseconds > 50).length;
  console.log(
    `frames: median ${median(frames).toFixed(1)} ms apart, ${late} of ${frames.length} more than 50 ms; tasks of more than 50 ms: ${JSON.stringify(watched.flatMap(({ tasks }) => tasks.map(Math.round)))}`,
  );
}
