import type { Pairs } from "../../../core/index.js";
import type { PostedPairs } from "../../images/posted-pairs.js";

/** A pair to inspect, with its classes and whether the relation holds, if they are known. */
export interface ShownPair {
  /** [14, 14], raw pixels 0–255. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly truth?: { readonly classes: readonly [number, number]; readonly holds: boolean };
}

/** A test pair of a round. */
export const pairAt = ({ test }: Pick<PostedPairs, "test">, index: number): ShownPair => ({
  first: imageOf(test, 2 * index),
  second: imageOf(test, 2 * index + 1),
  truth: {
    classes: [test.classes[2 * index] as number, test.classes[2 * index + 1] as number],
    holds: test.targets[index] === 1,
  },
});

function imageOf({ images, height, width, channels }: Pairs, image: number): Float32Array {
  const size = height * width * channels;
  return images.slice(image * size, (image + 1) * size);
}
