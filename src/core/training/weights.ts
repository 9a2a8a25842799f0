import { text } from "../checks.js";
import { checkScale } from "../data/check-pairs.js";
import type { NamedBytes, PixelScale } from "../data/index.js";
import { type Kernels, Model, type ModelOptions } from "../engine/index.js";
import { checkModel } from "../engine/model.js";
import { InvalidRequest } from "../errors.js";
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from "../formats/index.js";
import { parseNumber } from "../formats/numbers.js";
import { TensorReader } from "../formats/tensor-reader.js";
import { inShort } from "../given.js";
import type { InputSpec, Network } from "../network/index.js";
import { type Divergence, placeOf } from "./divergence.js";

/** A model, and the scale of raw pixels for it. */
export interface TrainedNetwork {
  readonly model: Model;
  readonly scale: PixelScale;
}

export const COUNTED = "running_var";

/** The name of `num_batches_tracked` beside a batch norm's running variance. */
export const countBeside = (name: string): string => `${name.slice(0, -COUNTED.length)}num_batches_tracked`;

/** A model's state with PyTorch's names, shapes and element order. */
export function weightTensors(model: Model): NamedTensor[] {
  return model.state().flatMap((tensor): NamedTensor[] => {
    const { name, spec } = tensor;
    const weight = { name, shape: spec.shape, data: tensor.read(model.kernels) };
    if (spec.name !== COUNTED) return [weight];
    return [weight, { name: countBeside(name), shape: [], data: BigInt64Array.of(BigInt(model.batchesTracked)) }];
  });
}

/** A tensor of a network's state, and where it is a running variance the number of batches beside it. */
export function readTensor(
  reader: TensorReader,
  name: string,
  shape: readonly number[],
): { readonly elements: Float32Array; readonly batches?: number } {
  const elements = reader.floats(name, shape);
  return name.endsWith(COUNTED) ? { elements, batches: reader.count(countBeside(name)) } : { elements };
}

/** Sets a model's state as `weightTensors` gives it. Where there is batch norm, it also sets `batchesTracked`. */
export function writeWeights(model: Model, reader: TensorReader): void {
  for (const tensor of model.state()) {
    const { elements, batches } = readTensor(reader, tensor.name, tensor.spec.shape);
    tensor.write(model.kernels, elements);
    if (batches !== undefined) model.batchesTracked = batches;
  }
}

/** Sets those tensors of a model's state that are given. @throws InvalidRequest where one is not the model's, or has another shape */
export function writeStart(model: Model, start: readonly NamedTensor[]): void {
  const reader = new TensorReader("start", start);
  const given = new Set(start.map(({ name }) => name));
  for (const tensor of model.state())
    if (given.has(tensor.name)) tensor.write(model.kernels, reader.floats(tensor.name, tensor.spec.shape));
  reader.end();
}

/**
 * Encodes a model's state as a safetensors file for PyTorch's `load_state_dict`: names, shapes and element order are PyTorch's.
 * The metadata holds the architecture, and the mean and standard deviation by which raw pixels are scaled. It also says where
 * training diverged, if it did. `readWeights` refuses such weights.
 *
 * @throws InvalidRequest where model or scale are invalid
 */
export function encodeWeights(
  model: Model,
  scale: PixelScale,
  architecture: string,
  diverged?: Divergence,
): Uint8Array<ArrayBuffer> {
  checkModel(model, "the model");
  checkScale(scale);
  text(architecture, "the architecture's name");
  return encodeSafetensors(weightTensors(model), {
    format: "pt",
    architecture,
    pixel_mean: String(scale.mean),
    pixel_standard_deviation: String(scale.deviation),
    ...(diverged && { diverged: placeOf(diverged) }),
  });
}

/**
 * Reads a trained network from a file of weights that `encodeWeights` made. It can be evaluated, but not trained further. With the
 * batch size of its training, `evaluate` gives the same losses to the last bit.
 *
 * @param kernels  the model is added to what they hold
 * @throws InvalidRequest where the file is invalid, does not fit the network or has numbers that are not finite, or its training
 *   diverged
 */
export function readWeights(
  file: NamedBytes,
  kernels: Kernels,
  network: Network,
  input: InputSpec,
  options: ModelOptions,
): TrainedNetwork {
  const { scale, reader } = weightsIn(file);
  const model = new Model(kernels, network, input, options);
  writeWeights(model, reader);
  reader.end();
  return { model, scale };
}

/**
 * Reads a file of weights that `encodeWeights` made, for a network that is made again.
 *
 * @throws InvalidRequest where the file is invalid or has numbers that are not finite, or its training diverged
 */
export function weightsIn(file: NamedBytes): { readonly scale: PixelScale; readonly reader: TensorReader } {
  const { tensors, metadata } = decodeSafetensors(file);
  requireTrained(file.name, metadata);
  const scale = readScale(file.name, metadata);
  const lost = tensors.find(({ data }) => data instanceof Float32Array && !data.every(Number.isFinite));
  if (lost)
    throw new InvalidRequest(`${file.name}: ${lost.name} has numbers that are not finite: its training diverged`);
  return { scale, reader: new TensorReader(file.name, tensors) };
}

type Metadata = Readonly<Record<string, string>>;

/** @throws InvalidRequest where a file's metadata say that its training diverged */
export function requireTrained(file: string, { diverged }: Metadata): void {
  if (diverged !== undefined) throw new InvalidRequest(`${file}: its training diverged at ${inShort(diverged)}`);
}

const MEAN = "pixel_mean";
const DEVIATION = "pixel_standard_deviation";

/** The scale in a file's metadata; undefined where they have no part of one. @throws InvalidRequest where it is invalid */
export const scaleIn = (file: string, metadata: Metadata): PixelScale | undefined =>
  MEAN in metadata || DEVIATION in metadata ? readScale(file, metadata) : undefined;

function readScale(file: string, metadata: Metadata): PixelScale {
  const number = (key: string, least: number, kind: string): number => {
    const value = parseNumber(metadata[key] ?? "");
    if (value !== undefined && value >= least) return value;
    const given = inShort(metadata[key] ?? "missing");
    throw new InvalidRequest(`${file}: the metadata's ${key} is ${given}, not ${kind}`);
  };
  return {
    mean: number(MEAN, Number.NEGATIVE_INFINITY, "a number"),
    deviation: number(DEVIATION, Number.MIN_VALUE, "a number above 0"),
  };
}
