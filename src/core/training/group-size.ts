import { counting } from "../checks.js";
import { CountedSpace } from "../engine/kernels.js";
import { MOST_THREADS, ThreadGroup } from "../engine/thread-group.js";
import type { PlacedLayer } from "../network/layer.js";
import type { InputSpec } from "../network/network.js";
import { placeNetwork } from "../network/place-network.js";
import { elements } from "../network/shape.js";
import { type Job, type RunConfig, relationOf } from "./job.js";
import { placeTraining } from "./room.js";

/**
 * The multiply-adds of a batch's way forward below which threads are not worth their meetings: 2 ms of a step. Measured: a network of
 * 20 million took as long in two threads as in one, one of 40 million gained a third, and one of 380 million half as much again.
 */
const LEAST_WORK = 40_000_000;
/** Threads divide convolutions. This share of the multiply-adds, at least, must be theirs. */
const LEAST_SHARE = 0.8;

/** How many threads train a network together, and their memory. */
export interface GroupSize {
  readonly threads: number;
  /** The bytes that they share. */
  readonly bytes: number;
  /** The bytes that each thread's kernels need. */
  readonly bytesOfEach: number;
}

/**
 * How many of up to `most` threads a run gains from, and what they share; undefined where it is better off with one.
 *
 * @param input  what its network sees of the job's images
 * @param most  at least 1
 * @throws InvalidRequest where `most` is no such whole number, or the network does not fit the input
 */
export function groupSize({ config }: Pick<Job, "config">, input: InputSpec, most: number): GroupSize | undefined {
  counting(most, "most");
  const { network, trainPairs, testPairs } = config;
  if (most < 2 || !hasWork(config, input)) return undefined;
  for (let threads = Math.min(most, MOST_THREADS); threads > 1; threads--) {
    const group = new ThreadGroup(0, threads);
    const settings = { ...config, group };
    const shape = { network, input, trainPairs, testPairs, settings, relation: relationOf(config) };
    const space = new CountedSpace(0);
    placeTraining(space, shape);
    group.begin(Math.min(config.batchSize, trainPairs));
    if (group.isDivided) return { threads, bytes: group.bytes, bytesOfEach: space.taken };
  }
  return undefined;
}

function hasWork({ network, batchSize, trainPairs }: RunConfig, input: InputSpec): boolean {
  const { trunks, separate, head } = placeNetwork(network, input);
  // Without a trunk the head sees the images.
  const seeing = trunks.length > 0 ? trunks : [head];
  const images = separate || trunks.length === 0 ? 1 : 2;
  const sum = (of: (layers: readonly PlacedLayer[]) => number) =>
    seeing.reduce((total, layers) => total + images * of(layers), 0);
  const divided = sum(ofConvolutions);
  const rest = sum(ofLinears) + (trunks.length > 0 ? ofConvolutions(head) + ofLinears(head) : 0);
  return divided * Math.min(batchSize, trainPairs) >= LEAST_WORK && divided >= LEAST_SHARE * (divided + rest);
}

/** Multiply-adds of convolutions for one example. */
const ofConvolutions = (layers: readonly PlacedLayer[]): number =>
  layers.reduce((total, { layer, input, output, branches }) => {
    const own = layer.kind === "convolution" ? elements(output) * input.channels * layer.kernel ** 2 : 0;
    return total + own + ofConvolutions(branches?.body ?? []) + ofConvolutions(branches?.shortcut ?? []);
  }, 0);

const ofLinears = (layers: readonly PlacedLayer[]): number =>
  layers.reduce((total, { layer, input, output }) => {
    const own = layer.kind === "linear" ? elements(input) * elements(output) : 0;
    return total + own;
  }, 0);
