import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HOST, PROCESS_SPACE } from "../processes.js";
import { type Claim, Claims, type Holder, nameOf } from "./claims.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pairlab-claims-"));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

const ID = "0123456789abcdef";
const claims = () => new Claims(join(folder, "claims"));
const isClaim = (answer: Claim | Holder): answer is Claim => "release" in answer;

/** A claim as another process writes it. */
async function foreignClaim(claim: object): Promise<string> {
  const path = join(folder, "claims", ID);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, "other.json"), JSON.stringify(claim));
  return join(path, "other.json");
}

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", "0"]);
  await once(child, "close");
  return child.pid as number;
}

describe("a claim", () => {
  it("belongs to one process: others see which one, until it is released", async () => {
    const first = (await claims().take(ID)) as Claim;
    expect(await claims().take(ID)).toEqual({ host: HOST, pid: process.pid });
    expect(isClaim(await claims().take("f".repeat(16)))).toBe(true);
    await first.release();
    expect(isClaim(await claims().take(ID))).toBe(true);
  });

  it("says in its file whose it is since when", async () => {
    const before = Date.now();
    await claims().take(ID);
    const [name = ""] = await readdir(join(folder, "claims", ID));
    const { host, pid, since } = JSON.parse(await readFile(join(folder, "claims", ID, name), "utf8"));
    expect({ host, pid }).toEqual({ host: HOST, pid: process.pid });
    expect(Date.parse(since)).toBeGreaterThanOrEqual(before);
  });

  it("says which run it is for in the list of runs in training", async () => {
    const before = new Date().toISOString();
    const claim = (await claims().take(ID, { architecture: "mlp", seed: 3 })) as Claim;
    await claims().take("f".repeat(16));
    const [first, second] = await claims().all();
    expect(first).toEqual({
      id: ID,
      architecture: "mlp",
      seed: 3,
      host: HOST,
      pid: process.pid,
      since: expect.stringMatching(/^20\d\d-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect((first?.since ?? "") >= before).toBe(true);
    expect(second).toMatchObject({ id: "f".repeat(16), architecture: null, seed: null });
    await claim.release();
    expect((await claims().all()).map(({ id }) => id)).toEqual(["f".repeat(16)]);
  });

  it("of a process that has ended is not in the list of runs in training, and stays for a process that trains", async () => {
    const path = await foreignClaim({ host: HOST, pid: await endedProcess(), space: PROCESS_SPACE, since: "" });
    expect(await claims().all()).toEqual([]);
    expect(await claims().holder(ID)).toBeUndefined();
    expect((await stat(path)).isFile()).toBe(true);
    await claims().removeDead();
    await expect(stat(path)).rejects.toThrow("ENOENT");
    expect(await readdir(join(folder, "claims"))).toEqual([]);
  });

  it("leaves nothing behind", async () => {
    const claim = (await claims().take(ID)) as Claim;
    await claim.release();
    expect(await readdir(join(folder, "claims"))).toEqual([]);
  });

  it("goes to one of many processes that ask at the same time", async () => {
    for (let repeat = 0; repeat < 20; repeat++) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => claims().take(ID)));
      expect(answers.filter(isClaim)).toHaveLength(1);
      // The late processes left nothing.
      expect(await readdir(join(folder, "claims"))).toEqual([ID]);
      await Promise.all(answers.filter(isClaim).map((claim) => claim.release()));
    }
  });

  /** What the process does as it exits. */
  const exit = () => (process.listeners("exit").at(-1) as () => void)();

  it("goes when its process exits, with what was half-made of it", async () => {
    await claims().take(ID);
    await claims().take("f".repeat(16));
    await writeFile(join(folder, "claims", "f".repeat(16), "somebody's.json"), "{}");
    exit();
    expect(await readdir(join(folder, "claims"))).toEqual(["f".repeat(16)]);
    expect(await readdir(join(folder, "claims", "f".repeat(16)))).toEqual(["somebody's.json"]);
  });

  it("that was released, or never made, is not undone at the process's exit", async () => {
    await claims().take("f".repeat(16));
    await ((await claims().take(ID)) as Claim).release();
    await writeFile(join(folder, "claims", "0".repeat(16)), "");
    await expect(claims().take("0".repeat(16))).rejects.toThrow("cannot claim");
    await rm(join(folder, "claims", "0".repeat(16)));
    for (const id of [ID, "0".repeat(16)]) await mkdir(join(folder, "claims", id));
    exit();
    expect(await readdir(join(folder, "claims"))).toEqual(["0".repeat(16), ID]);
  });
});

