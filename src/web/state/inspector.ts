import type { Decision, Inspection, Job, LayerWeights, PixelScale } from "../../core/index.js";
import type { ImagePair, InspectionMethods, Survey } from "../inspection/worker.js";
import type { TrainedRun } from "../training/run.js";
import { WorkerClient } from "../workers/client.js";
import { pairsOf, site } from "./site.js";
import { trained } from "./trained.js";

let client: WorkerClient<InspectionMethods> | undefined;
/** The runs that the worker has. */
let put = new Map<string, Promise<void>>();

/** The worker that asks networks. It is started when it is first needed. */
function worker(): WorkerClient<InspectionMethods> {
  if (client && !client.ended) return client;
  put = new Map();
  client = new WorkerClient("inspection");
  return client;
}

/** Gives the worker a run, and takes from it the runs that the page no longer holds. */
function hold({ record, weights }: TrainedRun): Promise<void> {
  const asked = worker();
  const { id } = record;
  const there = put.get(id);
  if (there) return there;
  const gone = [...put.keys()].filter((each) => !trained.peek().has(each));
  for (const each of gone) put.delete(each);
  if (gone.length > 0) void asked.call("drop", gone).catch(() => {});
  const now = site.peek();
  if (now.state !== "ready") return Promise.reject(new Error("the kernels are not there yet"));
  const { kernels } = now.laboratory;
  const putting = weights
    .arrayBuffer()
    .then((bytes) => asked.call("put", { run: { record, weights: new Uint8Array(bytes) }, kernels }));
  put.set(id, putting);
  putting.catch(() => put.delete(id));
  return putting;
}

/** The decision of each of these runs' networks on a pair, in their order. */
export async function decide(runs: readonly TrainedRun[], pair: ImagePair): Promise<Decision[]> {
  await Promise.all(runs.map(hold));
  return worker().call("decide", { ids: runs.map(({ record }) => record.id), ...pair });
}

/** A network's decision on a pair, and the activations of its layers. */
export async function inspect(run: TrainedRun, pair: ImagePair): Promise<Inspection> {
  await hold(run);
  return worker().call("inspect", { id: run.record.id, ...pair });
}

export async function weightsOf(run: TrainedRun): Promise<LayerWeights> {
  await hold(run);
  return worker().call("weights", run.record.id);
}

/** By what a network's pixels are scaled. */
export async function scaleOf(run: TrainedRun): Promise<PixelScale> {
  await hold(run);
  return worker().call("scale", run.record.id);
}

/** Test pairs of a run's round that it decides wrong and another run right, or of which it is least sure. */
export async function hardPairsOf(run: TrainedRun, other: TrainedRun | undefined, most: number) {
  const [pairs] = await Promise.all([pairsOf(run.record), hold(run), other && hold(other)]);
  const { test } = pairs;
  const { id } = run.record;
  const hard = await worker().call("hard", { id, pairs, most, ...(other && { other: other.record.id }) });
  return { ...hard, test };
}

/** How a network does on the test pairs of its round. */
export async function survey(run: TrainedRun): Promise<Survey> {
  const [pairs] = await Promise.all([pairsOf(run.record satisfies Pick<Job, "seed" | "config">), hold(run)]);
  return worker().call("survey", { id: run.record.id, pairs });
}
