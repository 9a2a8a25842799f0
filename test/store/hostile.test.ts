import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Small, smallCommands, writeData } from "../../bench/faults/commands.js";
import { readOnlyStore } from "../../bench/faults/disks.js";
import { killAgainAndAgain, type Undisturbed, undisturbed } from "../../bench/faults/kills.js";
import type { Fault, Ground } from "../../bench/faults/row.js";
import { fewFiles, withoutFlush } from "../../bench/faults/system.js";
import { secondUser } from "../../bench/faults/users.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

const PROGRAM = [process.execPath, fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url))];

let folder: TemporaryFolder;
let commands: readonly Small[];
let alone: Undisturbed;
beforeAll(async () => {
  folder = await temporaryFolder();
  // Another user must find the images.
  await chmod(folder.path, 0o755);
  const data = join(folder.path, "data");
  writeData(data, { train: 1000, t10k: 200 });
  commands = smallCommands(PROGRAM, data).filter(({ name }) => name === "reproduce");
  const [reproduce] = commands as [Small];
  const place = join(folder.path, "alone", reproduce.name);
  await mkdir(place, { recursive: true });
  alone = await undisturbed(reproduce, place);
}, 240_000);
afterAll(() => folder.remove());

/** Of `npm run faults`, which does it with all commands and a thousand times. */
const KILLS = 6;

test("a reproduction that is killed again and again ends like one that was left alone, and trains no run twice", async () => {
  const [reproduce] = commands as [Small];
  const place = join(folder.path, "kills");
  await mkdir(place);
  const { kills, fell } = await killAgainAndAgain(reproduce, alone, { kills: KILLS, seed: 1, folder: place });
  expect(fell).toEqual([]);
  expect(kills).toBe(KILLS);
}, 300_000);

const FAULTS: Readonly<Record<string, Fault>> = { readOnlyStore, secondUser, withoutFlush, fewFiles };

test.concurrent.each(Object.keys(FAULTS))(
  "a reproduction does as elsewhere: %s",
  async (name) => {
    const place = join(folder.path, name);
    await mkdir(place);
    const [reproduce] = commands as [Small];
    const documents = new Map([[reproduce.name, alone.document]]);
    const ground: Ground = { folder: place, commands, documents, complete: join(folder.path, "alone"), seed: 1 };
    const { fell, tried, remark } = await (FAULTS[name] as Fault)(ground);
    expect(fell).toEqual([]);
    // Some need root, Linux or a C compiler.
    expect(tried > 0 || remark?.startsWith("left out: ")).toBe(true);
  },
  240_000,
);
