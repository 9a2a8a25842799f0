import { cp, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { InvalidRequest } from "../../core/errors.js";
import { setAside } from "./aside.js";
import { listSetAside, removeSetAside } from "./set-aside.js";

const ID = "0123456789abcdef";
let store: string;
beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), "pairlab-aside-"));
});
afterEach(() => rm(store, { recursive: true, force: true }));
const at = (...names: string[]): string => join(store, ...names);

it("what was moved away is listed in order, and nothing else that lies there", async () => {
  for (const name of [`${ID}-2`, `${ID}-10`, `${"f".repeat(16)}-1`, `x${ID}-1`, `${ID}-1x`, ID, `${ID}-`, "notes"])
    await mkdir(at("damaged", name), { recursive: true });
  expect(await listSetAside(store)).toEqual([`${ID}-10`, `${ID}-2`, `${"f".repeat(16)}-1`]);
});

it("a store without any has none, and neither has one that is not a folder", async () => {
  expect(await listSetAside(store)).toEqual([]);
  await writeFile(at("damaged"), "");
  expect(await listSetAside(store)).toEqual([]);
});

it("where the folder cannot be read, one line says so", async () => {
  await symlink("damaged", at("damaged"));
  await expect(listSetAside(store)).rejects.toThrow(/^cannot read .*damaged: .*; make it readable$/);
});

it("those that are named are removed, with all that is in them, and missing ones are ignored", async () => {
  await mkdir(at("damaged", `${ID}-1`, "deep"), { recursive: true });
  await mkdir(at("damaged", `${ID}-2`));
  await removeSetAside(store, [`${ID}-1`, `${ID}-3`]);
  expect(await readdir(at("damaged"))).toEqual([`${ID}-2`]);
  await rm(at("damaged"), { recursive: true });
  await writeFile(at("damaged"), "");
  await expect(removeSetAside(store, [`${ID}-2`])).rejects.toThrow(InvalidRequest);
});

it("a run's files are moved, once more into another folder, and what is not a run's stays", async () => {
  for (const time of [1, 2]) {
    await mkdir(at(ID), { recursive: true });
    await writeFile(at(ID, "run.json"), `broken ${time}`);
    await writeFile(at(ID, "notes.txt"), "mine");
    expect(await setAside(store, ID)).toBe(at("damaged", `${ID}-${time}`));
    expect(await readFile(at("damaged", `${ID}-${time}`, "run.json"), "utf8")).toBe(`broken ${time}`);
    expect(await readdir(at(ID))).toEqual(["notes.txt"]);
  }
});

it("of a link it is the link that is moved", async () => {
  await mkdir(at("elsewhere"));
  await symlink("elsewhere", at(ID));
  await setAside(store, ID);
  expect(await readlink(at("damaged", `${ID}-1`, ID))).toBe("elsewhere");
  expect((await lstat(at("elsewhere"))).isDirectory()).toBe(true);
  await expect(lstat(at(ID))).rejects.toThrow("ENOENT");
});

it("where there is nothing to move, one line says so", async () => {
  await expect(setAside(store, ID)).rejects.toThrow(
    new RegExp(`cannot move .*${ID} into .*damaged: .*; remove what is in the way$`),
  );
  await cp(new URL(import.meta.url), at("damaged"));
  await mkdir(at(ID));
  await expect(setAside(store, ID)).rejects.toThrow(InvalidRequest);
});
