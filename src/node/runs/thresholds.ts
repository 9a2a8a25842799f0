import { join } from "node:path";
import * as z from "zod/mini";
import type { RunRecord } from "../../core/training/run.js";
import { readTextWithin } from "../read.js";
import { sealed } from "./encode.js";
import { MOST_BYTES, THRESHOLDS } from "./layout.js";

const fraction = z.number().check(z.gte(0), z.lte(1));
const rate = z.nullable(fraction);
const schema = z.object({
  validationPairs: z.int().check(z.gte(1)),
  falseAcceptRate: fraction,
  chosen: z.array(
    z.object({
      aim: z.enum(["error", "eer", "far"]),
      threshold: z.nullable(z.number().check(z.gte(0))),
      falseAcceptRate: rate,
      falseRejectRate: rate,
      error: rate,
    }),
  ),
});

/** Thresholds that validation pairs chose for a run, with what they come to on its test pairs: a rate that is not known is null. */
export type KeptThresholds = z.infer<typeof schema>;

/** The text of a run's `thresholds.json`: what was chosen, and for which run. */
export const encodeThresholds = ({ id, weightsSha256, config }: RunRecord, thresholds: KeptThresholds): string =>
  sealed({ id, weightsSha256, dataset: config.dataset.sha256, ...thresholds });

/** The thresholds in a run's folder; undefined if they cannot be read, are damaged, or are of another run. */
export async function readThresholds(folder: string, record: RunRecord): Promise<KeptThresholds | undefined> {
  try {
    const text = await readTextWithin(join(folder, THRESHOLDS), MOST_BYTES[THRESHOLDS]);
    const thresholds = schema.parse(JSON.parse(text));
    return text === encodeThresholds(record, thresholds) ? thresholds : undefined;
  } catch {
    return undefined;
  }
}