describe("a dead claim", () => {
  it("of a process of this machine that has ended is taken over at once, by one of many", async () => {
    const pid = await endedProcess();
    for (let repeat = 0; repeat < 20; repeat++) {
      await foreignClaim({ host: HOST, pid, space: PROCESS_SPACE });
      const answers = await Promise.all(Array.from({ length: 8 }, () => claims().take(ID)));
      expect(answers.filter(isClaim)).toHaveLength(1);
      await Promise.all(answers.filter(isClaim).map((claim) => claim.release()));
    }
  });

  it("of the same process id in a container that was started again is taken over at once", async () => {
    const killed = { host: HOST, pid: process.pid, space: PROCESS_SPACE };
    await foreignClaim({ ...killed, since: new Date(Date.now() - process.uptime() * 1000 - 5000).toISOString() });
    expect(await claims().all()).toEqual([]);
    expect(isClaim(await claims().take(ID))).toBe(true);
    expect(await claims().take(ID)).toEqual({ host: HOST, pid: process.pid });
  });

  it("that a power failure emptied is nobody's", async () => {
    await writeFile(await foreignClaim({}), "");
    expect(isClaim(await claims().take(ID))).toBe(true);
  });

  it("of another machine is one that was not refreshed for two minutes while it was watched", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const path = await foreignClaim({ host: "elsewhere", pid: 7, space: "ffffffff" });
    const watcher = claims();
    const holder = { host: "elsewhere", pid: 7 };
    expect(await watcher.take(ID)).toEqual(holder);
    vi.advanceTimersByTime(119_000);
    expect(await watcher.take(ID)).toEqual(holder);
    // Refreshed: its two minutes start again.
    await writeFile(path, JSON.stringify({ ...holder, space: "ffffffff" }));
    expect(await watcher.take(ID)).toEqual(holder);
    vi.advanceTimersByTime(119_000);
    expect(await watcher.take(ID)).toEqual(holder);
    vi.advanceTimersByTime(2_000);
    expect(isClaim(await watcher.take(ID))).toBe(true);
  });
});

it("a claim is refreshed every ten seconds, by the file system's clock, with the text that it has", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"], now: 1_000_000_000_000 });
  await claims().take(ID);
  const [name = ""] = await readdir(join(folder, "claims", ID));
  const path = join(folder, "claims", ID, name);
  const text = await readFile(path, "utf8");
  await utimes(path, 1, 1);
  await writeFile(join(folder, "now"), "");
  vi.advanceTimersByTime(10_000);
  const now = (await stat(join(folder, "now"))).mtimeMs;
  await vi.waitFor(async () => expect((await stat(path)).mtimeMs).toBeGreaterThanOrEqual(now));
  expect(await readFile(path, "utf8")).toBe(text);
  // What is in the way now may be gone at the next time.
  await rm(path);
  await mkdir(path);
  vi.advanceTimersByTime(10_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(vi.getTimerCount()).toBe(1);
  // A process that took this one for dead has removed it: it does not come back.
  await rm(path, { recursive: true });
  vi.advanceTimersByTime(20_000);
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0));
  expect(await readdir(join(folder, "claims", ID))).toEqual([]);
});

