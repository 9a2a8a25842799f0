import { parseJson } from "../../core/formats/parse-json.js";
import type { RunConfig } from "../../core/training/job.js";
import type { EpochResult } from "../../core/training/train.js";
import { closing, type RunDocument, sha256 } from "./encode.js";
import { WEIGHTS } from "./layout.js";
import { configSchema, epochSchema, summarySchema } from "./schema.js";

/** Why a file is not what it should be: "was edited". */
export class Invalid extends Error {}

/** Configurations that were read, by their text: runs that differ only in the seed share one. */
export type KnownConfigs = Map<string, RunConfig>;

const CLOSING_BYTES = closing(sha256("")).length;

/** What `run.json` says. */
export interface DecodedDocument {
  readonly document: RunDocument;
  /** Whether it says if the run diverged: earlier versions did not, and continued training. */
  readonly isMarked: boolean;
}

/**
 * What `run.json` says.
 *
 * @throws Invalid when it is not run `id`'s, or was edited or cut short
 */
export function decodeDocument(bytes: Buffer, id: string, known: KnownConfigs): DecodedDocument {
  const body = bytes.subarray(0, Math.max(0, bytes.length - CLOSING_BYTES));
  if (bytes.toString("latin1", body.length) !== closing(sha256(body)))
    throw new Invalid("was edited or cut short: its digest differs");
  const [config, rest] = splitConfig(bytes.toString());
  const summary = summarySchema.safeParse(parse(() => JSON.parse(rest))).data;
  if (summary?.id !== id || summary.files[WEIGHTS].sha256 !== summary.weightsSha256) throw foreign(id);
  const settings = known.get(config) ?? configSchema.safeParse(parse(() => parseJson(config, CONFIG_LEVELS))).data;
  if (!settings) throw foreign(id);
  known.set(config, settings);
  const { architecture, seed, parameters, trainError, testError, testYes, diverged, finite, ...kept } = summary;
  const results = {
    ...{ parameters, trainError, testError, ...(testYes !== undefined && { testYes }) },
    ...{ ...(diverged && { diverged }), seconds: kept.seconds },
    ...(kept.processorSeconds !== undefined && { processorSeconds: kept.processorSeconds }),
    ...(kept.yardstickSeconds !== undefined && { yardstickSeconds: kept.yardstickSeconds }),
    ...{ weightsSha256: kept.weightsSha256, files: kept.files },
  };
  const isMarked = finite === true || diverged !== undefined;
  return { document: { id, architecture, seed, config: settings, ...results }, isMarked };
}

const foreign = (id: string): Invalid => new Invalid(`is not the record of run ${id}`);

const CONFIG = '\n  "config": ';
const CONFIG_END = "\n  }";

/** The text of the configuration, and the rest without it: most of a record need not be parsed for each run. */
function splitConfig(text: string): readonly [config: string, rest: string] {
  const start = text.indexOf(CONFIG);
  const end = text.indexOf(CONFIG_END, start) + CONFIG_END.length;
  // A file that is not our record is not JSON in two parts either.
  return [text.slice(start + CONFIG.length, end), text.slice(0, start) + text.slice(end + ",".length)];
}

/** A residual layer within another takes two. */
const CONFIG_LEVELS = 64;
/** An object of numbers. */
const EPOCH_LEVELS = 1;

/** What a text says; undefined if it must not be read. Levels count only in a configuration: others go down into it. */
function parse(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * The epochs that `epochs.jsonl` holds.
 *
 * @param fewest  a run that diverged may have none
 * @throws Invalid when a line is not an epoch, or there are fewer
 */
export function decodeEpochs(text: string, fewest: 0 | 1): EpochResult[] {
  try {
    const lines = text.split("\n").slice(0, -1);
    if (lines.length >= fewest) return lines.map((line) => epochSchema.parse(parseJson(line, EPOCH_LEVELS)));
  } catch {}
  throw new Invalid("does not hold an epoch on each line");
}
