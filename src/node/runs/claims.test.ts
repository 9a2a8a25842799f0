import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
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
  it("is one process's: who asks next is told whose, until it is released", async () => {
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

  it("says what it is of to whoever asks what is being trained", async () => {
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

  it("of a process that has ended is not of what is being trained", async () => {
    const path = await foreignClaim({ host: HOST, pid: await endedProcess(), space: PROCESS_SPACE, since: "" });
    expect(await claims().all()).toEqual([]);
    await expect(stat(path)).rejects.toThrow("ENOENT");
  });

  it("leaves nothing behind", async () => {
    const claim = (await claims().take(ID)) as Claim;
    await claim.release();
    expect(await readdir(join(folder, "claims"))).toEqual([]);
  });

  it("goes to one of many who ask at the same time", async () => {
    for (let repeat = 0; repeat < 20; repeat++) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => claims().take(ID)));
      expect(answers.filter(isClaim)).toHaveLength(1);
      await Promise.all(answers.filter(isClaim).map((claim) => claim.release()));
    }
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

  it("that a power failure emptied is nobody's", async () => {
    await writeFile(await foreignClaim({}), "");
    expect(isClaim(await claims().take(ID))).toBe(true);
  });

  it("of another machine is one that was not refreshed for a minute while it was watched", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const path = await foreignClaim({ host: "elsewhere", pid: 7, space: "ffffffff" });
    const watcher = claims();
    const holder = { host: "elsewhere", pid: 7 };
    expect(await watcher.take(ID)).toEqual(holder);
    vi.advanceTimersByTime(59_000);
    expect(await watcher.take(ID)).toEqual(holder);
    // Refreshed: its minute starts again.
    await writeFile(path, JSON.stringify({ ...holder, space: "ffffffff" }));
    expect(await watcher.take(ID)).toEqual(holder);
    vi.advanceTimersByTime(59_000);
    expect(await watcher.take(ID)).toEqual(holder);
    vi.advanceTimersByTime(2_000);
    expect(isClaim(await watcher.take(ID))).toBe(true);
  });
});

it("a claim is refreshed every ten seconds", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"], now: 1_000_000_000_000 });
  await claims().take(ID);
  const [name = ""] = await readdir(join(folder, "claims", ID));
  vi.advanceTimersByTime(10_000);
  await vi.waitFor(async () => expect((await stat(join(folder, "claims", ID, name))).mtimeMs).toBe(1_000_000_010_000));
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
