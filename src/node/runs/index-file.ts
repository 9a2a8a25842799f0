import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { numberFromJson } from "../../core/formats/json.js";
import type { RunConfig } from "../../core/training/job.js";
import { writeWhole } from "../files.js";
import { packageVersion } from "../version.js";
import { type Entry, isFinished } from "./catalogue.js";
import { type RunDocument, sha256 } from "./encode.js";
import { INDEX } from "./layout.js";

/** A store with fewer runs is read about as fast without an index. */
const FEWEST_RUNS = 1000;
/** An index that lacks no more than this share of the store's runs is not written again. */
const STALE_SHARE = 0.05;

/** A run's line: where its configuration stands, its stamp, when it was used, and the rest of its record. */
type Line = readonly [config: number, stamp: string, used: number, rest: Omit<RunDocument, "config">];

interface Contents {
  readonly configs: readonly RunConfig[];
  readonly runs: readonly Line[];
}

/** Says what wrote an index, and its digest: a reader that finds another head, or another digest, ignores it. */
const headOf = (body: string): string => `pairlab ${packageVersion()} index ${sha256(body)}\n`;

/** What a store's index knows of finished runs; nothing if it is missing, damaged, or another version's. */
export async function readIndex(store: string): Promise<Map<string, Entry>> {
  try {
    const text = await readFile(join(store, INDEX), "utf8");
    const end = text.indexOf("\n") + 1;
    const body = text.slice(end);
    if (text.slice(0, end) !== headOf(body)) return new Map();
    const { configs, runs }: Contents = JSON.parse(body);
    return new Map(runs.map((line) => [line[3].id, entryOf(line, configs)]));
  } catch {
    return new Map();
  }
}

function entryOf([config, stamp, used, rest]: Line, configs: readonly RunConfig[]): Entry {
  const { id, architecture, seed, ...others } = rest;
  // JSON has null for NaN.
  const [trainError, testError] = [numberFromJson(rest.trainError), numberFromJson(rest.testError)];
  const settings = configs[config] as RunConfig;
  return { found: { id, architecture, seed, config: settings, ...others, trainError, testError }, stamp, used };
}

/**
 * Writes a store's index if the last one lacks many of its runs. A store that cannot be written gets no
 * index.
 *
 * @param known  what the last one knew
 * @param fewest  runs that are worth an index
 */
export async function writeIndex(
  store: string,
  entries: ReadonlyMap<string, Entry>,
  known: ReadonlyMap<string, Entry>,
  fewest = FEWEST_RUNS,
): Promise<void> {
  const lines: Line[] = [];
  const places = new Map<RunConfig, number>();
  let fresh = 0;
  for (const [id, { found, stamp, used }] of entries) {
    if (!isFinished(found) || stamp === undefined) continue;
    const { config, ...rest } = found;
    const place = places.get(config) ?? places.size;
    places.set(config, place);
    lines.push([place, stamp, used, rest]);
    if (known.get(id)?.stamp !== stamp) fresh++;
  }
  if (lines.length < fewest || fresh < STALE_SHARE * lines.length) return;
  const contents: Contents = { configs: [...places.keys()], runs: lines };
  const body = `${JSON.stringify(contents)}\n`;
  try {
    await writeWhole(join(store, INDEX), headOf(body) + body);
  } catch {}
}
