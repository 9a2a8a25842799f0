import { CountedSpace } from "../engine/kernels.js";
import { ThreadGroup } from "../engine/thread-group.js";
import type { PlacedLayer } from "../network/layer.js";
import { placeNetwork } from "../network/place-network.js";
import { elements } from "../network/shape.js";
import { placeTraining, type TrainingShape } from "./room.js";

/**
 * The multiply-adds of a batch's way forward below which threads are not worth their meetings: 2 ms of a step. Measured: a network of
 * 20 million took as long in two threads as in one, one of 40 million gained a third, and one of 380 million half as much again.
 */
const LEAST_WORK = 40_000_000;
/** Threads divide convolutions. This share of the multiply-adds, at least, must be theirs. */
const LEAST_SHARE = 0.8;

/** How many threads train a network together, and the bytes of memory that they share. */
export interface GroupSize {
  readonly threads: number;
  readonly bytes: number;
}

/**
 * How many of up to `most` threads a training gains from, and what they share; undefined where it is better off with one.
 *
 * @throws InvalidRequest where the network does not fit the input, or a setting is out of range
 */
export function groupSize(shape: TrainingShape, most: number): GroupSize | undefined {
  if (most < 2 || !hasWork(shape)) return undefined;
  const { settings, trainPairs } = shape;
  for (let threads = most; threads > 1; threads--) {
    const group = new ThreadGroup(0, threads);
    placeTraining(new CountedSpace(0), { ...shape, settings: { ...settings, group } });
    group.begin(Math.min(settings.batchSize, trainPairs));
    if (group.isDivided) return { threads, bytes: group.bytes };
  }
  return undefined;
}

function hasWork({ network, input, settings, trainPairs }: TrainingShape): boolean {
  const { trunks, separate, head } = placeNetwork(network, input);
  const images = separate ? 1 : 2;
  const sum = (of: (layers: readonly PlacedLayer[]) => number) =>
    trunks.reduce((total, layers) => total + images * of(layers), 0);
  const divided = sum(ofConvolutions);
  const rest = sum(ofLinears) + ofConvolutions(head) + ofLinears(head);
  const pairs = Math.min(settings.batchSize, trainPairs);
  return divided * pairs >= LEAST_WORK && divided >= LEAST_SHARE * (divided + rest);
}

/** Multiply-adds of convolutions for one example. */
const ofConvolutions = (layers: readonly PlacedLayer[]): number =>
  layers.reduce((total, { layer, input, output, branches }) => {
    const own = layer.kind === "convolution" ? elements(output) * input.channels * layer.kernel ** 2 : 0;
    return total + own + ofConvolutions(branches?.body ?? []) + ofConvolutions(branches?.shortcut ?? []);
  }, 0);

const ofLinears = (layers: readonly PlacedLayer[]): number =>
  layers.reduce((total, { layer, input, output }) => {
    return total + (layer.kind === "linear" ? elements(input) * elements(output) : 0);
  }, 0);
