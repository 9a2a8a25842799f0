import { randomUUID } from "node:crypto";
import { rmdirSync, rmSync } from "node:fs";
import { lstat, mkdir, readdir, rename, rm, rmdir, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import type { RunInTraining } from "../../core/runs/store-document.js";
import type { Job } from "../../core/training/job.js";
import { atExit } from "../at-exit.js";
import { codeOf } from "../errors.js";
import { cannot, makeFolder } from "../files.js";
import { HOST, hasEnded, PROCESS_SPACE } from "../processes.js";
import { readTextWithin } from "../read.js";
import { removeAbandoned, temporaryName, timeIn } from "../temporary.js";
import { type ClaimFile, parseClaim } from "./claim-file.js";
import { isRunId } from "./layout.js";
import { Silence } from "./silence.js";

/** A living process that trains a run. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
}

/** What a claim is for, for people to read. */
export type ClaimedRun = Pick<Job, "architecture" | "seed">;

/** "process 1234", with its machine if that is another one. */
export const nameOf = ({ host, pid }: Holder): string => `process ${pid}${host === HOST ? "" : ` on ${host}`}`;

/** The right to train a run. It is refreshed until it is released, or the process ends. */
export interface Claim {
  release(): Promise<void>;
}

/** How often a claim is refreshed. */
const REFRESH_MS = 10_000;
/**
 * A claim that is not refreshed for this long is dead. Another machine gets twice as long: what it writes may be seen late, and
 * whether its process lives cannot be asked.
 */
const DEAD_MS = { here: 60_000, elsewhere: 120_000 };

/** How often two processes may overtake each other before something else must be wrong. */
const ATTEMPTS = 20;

/** Claims of one run: that of its holder, and what earlier holders left. */
interface Claimants {
  readonly living: ClaimFile | undefined;
  /** Paths of files. */
  readonly dead: readonly string[];
}

/**
 * Which process trains which run. A claim is a folder `ID/` that appears with one file in it, `UUID.json`: renaming a folder
 * onto one that is not empty fails, so one process wins. A dead claim is removed by its own file's name, which never
 * removes another's. The folder of all claims stays: removing it when it is empty would pull it from under a process that claims
 * another run just then. Results do not depend on claims: two processes that train one run write the same bits.
 */
export class Claims {
  /** Claims' times are those of the file system's clock: those of the machines that share it may differ. */
  readonly #byItsClock = new Silence(() => timeIn(this.folder));
  /**
   * A process that only reads the store cannot ask for its clock. If its machine's clock is wrong,
   * it judges a claim rightly as soon as it sees it refreshed, or not refreshed for as long as makes it dead.
   */
  readonly #byOurClock = new Silence(async () => Date.now());

  constructor(readonly folder: string) {}

  /**
   * The right to train a run, or its holder. Claims of processes that have ended are removed.
   *
   * @param run  the run, as the claim describes it
   * @throws InvalidRequest if something is in the way
   */
  async take(id: string, run?: ClaimedRun): Promise<Claim | Holder> {
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        await makeFolder(this.folder);
        const { living, dead } = await this.#claimants(id, this.#byItsClock);
        if (living) return { host: living.host, pid: living.pid };
        await this.#remove(id, dead);
        const claim = await this.#place(id, run);
        if (claim) return claim;
      }
    } catch (error) {
      throw cannot(`claim run ${id} in ${this.folder}`, error, "name another run store, or remove what is in the way");
    }
    throw new InvalidRequest(`cannot claim run ${id}: remove what is in ${join(this.folder, id)}`);
  }

  /** The process that trains a run, if any, for a reader of the store: nothing is changed in it. */
  async holder(id: string): Promise<Holder | undefined> {
    const claim = await this.#read(id);
    return claim && { host: claim.host, pid: claim.pid };
  }

  /** The runs that living processes train, by id, for a reader of the store. */
  async all(): Promise<RunInTraining[]> {
    const training: RunInTraining[] = [];
    for (const id of (await this.ids()).sort()) {
      const claim = await this.#read(id);
      if (!claim) continue;
      const { architecture, seed, host, pid, since } = claim;
      training.push({ id, architecture, seed, host, pid, since });
    }
    return training;
  }

  /** Removes the claims of processes that have ended, also half-made ones. */
  async removeDead(): Promise<void> {
    await removeAbandoned(this.folder);
    for (const id of await this.ids()) {
      const { dead } = await this.#claimants(id, this.#byItsClock);
      await this.#remove(id, dead);
    }
  }

  /** The runs that have a claim, living or dead. */
  async ids(): Promise<string[]> {
    return (await readdir(this.folder).catch(() => [])).filter(isRunId);
  }

  async #read(id: string): Promise<ClaimFile | undefined> {
    return (await this.#claimants(id, this.#byOurClock).catch(() => undefined))?.living;
  }

  async #claimants(id: string, silence: Silence): Promise<Claimants> {
    const folder = join(this.folder, id);
    const dead: string[] = [];
    for (const name of await readdir(folder).catch(nothingIfMissing)) {
      if (!name.endsWith(".json")) continue;
      const path = join(folder, name);
      const claim = await readClaim(path);
      if (!claim) continue;
      const longest = claim.host === HOST ? DEAD_MS.here : DEAD_MS.elsewhere;
      if (!hasEnded(claim.pid, claim.space, claim.since) && (await silence.of(path, claim.refreshed)) < longest)
        return { living: claim, dead };
      dead.push(path);
    }
    return { living: undefined, dead };
  }

  async #remove(id: string, dead: readonly string[]): Promise<void> {
    for (const path of dead) {
      await unlink(path).catch(() => {});
      this.#byItsClock.forget(path);
    }
    // This fails if another claim has appeared meanwhile.
    await rmdir(join(this.folder, id)).catch(() => {});
  }

  async #place(id: string, run?: ClaimedRun): Promise<Claim | undefined> {
    const folder = join(this.folder, id);
    const temporary = temporaryName(folder);
    const name = `${randomUUID()}.json`;
    const since = new Date().toISOString();
    const { architecture = null, seed = null } = run ?? {};
    const claim: ClaimFile = { architecture, seed, host: HOST, pid: process.pid, space: PROCESS_SPACE, since };
    const text = `${JSON.stringify(claim)}\n`;
    const path = join(folder, name);
    const isReleased = atExit(() => {
      rmSync(temporary, { recursive: true, force: true });
      rmSync(path, { force: true });
      rmdirSync(folder);
    });
    try {
      await mkdir(temporary);
      await writeFile(join(temporary, name), text);
      await rename(temporary, folder);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true }).catch(() => {});
      isReleased();
      if (TAKEN.has(codeOf(error))) return undefined;
      throw error;
    }
    const timer = setInterval(() => {
      // The same bytes again give it the file system's time; setting one would give it this machine's.
      writeFile(path, text, { flag: "r+" }).catch((error) => {
        // Gone when somebody took this process for dead, as after a machine's sleep.
        if (codeOf(error) === "ENOENT") clearInterval(timer);
      });
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

/** Error codes of renaming onto a folder that is not empty, on Linux, macOS and Windows. */
const TAKEN = new Set(["ENOTEMPTY", "EEXIST", "EPERM"]);

function nothingIfMissing(error: unknown): string[] {
  if (codeOf(error) === "ENOENT") return [];
  throw error;
}

/** No claim is larger. */
const MOST_BYTES = 4096;

/** A claim, and its file's time in milliseconds since 1970; undefined if it was released meanwhile, or is not a file. */
async function readClaim(path: string): Promise<(ClaimFile & { readonly refreshed: number }) | undefined> {
  try {
    const file = await lstat(path);
    if (!file.isFile()) return undefined;
    const text = file.size > MOST_BYTES ? "" : await readTextWithin(path, MOST_BYTES);
    return { ...parseClaim(text), refreshed: file.mtimeMs };
  } catch {
    return undefined;
  }
}
