import type { Pairs } from "../../../core/index.js";
import type { PostedPairs } from "../../images/posted-pairs.js";
import type { SeenImage } from "../../ui/pixel-image.js";

/** A pair to inspect, with whether the relation holds and its classes, if they are known. */
export interface ShownPair extends Omit<SeenImage, "pixels"> {
  /** [channels, height, width]: 0–255, less the background. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly truth?: { readonly classes?: readonly [number, number]; readonly holds: boolean };
}

/** A test pair of a round. */
export function pairAt({ test }: Pick<PostedPairs, "test">, index: number): ShownPair {
  const { height, width, channels, background, classCount, classes, targets } = test;
  return {
    ...{ height, width, channels, background },
    first: imageOf(test, 2 * index),
    second: imageOf(test, 2 * index + 1),
    truth: {
      ...(classCount > 0 && { classes: [classes[2 * index] as number, classes[2 * index + 1] as number] as const }),
      holds: targets[index] === 1,
    },
  };
}

/** A drawn pair. */
export const drawnPairOf = ([first, second]: readonly [Float32Array, Float32Array]): ShownPair => ({
  ...{ height: 14, width: 14, first, second },
});

function imageOf({ images, height, width, channels }: Pairs, image: number): Float32Array {
  const size = height * width * channels;
  return images.slice(image * size, (image + 1) * size);
}
