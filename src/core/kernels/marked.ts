import { madd, splat } from "./simd";

/**
 * Marks, for each 2×2 pooling window of a convolution, the taps that matter: those for which not all four of the window's
 * patches see the image's background. Orders the windows by how many are marked: a loop whose length changes seldom is
 * foreseen by the processor.
 *
 * @param floats      floats of the image, borders included
 * @param across      bytes from a patch to the one on its right, in the same window
 * @param down        bytes from a patch to the one below it
 * @param offsets     u32 [windows, 4]: bytes from the image to each patch of a window, the upper left one first
 * @param height      rows of a patch
 * @param run         floats of a patch's row; height · run ≤ 64
 * @param rowBytes    bytes from one image row to the next
 * @param difference  f32 [floats, rounded up to 16]: scratch
 * @param marks       i8 [floats, rounded up to 16]: scratch
 * @param taps        u64 [windows], written: bit k stands for tap k
 * @param order       i32 [windows], written: the windows, most taps first
 */
export function markTaps(
  image: usize, floats: i32, background: f32, across: usize, down: usize,
  offsets: usize, windows: i32, height: i32, run: i32, rowBytes: usize,
  difference: usize, marks: usize, taps: usize, order: usize,
): void {
  const end = <usize>floats * 4;
  subtract(image, floats, background, difference);
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
    // Sorted by insertion: the few windows of one image.
    let place = order + <usize>w * 4;
    while (place > order && popcnt(load<u64>(taps + <usize>load<i32>(place - 4) * 8)) < popcnt(mask)) {
      store<i32>(place, load<i32>(place - 4));
      place -= 4;
    }
    store<i32>(place, w);
  }
}

/** difference = image − background, of `floats` floats rounded up to 4. */
function subtract(image: usize, floats: i32, background: f32, difference: usize): void {
  const blank = f32x4.splat(background);
  for (let at: usize = 0, end = <usize>floats * 4; at < end; at += 16) {
    v128.store(difference + at, f32x4.sub(v128.load(image + at), blank));
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
 * `convolve` over pooling windows, of an image less its background: each window passes over the taps that are not marked,
 * where all four patches hold 0. The parameters that `markTaps` has are the same here.
 *
 * @param tapOffsets  u32 [taps]: bytes from a patch to each tap's pixel
 * @param weights     [panels][taps][8], panelBytes from one panel to the next
 * @param y           [windows · 4, panels · 8], yRow bytes from one row to the next
 */
export function convolveMarked(
  image: usize, floats: i32, background: f32, difference: usize, across: usize, down: usize,
  offsets: usize, windows: i32, taps: usize, order: usize, tapOffsets: usize, panels: i32,
  weights: usize, panelBytes: usize, bias: usize, y: usize, yRow: usize,
): void {
  subtract(image, floats, background, difference);
  for (let panel = 0; panel < panels; panel++) {
    const start0 = v128.load(bias), start1 = v128.load(bias, 16);
    for (let i = 0; i < windows; i++) {
      const w = <usize>load<i32>(order + <usize>i * 4);
      const patch = difference + load<u32>(offsets + w * 16);
      let mask = load<u64>(taps + w * 8);
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
      let to = y + w * 4 * yRow;
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
    }
    weights += panelBytes;
    bias += 32;
    y += 32;
  }
}
