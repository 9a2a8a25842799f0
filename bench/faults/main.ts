/** `npm run faults`: attacks on the run store, from kills to full disks. docs/faults.md says what they are. */
import { rmSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import * as core from "pairlab";
import * as node from "pairlab/node";
import { print, table } from "../tables.js";
import { smallCommands, writeData } from "./commands.js";
import { fullDisk, readOnlyStore } from "./disks.js";
import { type Kills, killAgainAndAgain, undisturbed } from "./kills.js";
import { obstacleTo } from "./namespaces.js";
import { QUEUE_FAULTS, type QueueFault, tryQueueFaults } from "./queue.js";
import { documentsOf, type Fault, type Ground, type Row } from "./row.js";
import { sharedStore, stopped } from "./shared.js";
import { fewFiles, otherClocks, withoutFlush } from "./system.js";
import { secondUser } from "./users.js";

/** The project's folder, seen from `dist/bench/faults`. */
const PROGRAM = [process.execPath, fileURLToPath(new URL("../../../bin/pairlab.js", import.meta.url))];

const FAULTS: Readonly<Record<string, Fault>> = {
  disk: fullDisk,
  "read-only": readOnlyStore,
  user: secondUser,
  flush: withoutFlush,
  clocks: otherClocks,
  files: fewFiles,
  shared: sharedStore,
  stopped,
  ...Object.fromEntries(Object.entries(QUEUE_FAULTS).map(([name, fault]) => [name, ofQueue(fault)])),
};

/** As many runs as keep two workers busy for some seconds after any moment of the first half. */
const RUNS = { runs: 16, epochs: 50 };

/** A fault of a queue, which has its own runs. */
function ofQueue(fault: QueueFault): Fault {
  return async ({ folder, seed }) => {
    const obstacle = obstacleTo(["redis-server", "--version"]);
    if (obstacle !== undefined) return { what: fault.what, tried: 0, fell: [], remark: `left out: ${obstacle}` };
    const [row, ...more] = await tryQueueFaults({ ...core, ...node }, [fault], { folder, seed }, RUNS);
    return { ...(row as Row), fell: [row, ...more].flatMap((each) => each?.fell ?? []) };
  };
}

const whole =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
    return value;
  };

/** The number of kills of a lane, which has one store after another. Several lanes use several cores. */
const KILLS_OF_A_LANE = 10;

/** Kills each command, with `lanes` commands at a time, and says what fell. */
async function killRows({ commands, folder, seed }: Ground, kills: number, lanes: number): Promise<Row[]> {
  const rows: Row[] = [];
  const parts = commands.reduce((sum, small) => sum + small.parts, 0);
  for (const [i, small] of commands.entries()) {
    const place = join(folder, small.name);
    await mkdir(join(place, "alone"), { recursive: true });
    const alone = await undisturbed(small, join(place, "alone"));
    const all = Math.ceil((kills * small.parts) / parts);
    let left = all;
    const results: Kills[] = [];
    const serve = async () => {
      while (left > 0) {
        const share = Math.min(left, KILLS_OF_A_LANE);
        left -= share;
        const lane = await mkdtemp(join(place, "lane-"));
        results.push(
          await killAgainAndAgain(small, alone, { kills: share, seed: seed + 1000 * i + left, folder: lane }),
        );
        const done = results.reduce((sum, result) => sum + result.kills, 0);
        process.stderr.write(`${small.name}: ${done} of ${all} kills\n`);
      }
    };
    await Promise.all(Array.from({ length: lanes }, serve));
    rows.push(killRow(small.name, results));
    report(rows.at(-1) as Row);
  }
  return rows;
}

function killRow(name: string, results: readonly Kills[]): Row {
  const stages = new Map<string, number>();
  for (const result of results)
    for (const [stage, count] of Object.entries(result.stages)) stages.set(stage, (stages.get(stage) ?? 0) + count);
  return {
    what: `${name}, killed`,
    tried: results.reduce((sum, result) => sum + result.kills, 0),
    fell: results.flatMap(({ fell }) => fell),
    remark: [...stages]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([stage, count]) => `${stage} ${count}`)
      .join(", "),
  };
}

function report({ what, tried, fell, remark }: Row): void {
  const lines = [`${what}: ${tried} tried, ${fell.length} fell${remark ? ` (${remark})` : ""}`, ...fell];
  process.stderr.write(`${lines.join("\n")}\n`);
}

function rowsTable(rows: readonly Row[]): string {
  const cells = rows.map(({ what, tried, fell, remark = "" }) => [what, String(tried), String(fell.length), remark]);
  return table(["fault", "tried", "fell", ""], cells, ["fault", ""]);
}

interface Options {
  readonly kills: number;
  readonly seed: number;
  readonly lanes: number;
}

async function attack(names: readonly string[], { kills, seed, lanes }: Options): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "pairlab-faults-"));
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      // Processes that work there are ended first.
      process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
      process.exit(130);
    });
  // Other users must find the images.
  await chmod(folder, 0o755);
  let isClean = false;
  try {
    const data = join(folder, "data");
    writeData(data);
    const commands = smallCommands(PROGRAM, data);
    const complete = join(folder, "alone");
    const isOfStores = names.some((name) => !(name in QUEUE_FAULTS));
    const documents = isOfStores ? await documentsOf(commands, complete) : new Map<string, unknown>();
    const groundOf = async (name: string): Promise<Ground> => {
      await mkdir(join(folder, name));
      return { folder: join(folder, name), commands, documents, complete, seed };
    };
    const rows = kills > 0 ? await killRows(await groundOf("kills"), kills, lanes) : [];
    for (const name of names) {
      rows.push(await (FAULTS[name] as Fault)(await groundOf(name)));
      report(rows.at(-1) as Row);
    }
    print(rowsTable(rows));
    const fell = rows.flatMap(({ what, fell: lines }) => lines.map((line) => `${what}: ${line}\n`));
    process.stdout.write(fell.join(""));
    isClean = fell.length === 0;
    if (!isClean) process.exitCode = 1;
  } finally {
    if (isClean) await rm(folder, { recursive: true });
    else process.stderr.write(`${folder} is as the faults left it\n`);
  }
}

await new Command("faults")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .description("attacks the run store in a temporary folder, and says what fell")
  .argument("[faults...]", `${Object.keys(FAULTS).join(", ")} (default: all)`)
  .addOption(
    new Option("--kills <count>", "processes killed at moments drawn by chance").argParser(whole(0)).default(60),
  )
  .addOption(new Option("--seed <number>", "of all that is drawn").argParser(whole(0)).default(0))
  .addOption(
    new Option("--lanes <count>", "processes that are killed beside each other")
      .argParser(whole(1))
      .default(availableParallelism()),
  )
  .action(async (names, options) => {
    const unknown = names.find((name) => !(name in FAULTS));
    if (unknown !== undefined) {
      process.stderr.write(`error: no fault "${unknown}": there are ${Object.keys(FAULTS).join(", ")}\n`);
      process.exitCode = 2;
      return;
    }
    await attack(names.length > 0 ? names : Object.keys(FAULTS), options);
  })
  .parseAsync();
