/** The patches of a first convolution, cut once for all, before the race: images do not change. */

const SIDE = 14;

/**
 * @param {import("./task.js").Task} task
 * @param {number} multiple  patches are padded with zeros to a multiple of this length
 * @returns {{ side: number, length: number, read: (indices: number[]) => Float32Array }} `read` gives pairs' patches,
 *     [images, side, side, length], a patch being [kernel, kernel, channels]
 */
export function cutPatches({ trunk, head, images, count }, multiple) {
  const [{ kernel }] = [...trunk, ...head];
  const channels = trunk.length > 0 ? 1 : 2;
  const side = SIDE - kernel + 1;
  const length = multiple * Math.ceil((kernel * kernel * channels) / multiple);
  const inputs = images.length / (channels * SIDE * SIDE);
  const patches = new Float32Array(inputs * side * side * length);
  let to = 0;
  for (let input = 0; input < inputs; input++)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++, to += length)
        for (let row = 0, at = to; row < kernel; row++)
          for (let column = 0; column < kernel; column++)
            for (let channel = 0; channel < channels; channel++)
              patches[at++] = images[((input * channels + channel) * SIDE + y + row) * SIDE + x + column];
  const size = patches.length / count;
  const read = (indices) => {
    const chosen = new Float32Array(indices.length * size);
    indices.forEach((index, i) => {
      chosen.set(patches.subarray(index * size, (index + 1) * size), i * size);
    });
    return chosen;
  };
  return { side, length, read };
}
