import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Small, smallCommands, writeData } from "../../bench/faults/commands.js";
import { readOnlyStore } from "../../bench/faults/disks.js";
import { killAgainAndAgain, undisturbed } from "../../bench/faults/kills.js";
import { documentsOf, type Fault, type Ground } from "../../bench/faults/row.js";
import { fewFiles, withoutFlush } from "../../bench/faults/system.js";
import { secondUser } from "../../bench/faults/users.js";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

const PROGRAM = [process.execPath, fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url))];

let folder: TemporaryFolder;
let commands: readonly Small[];
let documents: ReadonlyMap<string, unknown>;
beforeAll(async () => {
  folder = await temporaryFolder();
  // Another user must find the images.
  await chmod(folder.path, 0o755);
  const data = join(folder.path, "data");
  writeData(data);
  commands = smallCommands(PROGRAM, data).filter(({ name }) => name === "reproduce");
  documents = await documentsOf(commands, join(folder.path, "alone"));
}, 240_000);
afterAll(() => folder.remove());

/** Of `npm run faults`, which does it with all commands and a thousand times. */
const KILLS = 10;

test.concurrent("a reproduction that is killed again and again ends like one that was left alone, and trains no run twice", async () => {
  const [reproduce] = commands as [Small];
  const place = join(folder.path, "kills");
  await mkdir(join(place, "alone"), { recursive: true });
  const alone = await undisturbed(reproduce, join(place, "alone"));
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
    const ground: Ground = { folder: place, commands, documents, seed: 1 };
    const { fell, tried, remark } = await (FAULTS[name] as Fault)(ground);
    expect(fell).toEqual([]);
    // Some need root, Linux or a C compiler.
    expect(tried > 0 || remark?.startsWith("left out: ")).toBe(true);
  },
  240_000,
);
