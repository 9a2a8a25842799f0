import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { InvalidRequest } from "../../core/errors.js";
import type { FinishedRun, RunRecord } from "../../core/training/run.js";
import { codeOf } from "../errors.js";
import { checkWritable, writeWhole } from "../files.js";

const RECORD = "run.json";
const WEIGHTS = "weights.safetensors";

/** What stands where a run should be, and is not whole. */
export interface DamagedRun {
  readonly damage: string;
}

/** A folder of runs: `ID/run.json` and `ID/weights.safetensors` each. */
export class RunStore {
  constructor(readonly folder: string) {}

  /** @throws InvalidRequest where runs cannot be kept here. */
  checkWritable(): Promise<void> {
    return checkWritable(this.folder);
  }

  /** The run of that id; undefined if there is none, and what is wrong with it if it is damaged. */
  async find(id: string): Promise<FinishedRun | DamagedRun | undefined> {
    const folder = join(this.folder, id);
    let text: string;
    let weights: Uint8Array<ArrayBuffer>;
    try {
      text = await readFile(join(folder, RECORD), "utf8");
      weights = new Uint8Array(await readFile(join(folder, WEIGHTS)));
    } catch (error) {
      const there = await stat(folder).catch(() => undefined);
      return there ? { damage: `${folder} is incomplete (${codeOf(error)})` } : undefined;
    }
    const record = await parseRecord(text);
    if (record?.id !== id) return { damage: `${join(folder, RECORD)} is not the record of run ${id}` };
    if (createHash("sha256").update(weights).digest("hex") !== record.weightsSha256)
      return { damage: `${join(folder, WEIGHTS)} does not have the SHA-256 that ${RECORD} names` };
    return { record, weights };
  }

  /**
   * Keeps a run: its folder appears whole or not at all, after whatever was there is gone.
   *
   * @throws Error when it cannot be kept, though the folder could be written before
   */
  async save({ record, weights }: FinishedRun): Promise<void> {
    const folder = join(this.folder, record.id);
    const temporary = join(this.folder, `.${record.id}-${randomUUID()}`);
    try {
      await mkdir(temporary, { recursive: true });
      await writeWhole(join(temporary, RECORD), `${JSON.stringify(record, null, 2)}\n`);
      await writeWhole(join(temporary, WEIGHTS), weights);
      await rm(folder, { recursive: true, force: true });
      await rename(temporary, folder);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true }).catch(() => {});
      throw new Error(`cannot keep run ${record.id}: ${(error as Error).message}`);
    }
  }

  /** Makes a run the latest. */
  async touch(id: string): Promise<void> {
    const now = new Date();
    await utimes(join(this.folder, id, RECORD), now, now);
  }

  /**
   * The run that a reference means: an id, its unambiguous beginning, or `latest`.
   *
   * @throws InvalidRequest when it means none or several, or the run is damaged.
   */
  async resolve(reference: string): Promise<FinishedRun> {
    const id = reference === "latest" ? await this.#latest() : await this.#byBeginning(reference);
    const run = await this.find(id);
    if (!run || "damage" in run) throw new InvalidRequest(`${run?.damage ?? `run ${id} is gone`}: train it again`);
    return run;
  }

  async #byBeginning(beginning: string): Promise<string> {
    const ids = (await this.#ids()).filter((id) => id.startsWith(beginning));
    if (ids.length === 1) return ids[0] as string;
    if (ids.length === 0)
      throw new InvalidRequest(`no run "${beginning}" in ${this.folder}: give an id, its beginning, or latest`);
    throw new InvalidRequest(
      `"${beginning}" is the beginning of ${ids.length} runs (${ids.slice(0, 3).join(", ")}${ids.length > 3 ? " …" : ""}): give more of it`,
    );
  }

  async #latest(): Promise<string> {
    const ids = await this.#ids();
    const times = await Promise.all(
      ids.map(async (id) => (await stat(join(this.folder, id, RECORD)).catch(() => undefined))?.mtimeMs ?? 0),
    );
    const newest = ids[times.indexOf(Math.max(...times))];
    if (!newest) throw new InvalidRequest(`no runs in ${this.folder}: train one first`);
    return newest;
  }

  async #ids(): Promise<string[]> {
    try {
      const entries = await readdir(this.folder, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory() && /^[0-9a-f]{16}$/.test(entry.name))
        .map(({ name }) => name);
    } catch (error) {
      if (codeOf(error) === "ENOENT") return [];
      throw new InvalidRequest(`cannot read the run store ${this.folder} (${codeOf(error)})`);
    }
  }
}

/** Loads the schema when the first record is read: most commands start without it, 0.2 s sooner. */
async function parseRecord(text: string): Promise<RunRecord | undefined> {
  const { runRecordSchema } = await import("./schema.js");
  try {
    return runRecordSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
