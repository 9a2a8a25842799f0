import { checkScale } from "../data/check-pairs.js";
import type { NamedBytes, PixelScale } from "../data/index.js";
import { sha256Of } from "../digest.js";
import { InvalidRequest } from "../errors.js";
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from "../formats/index.js";
import { TensorReader } from "../formats/tensor-reader.js";
import { inShort } from "../given.js";
import { layersOf, type PlacedNetwork } from "../network/network.js";
import { placeNetwork } from "../network/place-network.js";
import { checkJob, type Job, jobId, type RunConfig, shapeOf } from "./job.js";
import { COUNTED, countBeside, requireTrained, scaleIn } from "./weights.js";

/** Weights that were trained elsewhere, as a run of a job's network. */
export interface GivenWeights {
  readonly record: Job & {
    /** The beginning of the SHA-256 of the weights: no run has it. */
    readonly id: string;
    /** pairlab did not train them. */
    readonly given: true;
  };
  /** A safetensors file, as `encodeWeights` makes it. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** A job that starts from given weights, and these, for `runJob`. */
export interface StartedJob {
  readonly job: Job;
  /** A safetensors file of the tensors that training starts from, in the network's order. */
  readonly startingWeights: Uint8Array<ArrayBuffer>;
}

/**
 * Reads a file of weights as if a run had made it, for `trainedNetwork`, `measureRun` and `encodeOnnx`. The file may be pairlab's own, or
 * a state dict of PyTorch with the same names and shapes; a count of batches may be there or not.
 *
 * @param job    its network and its question; nothing is trained
 * @param scale  of pixels, where the file does not say it
 * @throws InvalidRequest naming the first tensor that is missing, does not fit the network, or has a number that is not finite; and where
 *   both the file and `scale`, or neither, say how pixels are scaled
 */
export function givenWeights(job: Job, file: NamedBytes, scale?: PixelScale): GivenWeights {
  checkJob(job);
  const { architecture, seed, config } = job;
  const { tensors, scale: own } = read(file, placed(config));
  if (scale) checkScale(scale);
  if (own && scale) throw new InvalidRequest(`${file.name} says how its pixels were scaled: leave the scale out`);
  const { mean, deviation } =
    own ?? scale ?? missing(`${file.name} does not say how its pixels were scaled: give the scale`);
  const counts = tensors.flatMap(({ name }) =>
    name.endsWith(COUNTED) ? [{ name: countBeside(name), shape: [], data: BigInt64Array.of(0n) }] : [],
  );
  const weights = encodeSafetensors([...tensors, ...counts], {
    format: "pt",
    architecture,
    pixel_mean: String(mean),
    pixel_standard_deviation: String(deviation),
  });
  const id = sha256Of(weights).slice(0, job.id.length);
  return { record: { id, architecture, seed, config, given: true }, weights };
}

/** What a file of weights says of its pixels' scale; undefined where it says nothing. @throws InvalidRequest where the file is invalid */
export const scaleOfFile = (file: NamedBytes): PixelScale | undefined =>
  scaleIn(file.name, decodeSafetensors(file).metadata);

/**
 * Makes a job that starts from weights in a file. It has another id, in which the weights have a part. A file without any tensor of the
 * head gives the trunk; the head then starts as the seed says. No optimizer's state is in such a file, and training scales pixels by its
 * own training pairs.
 *
 * @param job  from `makeJob`
 * @throws InvalidRequest naming the first tensor that is missing, does not fit the network, is not of it, or has a number that is not
 *   finite
 */
export function startFrom(job: Job, file: NamedBytes): StartedJob {
  checkJob(job);
  const network = placed(job.config);
  const { tensors, part } = read(file, network, "trunk");
  const startingWeights = encodeSafetensors(tensors);
  const config: RunConfig = {
    ...job.config,
    startingWeights: { sha256: sha256Of(startingWeights), part },
  };
  const { architecture, seed } = job;
  return { job: { ...job, id: jobId(architecture, seed, config), config }, startingWeights };
}

/** The tensors that a job starts from. @throws InvalidRequest where they are not those that the job was made with */
export function startingTensors(
  { id, config: { startingWeights: due } }: Job,
  given: Uint8Array | undefined,
): readonly NamedTensor[] | undefined {
  if (!due && !given) return undefined;
  if (!due) throw new InvalidRequest(`run ${id} starts from no given weights: leave them out`);
  if (!given || sha256Of(given) !== due.sha256)
    throw new InvalidRequest(`run ${id} starts from other weights than those given: give those that startFrom made`);
  return decodeSafetensors({ name: `starting weights of run ${id}`, bytes: given }).tensors;
}

interface Read {
  readonly tensors: readonly NamedTensor[];
  readonly part: "network" | "trunk";
  readonly scale: PixelScale | undefined;
}

/** The tensors of a network in a file, in the network's order. @param part  trunk: the head's may be missing, all of them */
function read(file: NamedBytes, network: PlacedNetwork, part: Read["part"] = "network"): Read {
  const { tensors, metadata } = decodeSafetensors(file);
  requireTrained(file.name, metadata);
  const floats = tensors.filter(({ name }) => !isCount(name));
  const due = dueOf(network);
  const ofHead = ({ name }: { readonly name: string }) => name.startsWith("head.");
  const trunkOnly = part === "trunk" && !due.every(ofHead) && due.some(ofHead) && !floats.some(ofHead);
  const reader = new TensorReader(file.name, floats);
  const found = due
    .filter((each) => !(trunkOnly && ofHead(each)))
    .map(({ name, shape }): NamedTensor => ({ name, shape, data: reader.floats(name, shape) }));
  reader.end();
  for (const { name, data } of found) {
    const quoted = inShort(JSON.stringify(name));
    const wrong = (data as Float32Array).findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0)
      throw new InvalidRequest(`${file.name}: tensor ${quoted} has ${data[wrong]}, not only finite numbers`);
    const negative = name.endsWith(COUNTED) ? (data as Float32Array).find((value) => value < 0) : undefined;
    if (negative !== undefined)
      throw new InvalidRequest(`${file.name}: tensor ${quoted} has ${negative}: a variance is at least 0`);
  }
  return { tensors: found, part: trunkOnly ? "trunk" : "network", scale: scaleIn(file.name, metadata) };
}

/** PyTorch counts the batches that batch norm has seen. Nothing is computed from it. */
const isCount = (name: string): boolean => name.endsWith(".num_batches_tracked");

const placed = ({ network, dataset }: RunConfig): PlacedNetwork => placeNetwork(network, shapeOf(dataset));

const dueOf = (network: PlacedNetwork): { readonly name: string; readonly shape: readonly number[] }[] =>
  layersOf(network).flatMap(({ name: layer, parameters, buffers }) =>
    [...parameters, ...buffers].map(({ name, shape }) => ({ name: `${layer}.${name}`, shape })),
  );

function missing(message: string): never {
  throw new InvalidRequest(message);
}
