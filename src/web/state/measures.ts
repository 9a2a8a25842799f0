import type { PairMeasures } from "../../core/index.js";
import { buffersOf } from "../images/posted-pairs.js";
import type { MeasuresMethods } from "../measures/worker.js";
import type { TrainedRun } from "../training/run.js";
import { WorkerClient } from "../workers/client.js";
import { pairsToMeasureOf, site } from "./site.js";

let client: WorkerClient<MeasuresMethods> | undefined;

/** The worker that measures. It is started when it is first needed. */
function worker(): WorkerClient<MeasuresMethods> {
  if (!client || client.ended) client = new WorkerClient("measures");
  return client;
}

/** The measures of the last runs, by id. */
const known = new Map<string, Promise<PairMeasures>>();
const MOST_KNOWN = 20;

/** What a network's answers are worth, as `pairlab evaluate` measures it. */
export function measuresOf(run: TrainedRun): Promise<PairMeasures> {
  const { id } = run.record;
  const measures = known.get(id) ?? measure(run);
  known.delete(id);
  known.set(id, measures);
  for (const oldest of known.keys()) if (known.size > MOST_KNOWN) known.delete(oldest);
  measures.catch(() => known.delete(id));
  return measures;
}

async function measure({ record, weights }: TrainedRun): Promise<PairMeasures> {
  const now = site.peek();
  if (now.state !== "ready") throw new Error("the kernels are not there yet");
  const { kernels } = now.laboratory;
  const [pairs, bytes] = await Promise.all([pairsToMeasureOf(record), weights.arrayBuffer()]);
  const buffers = buffersOf([pairs.test, ...(pairs.validation ? [pairs.validation] : [])]);
  const run = { record, weights: new Uint8Array(bytes) };
  return worker().call("measure", { run, pairs, kernels }, undefined, [...buffers, bytes]);
}
