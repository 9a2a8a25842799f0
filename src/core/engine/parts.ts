import type { Layer, PlacedLayer } from "../network/layer.js";
import type { PlacedNetwork } from "../network/network.js";
import { type Activations, allocateLike } from "./activations.js";
import { operationOf } from "./operations/kinds.js";
import type { BuildContext, ImageStudy, Operation } from "./operations/operation.js";
import type { PairInput } from "./pairs/pair-input.js";
import { isMeasuredByBatch, plan } from "./plan.js";
import { Exchange, type ThreadGroup } from "./thread-group.js";

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
  const { group, ...alone } = { ...context, examples: each * batchSize };
  const first = group ? dividedLayers(alone, layers, fuse) : 0;
  if (first > 0) group?.divide(each);
  const divided =
    group && first > 0 ? dividedPart({ ...alone, group }, layers.slice(0, first), input, fuse) : undefined;
  const operations = plan(alone, layers.slice(first), divided?.output ?? input, fuse);
  const backwards = operations.toReversed();
  return {
    input,
    operations: [...(divided?.operations ?? []), ...operations],
    output: operations.at(-1)?.output ?? divided?.output ?? input,
    studies: (divided?.operations ?? operations)[0]?.studies ?? [],
    forward(pairs, training) {
      divided?.forward(training);
      for (const operation of operations) operation.forward(each * pairs, training);
    },
    backward(pairs) {
      for (const operation of backwards) operation.backward(each * pairs);
      divided?.backward();
    },
  };
}

/** How many of a trunk's first layers threads can divide by images. */
function dividedLayers(context: BuildContext, layers: readonly PlacedLayer[], fuse: boolean): number {
  // The moments of images that change are sums over the batch's.
  if (fuse && isMeasuredByBatch(context, layers)) return 0;
  const end = layers.findIndex(({ layer }) => !divides(layer));
  return end < 0 ? layers.length : end;
}

const divides = (layer: Layer): boolean =>
  operationOf(layer).divides?.(layer, (branch) => branch.every(divides)) ?? false;

/** The first layers of a trunk, of which a thread computes its own examples. The output is of all examples. */
function dividedPart(
  context: BuildContext & { readonly group: ThreadGroup },
  layers: readonly PlacedLayer[],
  input: Activations,
  fuse: boolean,
) {
  const { kernels, group, examples } = context;
  const operations = plan(context, layers, input, fuse);
  const backwards = operations.toReversed();
  const own = operations.at(-1)?.output ?? input;
  const output = { ...own, ...allocateLike(kernels, own, examples), ...(own.gradients ? {} : { gradients: 0 }) };
  const exchange = new Exchange(group, kernels, own.size, examples);
  return {
    operations,
    output,
    forward(training: boolean) {
      for (const operation of operations) operation.forward(group.own.count, training);
      exchange.run(own.values, output.values);
    },
    backward() {
      const { first, count } = group.own;
      if (own.gradients) kernels.copy(output.gradients + first * own.size * 4, own.gradients, count * own.size);
      for (const operation of backwards) operation.backward(count);
      group.settle();
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
