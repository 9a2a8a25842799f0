import { partly, text } from "../checks.js";
import type { Kernels, ModelOptions } from "../engine/index.js";
import { InvalidRequest } from "../errors.js";
import type { InputSpec } from "../network/index.js";
import { divergedInWords } from "./divergence.js";
import { relationOf, shapeOf } from "./job.js";
import { modelOptions } from "./room.js";
import type { RunRecord } from "./run.js";
import { readWeights, type TrainedNetwork } from "./weights.js";

/** What a finished run's network is made again from; a `FinishedRun` is one. */
export interface RunWeights {
  readonly record: Pick<RunRecord, "id" | "config" | "diverged">;
  /** A safetensors file. */
  readonly weights: Uint8Array;
}

/** Where a network that is made again may differ from the one that was trained. */
export interface TrainedNetworkOptions extends Partial<Pick<ModelOptions, "batchSize" | "fuse" | "shortcuts">> {
  /** What the run's pairs looked like; default as its configuration says. */
  readonly input?: InputSpec;
}

/** @throws InvalidRequest where it is not a run with its weights */
export const checkRun = partly({
  record: partly({ id: text, config: partly({ network: partly({}), dataset: partly({}) }) }),
  weights: partly({}),
});

/**
 * A finished run's network, made again to evaluate: its decisions are those that the run's errors were counted of.
 *
 * @param kernels  takes the model beside what it holds already
 * @throws InvalidRequest when the run diverged, the weights are not of its network, or there is no memory for it
 */
export function trainedNetwork(
  run: RunWeights,
  kernels: Kernels,
  { input, ...changes }: TrainedNetworkOptions = {},
): TrainedNetwork {
  checkRun(run, "run");
  const {
    record: { id, config, diverged },
    weights,
  } = run;
  if (diverged) throw new InvalidRequest(`run ${id} ${divergedInWords(diverged)}: its network answers nothing`);
  // Partners are met in training alone, and take much memory.
  const { partners: _, ...options } = modelOptions(config, relationOf(config));
  return readWeights(
    { name: `weights of run ${id}`, bytes: weights },
    kernels,
    config.network,
    input ?? shapeOf(config.dataset),
    {
      ...options,
      ...changes,
    },
  );
}
