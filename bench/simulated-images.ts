import type { Uniform } from "./simulated-rounds.js";

/** Rounds of networks whose errors belong to rounds, images and pairs, with a known truth about all images. */
export interface ImageRounds {
  readonly rounds: number;
  readonly images: number;
  /** Of each round: all images in pairs. */
  readonly pairs: readonly Uint32Array[];
}

/** Rounds that pair the same images anew. */
export function pairedAnew(rounds: number, images: number, next: Uniform): ImageRounds {
  return { rounds, images, pairs: Array.from({ length: rounds }, () => shuffled(images, next)) };
}

function shuffled(count: number, next: Uniform): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

/** An image is hard for every network, as often as that makes half of the errors: networks fail on it every other time. */
const HARD = 0.5;
/** A round's networks fail so much more or less often than others. */
const SPREAD = 0.2;
/** A better network fails so much less often, on the same images. */
const BETTER = 0.8;

/** The share of pairs of two images that a network fails on, if it fails on a share `each` of images. */
const ofPairs = (each: number): number => 2 * each - each * each * (1 + SPREAD ** 2 / 3);

/** Errors of two networks on images drawn anew: of the first, and the difference to the better one. */
export interface SimulatedVerdicts {
  readonly error: { readonly truth: number; readonly values: readonly Uint8Array[] };
  readonly difference: { readonly truth: number; readonly values: readonly Int8Array[] };
}

/** @param error  of the first network, about images in general */
export function simulatedVerdicts({ images, pairs }: ImageRounds, error: number, next: Uniform): SimulatedVerdicts {
  const each = 1 - Math.sqrt(1 - error);
  const easy = each / 2 / (1 - each);
  const fails = Float64Array.from({ length: images }, () => (next() < each ? HARD : easy));
  // Hard images are a share `each` of all.
  const mean = each * HARD + (1 - each) * easy;
  const first: Uint8Array[] = [];
  const both: Int8Array[] = [];
  for (const round of pairs) {
    const level = 1 - SPREAD + 2 * SPREAD * next();
    const wrong = (factor: number) => {
      const verdicts = new Uint8Array(round.length / 2);
      for (let pair = 0; pair < verdicts.length; pair++) {
        const [one, other] = [
          fails[round[2 * pair] as number] as number,
          fails[round[2 * pair + 1] as number] as number,
        ];
        verdicts[pair] = Number(next() < 1 - (1 - factor * level * one) * (1 - factor * level * other));
      }
      return verdicts;
    };
    const [worse, better] = [wrong(1), wrong(BETTER)];
    first.push(worse);
    both.push(Int8Array.from(worse, (value, pair) => value - (better[pair] as number)));
  }
  return {
    error: { truth: ofPairs(mean), values: first },
    difference: { truth: ofPairs(mean) - ofPairs(BETTER * mean), values: both },
  };
}

/**
 * Rounds and images drawn with replacement, a verdict as often as its round and both of its images together (Owen 2007, "The pigeonhole
 * bootstrap"): what the interval in general is compared with.
 */
export function pigeonholeInterval(
  { images, pairs }: Pick<ImageRounds, "images" | "pairs">,
  values: readonly ArrayLike<number>[],
  next: Uniform,
  resamples: number,
): readonly [number, number] {
  const found = Float64Array.from({ length: resamples }, () => {
    const drawn = new Uint32Array(images);
    for (let i = 0; i < images; i++) {
      const at = Math.floor(next() * images);
      drawn[at] = (drawn[at] as number) + 1;
    }
    let [sum, all] = [0, 0];
    for (let draw = 0; draw < pairs.length; draw++) {
      const r = Math.floor(next() * pairs.length);
      const [round, own] = [pairs[r] as Uint32Array, values[r] as ArrayLike<number>];
      for (let pair = 0; pair < own.length; pair++) {
        const weight = (drawn[round[2 * pair] as number] as number) * (drawn[round[2 * pair + 1] as number] as number);
        all += weight;
        sum += weight * (own[pair] as number);
      }
    }
    return sum / all;
  }).sort();
  const at = (probability: number) => found[Math.round(probability * (resamples - 1))] as number;
  return [at(0.025), at(0.975)];
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}
