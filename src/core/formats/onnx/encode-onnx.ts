import { fields, finite, oneOf, optional, partly, text, within } from "../../checks.js";
import type { PixelScale } from "../../data/normalization.js";
import { asked } from "../../data/relations.js";
import { InvalidRequest } from "../../errors.js";
import { SEEDS } from "../../limits.js";
import type { InputSpec } from "../../network/network.js";
import { divergedInWords } from "../../training/divergence.js";
import { className, relationOf, shapeOf } from "../../training/job.js";
import type { RunRecord } from "../../training/run.js";
import { checkRun } from "../../training/trained-network.js";
import { readTensor, weightsIn } from "../../training/weights.js";
import { encodeMessage, type Message } from "../protobuf.js";
import { pairEnds, trunkEnds } from "./ends.js";
import { NetworkGraph } from "./network-graph.js";

/** The newest versions that the checkers and runtimes of 2022 know. */
const IR_VERSION = 8;
const OPSET = 17;

/** A finished run, or the parts of it that a graph is made of. */
export interface OnnxRun {
  readonly record: Pick<RunRecord, "id" | "architecture" | "seed" | "config" | "diverged"> & {
    /** Where the weights are from `givenWeights`: they were trained elsewhere, on images that are not known. */
    readonly given?: true;
  };
  /** A safetensors file. */
  readonly weights: Uint8Array;
}

/** Options of `encodeOnnx`. */
export interface OnnxOptions {
  /**
   * "whole", the default: two images go in, and what the network answers about them comes out. "trunk": one image goes in, and its
   * features come out.
   */
  readonly part?: "whole" | "trunk";
  /** The run's images and classes. By default its configuration says them. */
  readonly input?: InputSpec;
  /** Thresholds of the probability that were chosen for the run, by what they are for. They become metadata: `threshold_error`. */
  readonly thresholds?: Readonly<Record<string, number>>;
}

const checkNamed = partly({ record: partly({ architecture: text, seed: within(SEEDS) }) });
const OPTIONS = fields(
  {
    part: optional(oneOf(["whole", "trunk"])),
    input: optional(partly({})),
    thresholds: optional(partly({})),
  },
  "option",
);

/**
 * Encodes a run's network as an ONNX file (IR version 8, operator set 17). It takes raw pixels, 0–255; docs/onnx.md says what goes in
 * and what comes out. The same run and options always give the same bytes.
 *
 * @throws InvalidRequest where the run diverged, its weights do not fit its network, or a network without a trunk is asked for its trunk
 */
export function encodeOnnx(run: OnnxRun, options: OnnxOptions = {}): Uint8Array<ArrayBuffer> {
  checkRun(run, "run");
  checkNamed(run, "run");
  OPTIONS(options, "");
  const { record, weights } = run;
  const { id, config, diverged } = record;
  const { part = "whole", input = shapeOf(config.dataset), thresholds = {} } = options;
  for (const [name, threshold] of Object.entries(thresholds)) finite(threshold, `thresholds.${name}`);
  if (diverged) throw new InvalidRequest(`run ${id} ${divergedInWords(diverged)}: its network answers nothing`);
  const { scale, reader } = weightsIn({ name: `weights of run ${id}`, bytes: weights });
  const relation = relationOf(config);
  const graph = new NetworkGraph({
    ...{ network: config.network, input, scale, relation, hasViews: config.views !== undefined },
    background: config.dataset.background,
    tensor: (name, shape) => readTensor(reader, name, shape).elements,
  });
  reader.end();
  if (part === "trunk" && graph.network.trunks.length === 0)
    throw new InvalidRequest(
      `${record.given ? "the network" : `run ${id}`} has no trunk: ${record.architecture} sees both images of a pair at once; ask for the whole network`,
    );
  const { inputs, outputs } = part === "trunk" ? trunkEnds(graph, input) : pairEnds(graph, input, asked(relation));
  const gives = part === "trunk" ? "the features of an image" : `about two images: ${asked(relation)}`;
  const metadata = Object.entries({ ...metadataOf(record, input), ...scaleOf(scale), ...named(thresholds) });
  // A ModelProto of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3.
  const model: Message = [
    [1, IR_VERSION],
    [2, "pairlab"],
    [3, config.engine.version],
    [6, `${record.architecture}, ${record.given ? "with given weights" : "trained by pairlab"}: ${gives}`],
    [7, graph.graph.message(record.architecture, inputs, outputs)],
    [8, [[2, OPSET]]],
    ...metadata.map((entry): Message[number] => [14, entryOf(entry)]),
  ];
  return encodeMessage(model);
}

/** What a program needs to know to prepare an image, and a person to know what is asked of it. */
function metadataOf(
  { id, architecture, seed, config, given }: OnnxRun["record"],
  input: InputSpec,
): Record<string, string> {
  const { dataset } = config;
  const { height, width, channels, classes } = input;
  return {
    // The first three keys are ONNX's own: https://github.com/onnx/onnx/blob/main/docs/MetadataProps.md.
    "Image.BitmapPixelFormat": channels === 3 ? "Rgb8" : "Gray8",
    "Image.ColorSpaceGamma": "SRGB",
    "Image.NominalPixelRange": "NominalRange_0_255",
    ...(!given && { run: id }),
    architecture,
    ...(!given && { seed: String(seed), images: dataset.name, images_sha256: dataset.sha256 }),
    relation: config.relation,
    question: asked(relationOf(config)),
    ...(classes > 0 && { classes: JSON.stringify(Array.from({ length: classes }, (_, i) => className(dataset, i))) }),
    size: `${height}x${width}`,
    colour: channels === 3 ? "rgb" : "grey",
    ...(dataset.fit && { fit: dataset.fit }),
    ...(dataset.background && { background: JSON.stringify(dataset.background) }),
  };
}

/** A StringStringEntryProto. */
const entryOf = ([key, value]: [string, string]): Message => [
  [1, key],
  [2, value],
];

const scaleOf = ({ mean, deviation }: PixelScale) => ({
  pixel_mean: String(mean),
  pixel_standard_deviation: String(deviation),
});

const named = (thresholds: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(thresholds).map(([name, value]) => [`threshold_${name}`, String(value)]));
