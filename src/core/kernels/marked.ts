import { madd, splat } from "./simd";

/**
 * Subtracts an image's background and marks, for each 2×2 pooling window of a convolution, the taps that matter: those for
 * which not all four of the window's patches see the background.
 *
 * @param floats      floats of the image, borders included
 * @param across      bytes from a patch to the one on its right, in the same window
 * @param down        bytes from a patch to the one below it
 * @param offsets     u32 [windows, 4]: bytes from the image to each patch of a window, the upper left one first
 * @param height      rows of a patch
 * @param run         floats of a patch's row; height · run ≤ 64
 * @param rowBytes    bytes from one image row to the next
 * @param difference  f32 [floats, rounded up to 16]: image − background, written
 * @param marks       i8 [floats, rounded up to 16]: scratch
 * @param taps        u64 [windows], written: bit k stands for tap k
 */
export function markTaps(
  image: usize, floats: i32, background: f32, across: usize, down: usize,
  offsets: usize, windows: i32, height: i32, run: i32, rowBytes: usize,
  difference: usize, marks: usize, taps: usize,
): void {
  const blank = f32x4.splat(background);
  const end = <usize>floats * 4;
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(difference + at, f32x4.sub(v128.load(image + at), blank));
  }
  // Sixteen pixels to a vector of bytes: the taps of a patch's row are then one mask.
  for (let at: usize = 0, to = marks; at < end; at += 64, to += 16) {
    const from = difference + at;
    const first = i16x8.narrow_i32x4_s(mark(from, across, down), mark(from + 16, across, down));
    const second = i16x8.narrow_i32x4_s(mark(from + 32, across, down), mark(from + 48, across, down));
    v128.store(to, i8x16.narrow_i16x8_s(first, second));
  }
  for (let w = 0; w < windows; w++) {
    let from = marks + <usize>(load<u32>(offsets + <usize>w * 16) >> 2);
    let mask: u64 = 0;
    let k: u64 = 0;
    for (let h = 0; h < height; h++) {
      for (let at = 0; at < run; at += 16) {
        const seen = min(run - at, 16);
        const bits = i8x16.bitmask(v128.load(from + <usize>at)) & ((1 << seen) - 1);
        mask |= <u64>bits << k;
        k += seen;
      }
      from += rowBytes >> 2;
    }
    store<u64>(taps + <usize>w * 8, mask);
  }
}

/** −1 for each of four pixels where it, or one of the three that the window's other patches see, is not 0. */
// @ts-ignore: decorator
@inline
function mark(pixels: usize, across: usize, down: usize): v128 {
  const zero = f32x4.splat(0);
  const above = v128.or(f32x4.ne(v128.load(pixels), zero), f32x4.ne(v128.load(pixels + across), zero));
  const below = v128.or(f32x4.ne(v128.load(pixels + down), zero), f32x4.ne(v128.load(pixels + down + across), zero));
  return v128.or(above, below);
}

/**
 * `convolve` over pooling windows, of an image without its background: each window passes over the taps that are not
 * marked, where all four patches hold 0.
 *
 * @param tapOffsets  u32 [height · run]: bytes from a patch to each tap's pixel
 * @param taps        u64 [windows], as `markTaps` writes them
 * @param y           [windows · 4, panels · 8], yRow bytes from one row to the next
 */
export function convolveMarked(
  image: usize, across: usize, down: usize, offsets: usize, windows: i32, panels: i32,
  tapOffsets: usize, taps: usize,
  weights: usize, panelBytes: usize, bias: usize, y: usize, yRow: usize,
): void {
  for (let panel = 0; panel < panels; panel++) {
    const start0 = v128.load(bias), start1 = v128.load(bias, 16);
    let to = y;
    for (let w = 0; w < windows; w++) {
      const patch = image + load<u32>(offsets + <usize>w * 16);
      let mask = load<u64>(taps + <usize>w * 8);
      let c00 = start0, c01 = start1, c10 = start0, c11 = start1;
      let c20 = start0, c21 = start1, c30 = start0, c31 = start1;
      while (mask != 0) {
        const k = <usize>ctz(mask);
        mask &= mask - 1;
        const b = weights + (k << 5);
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        const upper = patch + load<u32>(tapOffsets + (k << 2));
        const lower = upper + down;
        let x = splat(upper);
        c00 = madd(x, b0, c00);
        c01 = madd(x, b1, c01);
        x = splat(upper + across);
        c10 = madd(x, b0, c10);
        c11 = madd(x, b1, c11);
        x = splat(lower);
        c20 = madd(x, b0, c20);
        c21 = madd(x, b1, c21);
        x = splat(lower + across);
        c30 = madd(x, b0, c30);
        c31 = madd(x, b1, c31);
      }
      v128.store(to, c00);
      v128.store(to, c01, 16);
      to += yRow;
      v128.store(to, c10);
      v128.store(to, c11, 16);
      to += yRow;
      v128.store(to, c20);
      v128.store(to, c21, 16);
      to += yRow;
      v128.store(to, c30);
      v128.store(to, c31, 16);
      to += yRow;
    }
    weights += panelBytes;
    bias += 32;
    y += 32;
  }
}