describe("a claim of another machine", () => {
  const elsewhere = { host: "elsewhere", pid: 7, space: "ffffffff" };
  const age = async (path: string, seconds: number) => {
    const time = (await stat(path)).mtimeMs / 1000 - seconds;
    await utimes(path, time, time);
  };

  it("that was refreshed last in 2020 holds nobody up, and nobody trains by it", async () => {
    const path = await foreignClaim(elsewhere);
    await utimes(path, 1_577_836_800, 1_577_836_800);
    expect(await claims().all()).toEqual([]);
    expect(await claims().holder(ID)).toBeUndefined();
    expect(isClaim(await claims().take(ID))).toBe(true);
  });

  it.each([
    [119, false],
    [121, true],
  ])("that was refreshed %i s ago may be taken: %s", async (seconds, isTaken) => {
    await age(await foreignClaim(elsewhere), seconds);
    expect(isClaim(await claims().take(ID))).toBe(isTaken);
  });

  it.each([3_600_000, -3_600_000])("lives, though this machine's clock is %i ms off", async (off) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + off });
    const path = await foreignClaim(elsewhere);
    expect(await claims().take(ID)).toEqual({ host: "elsewhere", pid: 7 });
    await claims().removeDead();
    expect((await stat(path)).isFile()).toBe(true);
    // A process that has read the claims before still asks for the file system's clock.
    const both = claims();
    await both.all();
    expect(await both.take(ID)).toEqual({ host: "elsewhere", pid: 7 });
    // A reader has only this clock, and judges rightly as soon as it sees the claim refreshed.
    const reader = claims();
    await reader.all();
    await age(path, 1);
    expect((await reader.all()).map(({ id }) => id)).toEqual([ID]);
  });
});

describe("a claim that says odd things", () => {
  const own = { host: HOST, space: PROCESS_SPACE };
  const living = { ...own, pid: process.pid };
  it.each([
    ...[-1, 0, 1.5, "x", "7", null, true, [7], {}, 1e300, 2 ** 31 - 1, 2 ** 53].map((pid) => ({
      what: `process ${JSON.stringify(pid)}`,
      claim: { ...own, pid },
    })),
    { what: "no machine", claim: { ...living, host: undefined } },
    { what: "no space of process ids", claim: { ...living, space: undefined } },
    { what: "a machine without a name", claim: { ...living, host: "" } },
    { what: "a machine with control characters", claim: { ...living, host: "a\u001b[31mb" } },
    { what: "a machine in two lines", claim: { ...living, host: "a\nb" } },
    { what: "a machine with too long a name", claim: { ...living, host: "h".repeat(300) } },
    { what: "null", claim: null },
    { what: "a number", claim: 7 },
    { what: "an array", claim: [] },
    { what: "text", claim: "text" },
  ])("is nobody's: $what", async ({ claim }) => {
    await foreignClaim(claim as object);
    expect(await claims().all()).toEqual([]);
    const taken = await claims().take(ID);
    expect(isClaim(taken)).toBe(true);
    if (isClaim(taken)) await taken.release();
  });

  it("of what it is of alone still holds its run", async () => {
    await foreignClaim({ ...own, pid: process.pid, architecture: "a\u0007", seed: "x", since: "yesterday\n" });
    const [training] = await claims().all();
    expect(training).toEqual({ id: ID, architecture: null, seed: null, host: HOST, pid: process.pid, since: "" });
  });

  it("is not read where it is larger than any claim, is a link, or no file", async () => {
    const text = JSON.stringify({ ...own, pid: process.pid });
    const path = await foreignClaim({});
    await writeFile(path, text.padEnd(4096));
    expect(await claims().holder(ID)).toEqual({ host: HOST, pid: process.pid });
    await writeFile(path, text.padEnd(4097));
    expect(await claims().holder(ID)).toBeUndefined();
    await writeFile(join(folder, "elsewhere.json"), text);
    await rm(path);
    await symlink(join(folder, "elsewhere.json"), path);
    expect(await claims().holder(ID)).toBeUndefined();
    await rm(path);
    expect(isClaim(await claims().take(ID))).toBe(true);
    await mkdir(join(folder, "claims", "f".repeat(16), "a.json"), { recursive: true });
    expect((await claims().all()).map(({ id }) => id)).toEqual([ID]);
  });
});

it("claims of many runs come and go beside each other", async () => {
  const worker = async (of: number) => {
    const own = claims();
    for (let i = 0; i < 100; i++) {
      const claim = await own.take(`${of}`.repeat(8) + `${i}`.padStart(8, "0"));
      expect(isClaim(claim)).toBe(true);
      await (claim as Claim).release();
    }
  };
  await Promise.all([1, 2, 3, 4].map(worker));
  expect(await readdir(join(folder, "claims"))).toEqual([]);
});

