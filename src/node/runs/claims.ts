import { randomUUID } from "node:crypto";
import { rmdirSync, rmSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import type { RunInTraining } from "../../core/experiments/store-document.js";
import type { Job } from "../../core/training/config.js";
import { atExit } from "../at-exit.js";
import { codeOf } from "../errors.js";
import { cannot, makeFolder } from "../files.js";
import { HOST, hasEnded, PROCESS_SPACE } from "../processes.js";
import { removeAbandoned, temporaryName } from "../temporary.js";
import { isRunId } from "./layout.js";

/** A living process that trains a run. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
}

/** What a claim is of, for people. */
export type ClaimedRun = Pick<Job, "architecture" | "seed">;

/** "process 1234", with its machine where that is another. */
export const nameOf = ({ host, pid }: Holder): string => `process ${pid}${host === HOST ? "" : ` on ${host}`}`;

/** The right to train a run. It is refreshed until it is released, or the process ends. */
export interface Claim {
  release(): Promise<void>;
}

/** How often a claim is refreshed. */
const REFRESH_MS = 10_000;
/** A claim that is not refreshed for so long is dead: six refreshes missed. */
const DEAD_MS = 60_000;

/** How often two processes may overtake each other before something else must be wrong. */
const ATTEMPTS = 20;

/**
 * Who trains what. A claim is a folder `ID/` that comes into being with one file in it, `UUID.json`: renaming a folder
 * onto one that is not empty fails, so one process wins. A dead claim is removed by its own file's name, which never
 * removes another's. The folder of all claims stays: removing it when it is empty would pull it from under whoever claims
 * another run just then. Results rest on none of this: two processes that train one run write the same bits.
 */
export class Claims {
  /** When each claim was seen with the time of its last refresh: other machines' clocks may differ from ours. */
  readonly #seen = new Map<string, { readonly refreshed: number; readonly since: number }>();

  constructor(readonly folder: string) {}

  /**
   * The right to train a run, or who has it.
   *
   * @param run  what the claim says that it is of
   * @throws InvalidRequest where something is in the way
   */
  async take(id: string, run?: ClaimedRun): Promise<Claim | Holder> {
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        await makeFolder(this.folder);
        const answer = (await this.holder(id)) ?? (await this.#place(id, run));
        if (answer) return answer;
      }
    } catch (error) {
      throw cannot(`claim run ${id} in ${this.folder}`, error, "name another run store, or remove what is in the way");
    }
    throw new InvalidRequest(`cannot claim run ${id}: remove what is in ${join(this.folder, id)}`);
  }

  /** Who trains a run, if anybody does. Claims of the dead are removed. */
  async holder(id: string): Promise<Holder | undefined> {
    const claim = await this.#held(id);
    return claim && { host: claim.host, pid: claim.pid };
  }

  /** What living processes train, by id. Claims of the dead are removed. */
  async all(): Promise<RunInTraining[]> {
    const names = await readdir(this.folder).catch(() => []);
    const held = await Promise.all(
      names
        .filter(isRunId)
        .sort()
        .map(async (id) => ({ id, claim: await this.#held(id) })),
    );
    return held.flatMap(({ id, claim }) => {
      if (!claim) return [];
      const { architecture, seed, host, pid, since } = claim;
      return [{ id, architecture, seed, host, pid, since }];
    });
  }

  async #held(id: string): Promise<ClaimFile | undefined> {
    const folder = join(this.folder, id);
    for (const name of await readdir(folder).catch(nothingIfMissing)) {
      if (!name.endsWith(".json")) continue;
      const claim = await this.#living(join(folder, name));
      if (claim) return claim;
    }
    // Fails where another claim has come meanwhile.
    await rmdir(folder).catch(() => {});
    return undefined;
  }

  /** Removes the claims of processes that have ended, also half-made ones. */
  async removeDead(): Promise<void> {
    await removeAbandoned(this.folder);
    for (const name of await readdir(this.folder).catch(() => [])) if (isRunId(name)) await this.holder(name);
  }

  async #living(path: string): Promise<ClaimFile | undefined> {
    let refreshed: number;
    let text: string;
    try {
      refreshed = (await stat(path)).mtimeMs;
      text = await readFile(path, "utf8");
    } catch {
      // Released meanwhile.
      return undefined;
    }
    const claim = parseClaim(text);
    const before = this.#seen.get(path);
    const now = performance.now();
    if (before?.refreshed !== refreshed) this.#seen.set(path, { refreshed, since: now });
    const silent = before?.refreshed === refreshed ? now - before.since : 0;
    if (!hasEnded(claim.pid, claim.space) && silent < DEAD_MS) return claim;
    await unlink(path).catch(() => {});
    this.#seen.delete(path);
    return undefined;
  }

  async #place(id: string, run?: ClaimedRun): Promise<Claim | undefined> {
    const folder = join(this.folder, id);
    const temporary = temporaryName(folder);
    const name = `${randomUUID()}.json`;
    const since = new Date().toISOString();
    const { architecture = null, seed = null } = run ?? {};
    const claim: ClaimFile = { architecture, seed, host: HOST, pid: process.pid, space: PROCESS_SPACE, since };
    const path = join(folder, name);
    const isReleased = atExit(() => {
      rmSync(temporary, { recursive: true, force: true });
      rmSync(path, { force: true });
      rmdirSync(folder);
    });
    try {
      await mkdir(temporary);
      await writeFile(join(temporary, name), `${JSON.stringify(claim)}\n`);
      await rename(temporary, folder);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true }).catch(() => {});
      isReleased();
      if (TAKEN.has(codeOf(error))) return undefined;
      throw error;
    }
    const timer = setInterval(() => {
      const now = new Date();
      // Gone when somebody took this process for dead, as after a machine's sleep.
      utimes(path, now, now).catch(() => clearInterval(timer));
    }, REFRESH_MS);
    timer.unref();
    return {
      async release() {
        clearInterval(timer);
        await unlink(path).catch(() => {});
        await rmdir(folder).catch(() => {});
        isReleased();
      },
    };
  }
}

/** What renaming onto a folder that is not empty fails with, on Linux, macOS and Windows. */
const TAKEN = new Set(["ENOTEMPTY", "EEXIST", "EPERM"]);

function nothingIfMissing(error: unknown): string[] {
  if (codeOf(error) === "ENOENT") return [];
  throw error;
}

/** What a claim's file says. */
interface ClaimFile extends Omit<RunInTraining, "id"> {
  /** Of the process's id. */
  readonly space: string;
}

/** A claim that a power failure emptied is nobody's. */
function parseClaim(text: string): ClaimFile {
  try {
    const { architecture, seed, host, pid, space, since } = JSON.parse(text);
    return {
      architecture: typeof architecture === "string" ? architecture : null,
      seed: Number.isSafeInteger(seed) ? seed : null,
      host: String(host),
      pid: Number(pid),
      space: String(space),
      since: String(since),
    };
  } catch {
    return { architecture: null, seed: null, host: "", pid: ENDED, space: PROCESS_SPACE, since: "" };
  }
}
/** No process has it: Linux, macOS and Windows number lower. */
const ENDED = 2 ** 31 - 1;
