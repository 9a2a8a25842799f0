/** Where patches lie: maps are rows of pixels, and the rows of what is pooled next stand window position by window position. */
import * as tf from "@tensorflow/tfjs";

const SIDE = 14;
/** The second convolution: 2×2, from 5×5 pixels to 4×4. */
const SECOND = { side: 5, kernel: 2 };

/**
 * Cuts all images' patches once for all, before the race: images do not change.
 *
 * @returns {(indices: number[]) => tf.Tensor2D} the patches of pairs
 */
export function cutPatches(images, pairs, channels, kernel) {
  const windows = (SIDE - kernel + 1) / 2;
  const length = kernel * kernel * channels;
  const imagesOfPair = 2 / channels;
  const places = windows * windows;
  /** [window position, pair, image, window, patch] */
  const patches = new Float32Array(4 * pairs * imagesOfPair * places * length);
  let at = 0;
  for (let position = 0; position < 4; position++)
    for (let image = 0; image < pairs * imagesOfPair; image++)
      for (let window = 0; window < places; window++) {
        const top = 2 * Math.floor(window / windows) + (position >> 1);
        const left = 2 * (window % windows) + (position & 1);
        for (let row = 0; row < kernel; row++)
          for (let column = 0; column < kernel; column++)
            for (let channel = 0; channel < channels; channel++)
              patches[at++] = images[((image * channels + channel) * SIDE + top + row) * SIDE + left + column];
      }
  const size = imagesOfPair * places * length;
  return (indices) => {
    const chosen = new Float32Array(4 * indices.length * size);
    for (let position = 0, to = 0; position < 4; position++)
      for (const index of indices) {
        const from = (position * pairs + index) * size;
        chosen.set(patches.subarray(from, from + size), to);
        to += size;
      }
    return tf.tensor2d(chosen, [chosen.length / length, length]);
  };
}

/**
 * The rows of pixels that the second convolution's patches are made of, and for each pixel the pieces of patches that it
 * is. Where a pixel is in fewer than four patches, a row behind the last stands in.
 */
export function patchPlan(images) {
  const { side, kernel } = SECOND;
  const windows = (side - kernel + 1) / 2;
  const patches = [];
  const takers = Array.from({ length: kernel * kernel }, () => []);
  for (let position = 0; position < 4; position++)
    for (let image = 0; image < images; image++)
      for (let window = 0; window < windows * windows; window++) {
        const top = 2 * Math.floor(window / windows) + (position >> 1);
        const left = 2 * (window % windows) + (position & 1);
        for (let piece = 0; piece < kernel * kernel; piece++) {
          const pixel = (image * side + top + (piece >> 1)) * side + left + (piece & 1);
          takers[piece][pixel] = patches.length;
          patches.push(pixel);
        }
      }
  const none = patches.length;
  const pixels = images * side * side;
  return {
    images,
    kernelArea: kernel * kernel,
    patches: tf.tensor1d(patches, "int32"),
    takers: takers.map((rows) =>
      tf.tensor1d(
        Int32Array.from({ length: pixels }, (_, i) => rows[i] ?? none),
        "int32",
      ),
    ),
  };
}