describe("what is in the way of claims", () => {
  it("is named: a folder where a claim's file would be", async () => {
    await mkdir(join(folder, "claims", ID, "x.json"), { recursive: true });
    await expect(claims().take(ID)).rejects.toThrow(/^cannot claim run \w+: remove what is in \S+$/);
    expect(await claims().holder(ID)).toBeUndefined();
  });

  it("is told from a claim that came first: a folder that is not there", async () => {
    await expect(claims().take(`gone/${ID}`)).rejects.toThrow(/^cannot claim run gone\/\w+ in \S+claims: /);
  });

  it("holds no other run up: a file of a run's name", async () => {
    await claims().take("f".repeat(16));
    await writeFile(join(folder, "claims", ID), "");
    expect(await claims().holder(ID)).toBeUndefined();
    expect((await claims().all()).map(({ id }) => id)).toEqual(["f".repeat(16)]);
  });

  it("is named: a file", async () => {
    await writeFile(join(folder, "claims"), "");
    await expect(claims().take(ID)).rejects.toThrow(
      /^cannot claim run \w+ in \S+claims: there is a file of that name; /,
    );
  });

  it("is named: somebody's own file", async () => {
    await mkdir(join(folder, "claims", ID), { recursive: true });
    await writeFile(join(folder, "claims", ID, "notes.txt"), "mine");
    await expect(claims().take(ID)).rejects.toThrow(/^cannot claim run \w+: remove what is in \S+$/);
    expect(await readdir(join(folder, "claims", ID))).toEqual(["notes.txt"]);
  });
});

it("a holder's name has its machine where that is another", () => {
  expect(nameOf({ host: HOST, pid: 12 })).toBe("process 12");
  expect(nameOf({ host: "elsewhere", pid: 12 })).toBe("process 12 on elsewhere");
});

describe("claims of many runs", () => {
  const ids = ["f", "3", "b", "0", "7"].map((digit) => digit.repeat(16));

  it("come by id, and holders are named, where the process lives", async () => {
    const reader = claims();
    expect(await reader.all()).toEqual([]);
    expect(await reader.holder(ID)).toBeUndefined();
    for (const id of ids) await claims().take(id);
    expect((await reader.all()).map(({ id }) => id)).toEqual(ids.toSorted());
    expect(await reader.holder(ids[2] as string)).toEqual({ host: HOST, pid: process.pid });
    expect(await reader.holder(ID)).toBeUndefined();
  });

  it("are not looked for under names that no run has, or in folders among the claims", async () => {
    const text = JSON.stringify({ host: HOST, pid: process.pid, space: PROCESS_SPACE });
    for (const name of ["notes", ID.toUpperCase(), `${ID}0`]) {
      await mkdir(join(folder, "claims", name), { recursive: true });
      await writeFile(join(folder, "claims", name, "other.json"), text);
    }
    await mkdir(join(folder, "claims", ID, "folder.json"), { recursive: true });
    expect(await claims().all()).toEqual([]);
    expect(await claims().holder(ID)).toBeUndefined();
  });

  it("are removed where their process has ended, with their folders, and stay where it lives", async () => {
    await claims().take(ids[0] as string);
    const dead = { host: HOST, pid: await endedProcess(), space: PROCESS_SPACE };
    await foreignClaim(dead);
    await claims().removeDead();
    expect(await readdir(join(folder, "claims"))).toEqual([ids[0]]);
    expect(await claims().holder(ids[0] as string)).toEqual({ host: HOST, pid: process.pid });
  });

  it("cannot be made where a file is in the way, and one line says so", async () => {
    await mkdir(join(folder, "claims"));
    await writeFile(join(folder, "claims", ID), "");
    await expect(claims().take(ID)).rejects.toThrow(
      new RegExp(`^cannot claim run ${ID} in .*claims: .*; name another run store, or remove what is in the way$`),
    );
    expect(await readdir(join(folder, "claims"))).toEqual([ID]);
  });
});
