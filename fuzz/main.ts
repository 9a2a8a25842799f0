/** `npm run fuzz`: what others say, in all its forms, tried on everything that reads it. docs/fuzz.md says how. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { Command, Option } from "@commander-js/extra-typings";
import { InvalidRequest } from "../src/core/errors.js";
import { didYouMean } from "../src/core/text/nearest.js";
import { number, whole } from "../src/node/cli/options.js";
import { formatTable } from "../src/node/cli/terminal/columns.js";
import type { Found } from "./child.js";
import { Hand } from "./crew.js";
import type { Part } from "./part.js";
import { PARTS } from "./parts/index.js";

const FOLDER = "fuzz-findings";
/** Of a part; then it is tried no further. */
const MOST_FINDINGS = 20;
/** Time that a batch of inputs is made to take, in ms. */
const BATCH_MS = 500;

/** How far a part has come. */
interface Progress {
  readonly part: Part;
  next: number;
  /** Milliseconds that its batches took. */
  spent: number;
  accepted: number;
  refused: number;
  slowest: number;
  peakBytes: number;
  readonly found: Found[];
}

interface Plan {
  readonly minutes: number;
  readonly seed: number;
  readonly inputs: number;
  readonly from: number;
  readonly workers: number;
}

async function fuzz(parts: readonly Part[], { minutes, seed, inputs, from, workers }: Plan): Promise<Progress[]> {
  const progress = parts.map((part): Progress => {
    return { part, next: from, spent: 0, accepted: 0, refused: 0, slowest: 0, peakBytes: 0, found: [] };
  });
  const end = performance.now() + minutes * 60_000;
  const work = async (hand: Hand) => {
    while (performance.now() < end) {
      const open = progress.filter(({ next, found }) => next < from + inputs && found.length < MOST_FINDINGS);
      const [least] = open.sort((a, b) => a.spent / a.part.weight - b.spent / b.part.weight);
      if (!least) break;
      const done = least.next - from;
      const fit = done === 0 ? 10 : Math.ceil((done * BATCH_MS) / Math.max(least.spent, 1));
      const count = Math.min(Math.max(fit, 1), 5000, from + inputs - least.next);
      const start = performance.now();
      const request = { part: least.part.name, seed, from: least.next, count };
      least.next += count;
      // Of the others' turns: what this batch will take is not known yet.
      least.spent += BATCH_MS;
      const answer = await hand.try(request);
      least.spent += performance.now() - start - BATCH_MS;
      least.accepted += answer.accepted;
      least.refused += answer.refused;
      least.slowest = Math.max(least.slowest, answer.slowest);
      least.peakBytes = Math.max(least.peakBytes, answer.peakBytes);
      for (const found of answer.found) {
        least.found.push(found);
        keep(least.part, seed, found);
      }
    }
    await hand.end();
  };
  await Promise.all(Array.from({ length: workers }, () => work(new Hand())));
  return progress;
}

/** Says what was found, and keeps it so that it can be tried again. */
function keep({ name }: Part, seed: number, { index, what, input }: Found): void {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${encodeURIComponent(name)}+${seed}+${index}`);
  if (input) writeFileSync(file, Buffer.from(input, "base64"));
  const again = input ? `--again ${file}` : `--only "${name}" --seed ${seed} --from ${index} --inputs 1`;
  console.error(`${name}, seed ${seed}, input ${index}: ${what}\n  npm run fuzz -- ${again}`);
}

/** Tries an input that was kept. */
async function again(file: string): Promise<Progress[]> {
  const [name = "", seed = "0", index = "0"] = basename(file).split("+");
  const part = partNamed(decodeURIComponent(name));
  const hand = new Hand();
  const input = readFileSync(file).toString("base64");
  const answer = await hand.try({ part: part.name, seed: Number(seed), from: Number(index), count: 1, input });
  await hand.end();
  for (const { what } of answer.found) console.error(`${part.name}: ${what}`);
  return [{ part, next: 1, spent: 0, ...answer, found: [...answer.found] }];
}

function partNamed(name: string): Part {
  const found = PARTS.find((part) => part.name === name);
  if (found) return found;
  const names = PARTS.map((part) => part.name);
  throw new InvalidRequest(`there is no part "${name}"${didYouMean(name, names)} There are ${names.join(", ")}`);
}

function print(progress: readonly Progress[]): void {
  const columns = ["part", "inputs", "accepted", "refused", "findings", "slowest", "peak memory"];
  const row = (name: string, of: readonly Progress[]): string[] => {
    const sum = (count: (each: Progress) => number) => of.reduce((total, each) => total + count(each), 0);
    const counts = [
      sum(({ accepted, refused, found }) => accepted + refused + found.length),
      sum(({ accepted }) => accepted),
      sum(({ refused }) => refused),
      sum(({ found }) => found.length),
    ];
    return [
      name,
      ...counts.map((count) => count.toLocaleString("en")),
      `${Math.max(...of.map(({ slowest }) => slowest)).toFixed(0)} ms`,
      `${(Math.max(...of.map(({ peakBytes }) => peakBytes)) / 2 ** 20).toFixed(0)} MiB`,
    ];
  };
  const rows = [...progress.map((each) => row(each.part.name, [each])), row("all", progress)];
  console.log(String(formatTable(columns, rows)));
}

const command = new Command("fuzz")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .description("tries inputs of all forms on everything that reads what others say")
  .addOption(
    new Option("--minutes <count>", "how long").argParser(number({ least: 0, most: 10_000, open: "least" })).default(5),
  )
  .addOption(new Option("--seed <seed>", "the same seed, the same inputs").argParser(whole(0, 2 ** 31)).default(1))
  .addOption(new Option("--inputs <count>", "of each part, at most").argParser(whole(1, 2 ** 40)).default(2 ** 40))
  .addOption(new Option("--from <number>", "the first input's number").argParser(whole(0, 2 ** 40)).default(0))
  .option("--only <part>", `one part: ${PARTS.map(({ name }) => name).join(", ")}`)
  .option("--again <file>", "an input that was kept")
  .addOption(
    new Option("--workers <count>", "processes")
      .argParser(whole(1, 64))
      .default(availableParallelism(), "the cores there are"),
  )
  .action(async ({ only, again: file, ...plan }) => {
    const progress = file ? await again(file) : await fuzz(only === undefined ? PARTS : [partNamed(only)], plan);
    print(progress);
    if (progress.some(({ found }) => found.length > 0)) process.exitCode = 1;
  });

try {
  await command.parseAsync();
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof InvalidRequest ? 2 : 1;
}
