import type { PlacedLayer } from "../network/layer.js";
import type { PlacedNetwork } from "../network/network.js";
import { type Activations, allocateLike } from "./activations.js";
import type { BuildContext, ImageStudy, Operation } from "./operations/operation.js";
import type { PairInput } from "./pairs/pair-input.js";
import { plan } from "./plan.js";

/** Layers that run one after the other over a batch of pairs: a trunk, several trunks together, or the head. */
export interface Part {
  /** The last layer's output. */
  readonly output: Activations;
  /** The studies of the images that its first layers need. */
  readonly studies: readonly ImageStudy[];
  forward(pairs: number, training: boolean): void;
  /** Computes the parameters' gradients and the input's from `output.gradients`, after a training-mode `forward`. */
  backward(pairs: number): void;
}

/** A part that is a single chain of layers, whose activations can be read. */
export interface Chain extends Part {
  readonly input: Activations;
  /** One for each layer, if nothing is fused. */
  readonly operations: readonly Operation[];
}

export interface PartContext extends Omit<BuildContext, "examples"> {
  /** The most pairs in a batch. */
  readonly batchSize: number;
  readonly fuse: boolean;
}

/**
 * @param layers  at least one
 * @param each  the number of examples that the input has for each pair
 */
export function partOf(
  { batchSize, fuse, ...context }: PartContext,
  layers: readonly PlacedLayer[],
  input: Activations,
  each: number,
): Chain {
  const operations = plan({ ...context, examples: each * batchSize }, layers, input, fuse);
  const backwards = operations.toReversed();
  return {
    input,
    operations,
    output: operations.at(-1)?.output ?? input,
    studies: operations[0]?.studies ?? [],
    forward(pairs, training) {
      for (const operation of operations) operation.forward(each * pairs, training);
    },
    backward(pairs) {
      for (const operation of backwards) operation.backward(each * pairs);
    },
  };
}

/** A trunk, or several together. Its output is [2 · pairs, features]. */
export interface Trunk extends Part {
  /** The digit logits that are trained, if features are digit logits: each member's own, while `output` is their mean. */
  readonly learners: readonly Activations[];
  /** The trunks that it consists of. */
  readonly chains: readonly Chain[];
}

/** The shared trunk, the two separate trunks or the members of a network; undefined where it has no trunk. */
export function trunkOf(
  context: PartContext,
  { trunks, separate }: PlacedNetwork,
  { images, each }: PairInput,
): Trunk | undefined {
  const parts = trunks.map((layers, i) => partOf(context, layers, images[separate ? i : 0] as Activations, each));
  const [first, second] = parts;
  if (!first) return undefined;
  if (!second) return { ...first, learners: [first.output], chains: parts };
  if (!separate) return averaged(context, parts);
  const both = joined(context, first, second);
  return { ...both, learners: [both.output], chains: parts };
}

/** Members together: their outputs are averaged, and no gradient flows back through the mean. */
function averaged({ kernels, batchSize }: PartContext, members: readonly Chain[]): Trunk {
  const learners = members.map(({ output }) => output);
  const output = { ...allocateLike(kernels, learners[0] as Activations, 2 * batchSize), gradients: 0 };
  return {
    output,
    learners,
    chains: members,
    studies: members.flatMap(({ studies }) => studies),
    forward(pairs, training) {
      const count = 2 * pairs * output.size;
      kernels.floats(output.values, count).fill(0);
      for (const member of members) {
        member.forward(pairs, training);
        kernels.run.addScaled(output.values, member.output.values, count, 1 / members.length);
      }
    },
    backward(pairs) {
      for (const member of members) member.backward(pairs);
    },
  };
}

/** Two separate trunks together: the outputs of each pair's images are interleaved, as a shared trunk's are. */
function joined({ kernels, batchSize }: PartContext, first: Part, second: Part): Part {
  const room = allocateLike(kernels, first.output, 2 * batchSize);
  // A trunk that only flattens images needs no gradient.
  const output = first.output.gradients ? room : { ...room, gradients: 0 };
  const bytes = output.size * 4;
  const trunks = [first, second].map((trunk, side) => ({ ...trunk, at: side * bytes }));
  return {
    output,
    studies: [...first.studies, ...second.studies],
    forward(pairs, training) {
      for (const { forward, output: own, at } of trunks) {
        forward(pairs, training);
        kernels.run.copyRows(own.values, bytes, output.values + at, 2 * bytes, pairs, bytes);
      }
    },
    backward(pairs) {
      for (const { backward, output: own, at } of trunks) {
        if (own.gradients) kernels.run.copyRows(output.gradients + at, 2 * bytes, own.gradients, bytes, pairs, bytes);
        backward(pairs);
      }
    },
  };
}
