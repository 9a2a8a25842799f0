/**
 * Gathers one image's convolution patches as rows: row p is the window whose first element lies `offsets[p]` bytes into
 * the image, as `height` runs of `run` floats (kernel width × channels, contiguous in NHWC). Each row is
 * followed by eight zeros, so that a row rounded up to a multiple of eight columns is clean; they may reach into the next row,
 * which is written later.
 *
 * @param rowBytes    bytes from one image row to the next
 * @param patchBytes  bytes from one patch to the next; at least 4 · (height · run + 4)
 */
export function gatherPatches(
  image: usize, offsets: usize, positions: i32,
  height: i32, run: i32, rowBytes: usize,
  patches: usize, patchBytes: usize,
): void {
  const runBytes = <usize>run * 4;
  for (let p = 0; p < positions; p++) {
    let from = image + load<u32>(offsets + <usize>p * 4);
    let to = patches;
    for (let h = 0; h < height; h++) {
      // The last vectors may run over: what they write beyond the run is overwritten by what follows it.
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      for (let at: usize = 32; at < runBytes; at += 16) v128.store(to + at, v128.load(from + at));
      from += rowBytes;
      to += runBytes;
    }
    v128.store(to, i32x4.splat(0));
    v128.store(to, i32x4.splat(0), 16);
    patches += patchBytes;
  }
}

/** The transpose of `gatherPatches`: adds each patch's gradient back into the image's, positions in order. `run` is a multiple of 4. */
export function scatterPatches(
  patches: usize, patchBytes: usize, offsets: usize, positions: i32,
  height: i32, run: i32, rowBytes: usize,
  image: usize,
): void {
  const runBytes = <usize>run * 4;
  for (let p = 0; p < positions; p++) {
    let to = image + load<u32>(offsets + <usize>p * 4);
    let from = patches;
    for (let h = 0; h < height; h++) {
      for (let at: usize = 0; at < runBytes; at += 16) {
        v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
      }
      to += rowBytes;
      from += runBytes;
    }
    patches += patchBytes;
  }
}

/** Copies `rows` rows of `bytes` bytes between two row strides. */
export function copyRows(from: usize, fromStride: usize, to: usize, toStride: usize, rows: i32, bytes: usize): void {
  for (let r = 0; r < rows; r++) {
    memory.copy(to, from, bytes);
    from += fromStride;
    to += toStride;
  }
}

/** `copyRows` for each of `images` images: into, or out of, their borders of zeros. */
export function copyImages(
  images: i32, from: usize, fromImage: usize, fromStride: usize, to: usize, toImage: usize, toStride: usize,
  rows: i32, bytes: usize,
): void {
  for (let i = 0; i < images; i++) {
    copyRows(from, fromStride, to, toStride, rows, bytes);
    from += fromImage;
    to += toImage;
  }
}

/** Adds rows of `bytes`, a multiple of 16, to others. */
export function addRows(from: usize, fromStride: usize, to: usize, toStride: usize, rows: i32, bytes: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
    }
    from += fromStride;
    to += toStride;
  }
}
