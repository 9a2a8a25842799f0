/**
 * Milliseconds that a large run store takes: `pairlab runs` without and with its index, the first answer of `pairlab serve`, pages
 * that poll it while nothing changes, one at a time and together, pages that fetch it together, and commands whose runs are all there:
 * one, and as many at the same time as PROCESSES says.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/store.js [RUNS] [mixed | one-group | all-groups] [PROCESSES]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { median } from "pairlab";
import type { Kept } from "./keep-runs.js";
import { fillStore, SHAPES } from "./synthetic-runs.js";

const PROGRAM = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));
const KEEPER = fileURLToPath(new URL("keep-runs.js", import.meta.url));
const REPEATS = 5;
const PAGES = 32;
/** The page's time between two polls. */
const INTERVAL = 2000;

const [argument = "20000", wanted = "mixed", processes = "4"] = process.argv.slice(2);
const shape = SHAPES.find((each) => each === wanted);
if (!shape) throw new Error(`"${wanted}" is none of ${SHAPES.join(", ")}`);
const chosen = shape;
const folder = await mkdtemp(join(tmpdir(), "pairlab-store-"));
await fillStore(folder, Number(argument), shape);

console.log(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`);
console.log(`${argument} runs, ${shape}; ms, median (least–most)\n`);
try {
  const fresh = () => rm(join(folder, "index.json"), { force: true });
  report("pairlab runs, without an index", await repeated(REPEATS, listing, fresh));
  report("pairlab runs", await repeated(REPEATS, listing));
  for (const together of [1, Number(processes)]) {
    const kept = await keeping(together);
    report(
      `${together} at once that want all runs`,
      kept.map(({ ms }) => ms),
    );
    const each = kept.map(({ processorMs }) => processorMs / Number(argument));
    console.log(
      `    processor time: ${median(each).toFixed(2)} ms a run and process, ${Math.max(...each).toFixed(2)} at most`,
    );
  }
  await serving(async (api) => {
    report("pairlab serve, first answer", await repeated(1, () => ask(api)));
    const etag = await ask(api);
    report(
      "poll",
      await repeated(
        REPEATS,
        () => ask(api, etag),
        () => setTimeout(INTERVAL),
      ),
    );
    report(`${PAGES} polls together, the slowest`, await repeated(REPEATS, () => together(() => ask(api, etag))));
    report(`${PAGES} answers together, the slowest`, await repeated(REPEATS, () => together(() => ask(api))));
  });
} finally {
  await rm(folder, { recursive: true });
}

function report(what: string, each: readonly number[]): void {
  const [least, most] = [Math.min(...each), Math.max(...each)].map((ms) => ms.toFixed(0));
  console.log(`  ${what.padEnd(36)} ${median(each).toFixed(0).padStart(6)} (${least}–${most})`);
}

/** The milliseconds of each of several repetitions. */
async function repeated(
  times: number,
  what: () => Promise<unknown>,
  prepare: () => Promise<unknown> = async () => {},
): Promise<number[]> {
  const each: number[] = [];
  for (let time = 0; time < times; time++) {
    await prepare();
    const started = performance.now();
    await what();
    each.push(performance.now() - started);
  }
  return each;
}

function together(what: () => Promise<unknown>): Promise<unknown> {
  return Promise.all(Array.from({ length: PAGES }, what));
}

async function listing(): Promise<void> {
  const [code] = await once(spawn(process.execPath, [PROGRAM, "runs", "--runs", folder], { stdio: "ignore" }), "close");
  if (code !== 0) throw new Error(`pairlab runs ends with ${code}`);
}

/** Processes that want all runs at the same time, which are there. */
function keeping(processes: number): Promise<Kept[]> {
  return Promise.all(
    Array.from({ length: processes }, async () => {
      const child = spawn(process.execPath, [KEEPER, folder, argument, chosen], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [said] = await once(createInterface({ input: child.stdout }), "line");
      return JSON.parse(String(said)) as Kept;
    }),
  );
}

/** @returns the answer's entity tag */
async function ask(api: URL, etag = ""): Promise<string> {
  const response = await fetch(api, { headers: { "if-none-match": etag } });
  await response.arrayBuffer();
  if (response.status !== (etag ? 304 : 200)) throw new Error(`${api} answers ${response.status}`);
  return response.headers.get("etag") ?? "";
}

/** Runs a server of the store during some work. */
async function serving(what: (api: URL) => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, [PROGRAM, "serve", "--port", "0", "--runs", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [said] = await once(createInterface({ input: child.stdout }), "line");
    await what(new URL("api/runs", String(said).split(" ", 1)[0]));
  } finally {
    child.kill();
  }
}
