/**
 * Milliseconds from the command line to the first epoch's line, and those that Node.js itself takes to do nothing.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/start.js [ARCHITECTURE]
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "pairlab";

const REPEATS = 15;
const PROGRAM = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));

/** Milliseconds until a new Node.js process writes the given words to standard error or, without words, until it ends. */
function timed(commandLine: readonly string[], words?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, commandLine, { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    let milliseconds: number | undefined;
    child.stderr.on("data", (chunk) => {
      said += chunk;
      if (milliseconds !== undefined || words === undefined || !said.includes(words)) return;
      milliseconds = performance.now() - started;
      child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("close", () => {
      if (words !== undefined && milliseconds === undefined) reject(new Error(`no "${words}" in: ${said}`));
      else resolve(milliseconds ?? performance.now() - started);
    });
  });
}

const [architecture = "weight-sharing-auxiliary"] = process.argv.slice(2);
const whole: number[] = [];
const own: number[] = [];
for (let repeat = 0; repeat < REPEATS; repeat++) {
  const runs = await mkdtemp(join(tmpdir(), "pairlab-start-"));
  whole.push(await timed([PROGRAM, "train", architecture, "--runs", runs], "epoch 1/"));
  own.push(await timed(["-e", "0"]));
  await rm(runs, { recursive: true });
}

const describe = (what: string, each: readonly number[]): string =>
  `  ${what.padEnd(38)} ${median(each).toFixed(0).padStart(5)} (${Math.min(...each).toFixed(0)}–${Math.max(...each).toFixed(0)})`;
console.log(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`);
console.log(`ms, median of ${REPEATS} (least–most), taking turns\n`);
console.log(describe(`train ${architecture} to its first epoch`, whole));
console.log(describe("node -e 0", own));
console.log(`  ${"difference".padEnd(38)} ${(median(whole) - median(own)).toFixed(0).padStart(5)}`);
