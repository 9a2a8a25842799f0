/** `npm run faults`: attacks on the run store, from kills to full disks. docs/faults.md says what they are. */
import { rmSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import Table from "cli-table3";
import { smallCommands, writeData } from "./commands.js";
import { fullDisk, readOnlyStore } from "./disks.js";
import { killAgainAndAgain } from "./kills.js";
import { documentsOf, type Fault, type Ground, type Row } from "./row.js";
import { sharedStore, stopped } from "./shared.js";
import { fewFiles, otherClocks, withoutFlush } from "./system.js";
import { secondUser } from "./users.js";

/** From `dist/bench/faults`. */
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
};

const whole =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
    return value;
  };

/** After so many kills of a command a line says how far it is. */
const SAID_EVERY = 10;

/** The kills of each command, and what fell; so many commands at a time as `lanes` says. */
async function killRows(ground: Ground, kills: number, lanes: number): Promise<Row[]> {
  const { commands, folder, seed } = ground;
  const rows: Row[] = [];
  const waiting = [...commands.entries()];
  const serve = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [i, small] = next;
      const share = Math.floor(kills / commands.length) + Number(i < kills % commands.length);
      if (share === 0) continue;
      const place = join(folder, small.name);
      await mkdir(place);
      const {
        kills: tried,
        stages,
        fell,
      } = await killAgainAndAgain(small, share, seed + i, place, (done) => {
        if (done % SAID_EVERY === 0) process.stderr.write(`${small.name}: ${done} of ${share} kills\n`);
      });
      const remark = Object.entries(stages)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([stage, count]) => `${stage} ${count}`)
        .join(", ");
      rows.push({ what: `${small.name}, killed`, tried, fell, remark });
      report(rows.at(-1) as Row);
    }
  };
  await Promise.all(Array.from({ length: lanes }, serve));
  return rows;
}

function report({ what, tried, fell, remark }: Row): void {
  const lines = [`${what}: ${tried} tried, ${fell.length} fell${remark ? ` (${remark})` : ""}`, ...fell];
  process.stderr.write(`${lines.join("\n")}\n`);
}

function table(rows: readonly Row[]): string {
  const drawn = new Table({
    head: ["fault", "tried", "fell", ""],
    colAligns: ["left", "right", "right", "left"],
    style: { head: [], border: [], compact: true },
  });
  for (const { what, tried, fell, remark = "" } of rows) drawn.push([what, String(tried), String(fell.length), remark]);
  return drawn.toString();
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
      // Whoever works there is ended first.
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
    const documents = await documentsOf(commands, join(folder, "alone"));
    const groundOf = async (name: string): Promise<Ground> => {
      await mkdir(join(folder, name));
      return { folder: join(folder, name), commands, documents, seed };
    };
    const rows = kills > 0 ? await killRows(await groundOf("kills"), kills, lanes) : [];
    for (const name of names) {
      rows.push(await (FAULTS[name] as Fault)(await groundOf(name)));
      report(rows.at(-1) as Row);
    }
    process.stdout.write(`${table(rows)}\n`);
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
    new Option("--lanes <count>", "commands that are killed at a time")
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
