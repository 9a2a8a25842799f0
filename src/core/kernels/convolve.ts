import { madd, splat } from "./simd";

/**
 * One image's convolution, read from the pixels where they lie: `gemm` over the patches that `gatherPatches` would gather,
 * sum for sum in the same order, without gathering them. Rows of output stand as `offsets` lists their windows.
 *
 * @param offsets     u32 [rows, rounded up to 4]: bytes from the image to each row's window
 * @param height      rows of the window
 * @param run         floats of a window's row (kernel width × channels, contiguous in NHWC)
 * @param rowBytes    bytes from one image row to the next
 * @param weights     [panels][height · run][8]
 * @param panelBytes  bytes from one panel of weights to the next
 * @param bias        [panels · 8]
 * @param y           [rows, panels · 8], yRow bytes from one row to the next
 */
export function convolve(
  image: usize, offsets: usize, rows: i32, panels: i32,
  height: i32, run: i32, rowBytes: usize,
  weights: usize, panelBytes: usize, bias: usize, y: usize, yRow: usize,
): void {
  const skip = rowBytes - <usize>run * 4;
  for (let panel = 0; panel < panels; panel++) {
    const start0 = v128.load(bias), start1 = v128.load(bias, 16);
    let to = y;
    for (let i = 0; i < rows; i += 4) {
      const window = offsets + <usize>i * 4;
      let a0 = image + load<u32>(window);
      let a1 = image + load<u32>(window, 4);
      let a2 = image + load<u32>(window, 8);
      let a3 = image + load<u32>(window, 12);
      let c00 = start0, c01 = start1, c10 = start0, c11 = start1;
      let c20 = start0, c21 = start1, c30 = start0, c31 = start1;
      let b = weights;
      for (let h = height; h > 0; h--) {
        for (let k = run; k > 0; k--) {
          const b0 = v128.load(b);
          const b1 = v128.load(b, 16);
          let x = splat(a0);
          c00 = madd(x, b0, c00);
          c01 = madd(x, b1, c01);
          x = splat(a1);
          c10 = madd(x, b0, c10);
          c11 = madd(x, b1, c11);
          x = splat(a2);
          c20 = madd(x, b0, c20);
          c21 = madd(x, b1, c21);
          x = splat(a3);
          c30 = madd(x, b0, c30);
          c31 = madd(x, b1, c31);
          a0 += 4;
          a1 += 4;
          a2 += 4;
          a3 += 4;
          b += 32;
        }
        a0 += skip;
        a1 += skip;
        a2 += skip;
        a3 += skip;
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
