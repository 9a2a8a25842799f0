import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { architectures, mean, type Reproduction } from "pairlab";
import type { Simd } from "pairlab/node";
import { z } from "zod";
import { Child } from "./child.js";
import { paperProgram } from "./pytorch.js";
import { type PaperRun, type PaperSummary, summarizePaper } from "./results.js";
import { abbreviated, print, table, times } from "./tables.js";
import { SEED, withFolder, writePairs } from "./task.js";

const PAIRLAB = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));

/** Trains all architectures for a number of rounds, evaluated after each epoch: with one core, with all, and in PyTorch at its best. */
export async function racePaper(rounds: number, python: string | undefined): Promise<PaperSummary> {
  const all = availableParallelism();
  const runs: PaperRun[] = [];
  for (const simd of ["base", "fused"] as const)
    for (const workers of new Set([1, all])) runs.push(await byPairlab(simd, workers, rounds));
  if (python) runs.push(await byPyTorch(python, all, rounds));
  const paper = summarizePaper(rounds, runs);
  print(paperTable(paper));
  return paper;
}

/** `pairlab reproduce` with an empty run store, including the report. */
function byPairlab(simd: Simd, workers: number, rounds: number): Promise<PaperRun> {
  return withFolder(async (folder) => {
    const kept = ["--runs", join(folder, "runs"), "--out", join(folder, "report")];
    const asked = ["--rounds", rounds, "--seed", SEED, "--simd", simd, "--workers", workers].map(String);
    const started = performance.now();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [PAIRLAB, "reproduce", "--json", "--quiet", ...asked, ...kept],
      { maxBuffer: 1 << 28 },
    );
    const seconds = (performance.now() - started) / 1000;
    const reproduction: Reproduction = JSON.parse(stdout);
    const testErrors = Object.fromEntries(reproduction.architectures.map((own) => [own.name, own.testError.mean]));
    return { name: `pairlab ${simd}`, cores: workers, seconds, testErrors };
  });
}

const RunErrors = z.object({ testError: z.number() });

/** One process for each core. A process takes the next run when it has finished one. The pairs are drawn before the clock starts. */
function byPyTorch(python: string, processes: number, rounds: number): Promise<PaperRun> {
  return withFolder(async (folder) => {
    const seeds = Array.from({ length: rounds }, (_, round) => SEED + round);
    for (const seed of seeds) await writePairs(seed, join(folder, `pairs-${seed}.safetensors`));
    const runs = seeds.flatMap((seed) => LONGEST_FIRST.map((architecture) => ({ architecture, seed })));
    const errors = new Map(LONGEST_FIRST.map((architecture): [string, number[]] => [architecture, []]));
    const queue = runs.values();
    const serve = async () => {
      const child = await Child.start(paperProgram(python, folder));
      try {
        for (const run of queue) errors.get(run.architecture)?.push((await child.ask(run, RunErrors)).testError);
      } finally {
        child.stop();
      }
    };
    const started = performance.now();
    await Promise.all(Array.from({ length: processes }, serve));
    const seconds = (performance.now() - started) / 1000;
    const testErrors = Object.fromEntries(architectures.map(({ name }) => [name, mean(errors.get(name) ?? [])]));
    return { name: "PyTorch best", cores: processes, seconds, testErrors };
  });
}

/** The order of `pairlab reproduce`, which leaves no long run for the end. */
const LONGEST_FIRST = architectures.map(({ name }) => name).toReversed();

function paperTable({ rounds, runs, scaling, pytorchTimes }: PaperSummary): string {
  const percent = (fraction: number | undefined) => (fraction === undefined ? "–" : `${(100 * fraction).toFixed(1)}%`);
  const rows = runs.map(({ name, cores, seconds, testErrors }) => [
    name,
    String(cores),
    seconds.toFixed(1),
    ...architectures.map((architecture) => percent(testErrors[architecture.name])),
  ]);
  const columns = ["whole paper", "cores", "seconds", ...architectures.map(({ name }) => abbreviated(name))];
  return [
    `\nthe whole paper: ${architectures.length} architectures × ${rounds} rounds, all evaluated after each epoch; test errors`,
    table(columns, rows, ["whole paper"]),
    ...Object.entries(scaling).map(([name, ratio]) => `${name}: all cores are ${times(ratio)} as fast as one`),
    ...Object.entries(pytorchTimes).map(([name, ratio]) => `PyTorch best takes ${times(ratio)} as long as ${name}`),
  ].join("\n");
}
