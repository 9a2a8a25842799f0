import { partly, text } from "../checks.js";
import type { Kernels, ModelOptions } from "../engine/index.js";
import { InvalidRequest } from "../errors.js";
import type { InputSpec } from "../network/index.js";
import { divergedInWords } from "./divergence.js";
import { relationOf, shapeOf } from "./job.js";
import { modelOptions } from "./room.js";
import type { RunRecord } from "./run.js";
import { readWeights, type TrainedNetwork } from "./weights.js";

/** The parts of a finished run from which its network is made again. A `FinishedRun` has them. */
export interface RunWeights {
  readonly record: Pick<RunRecord, "id" | "config" | "diverged">;
  /** A safetensors file. */
  readonly weights: Uint8Array;
}

/** Options in which a network that is made again may differ from the one that was trained. */
export interface TrainedNetworkOptions extends Partial<Pick<ModelOptions, "batchSize" | "fuse" | "shortcuts">> {
  /** The images and classes of the run's pairs. By default its configuration says them. */
  readonly input?: InputSpec;
}

/** @throws InvalidRequest where it is not a run with its weights */
export const checkRun = partly({
  record: partly({ id: text, config: partly({ network: partly({}), dataset: partly({}) }) }),
  weights: partly({}),
});

/**
 * Makes a finished run's network again, for evaluation. It makes the decisions from which the run's errors were counted.
 *
 * @param kernels  the model is added to what they hold
 * @throws InvalidRequest where the run diverged, the weights do not fit its network, or there is not enough memory
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
