import { addToDoubles } from "./simd";

/**
 * totals[j] = Σ_i rows[indices[i], j], in double precision.
 *
 * @param rows     f32 [·, columns], rowBytes apart; columns a multiple of 4
 * @param indices  i32 [count]
 * @param totals   f64 [columns], written
 */
export function sumRows(rows: usize, rowBytes: usize, indices: usize, count: i32, columns: i32, totals: usize): void {
  memory.fill(totals, 0, <usize>columns * 8);
  for (let i = 0; i < count; i++) {
    let row = rows + <usize>load<i32>(indices + <usize>i * 4) * rowBytes;
    for (let to = totals, end = totals + <usize>columns * 8; to < end; to += 32) {
      v128.store(to, f64x2.add(v128.load(to), widen(row)));
      v128.store(to, f64x2.add(v128.load(to, 16), widen(row + 8)), 16);
      row += 16;
    }
  }
}

/**
 * C[i, j] = Σ x_i x_j − Σ x_i · Σ x_j / n: centres second moments, summed over n positions.
 *
 * @param products  f64 [rows, columns]: Σ x_i x_j
 * @param sums      f64 [columns]: Σ x_j
 * @param centred   f32 [rows, columns], written; columns a multiple of 4
 */
export function centreMoments(products: usize, sums: usize, n: i32, rows: i32, columns: i32, centred: usize): void {
  for (let i = 0; i < rows; i++) {
    const mean = f64x2.splat(load<f64>(sums + <usize>i * 8) / <f64>n);
    for (let j: usize = 0, end = <usize>columns * 8; j < end; j += 32) {
      const low = f64x2.sub(v128.load(products + j), f64x2.mul(mean, v128.load(sums + j)));
      const high = f64x2.sub(v128.load(products + j, 16), f64x2.mul(mean, v128.load(sums + j, 16)));
      const pair = f32x4.demote_f64x2_zero(low);
      v128.store(centred + (j >> 1), v128.shuffle<i64>(pair, f32x4.demote_f64x2_zero(high), 0, 2));
    }
    products += <usize>columns * 8;
    centred += <usize>columns * 4;
  }
}

/**
 * Adds slope[j] · products[i, j] + constant[j] · sums[i] to a gradient in panels of 8 columns, [panels][depth][8].
 *
 * @param products  laid out as the gradient
 * @param sums      f64 [depth]
 */
export function addMomentsGradient(
  products: usize, sums: usize, slope: usize, constant: usize, depth: i32, panels: i32, panelBytes: usize,
  gradient: usize,
): void {
  for (let panel = 0; panel < panels; panel++) {
    for (let half: usize = 0; half < 32; half += 16) {
      const m = v128.load(slope + half);
      const o = v128.load(constant + half);
      for (let k = 0; k < depth; k++) {
        const at = half + <usize>k * 32;
        const sum = f32x4.splat(<f32>load<f64>(sums + <usize>k * 8));
        const change = f32x4.add(f32x4.mul(m, v128.load(products + at)), f32x4.mul(o, sum));
        v128.store(gradient + at, f32x4.add(v128.load(gradient + at), change));
      }
    }
    products += panelBytes;
    gradient += panelBytes;
    slope += 32;
    constant += 32;
  }
}

/**
 * Adds Σ y and Σ y² of the outputs y = wᵀp + b over n patches p to batch norm's totals, from the patches' moments:
 * Σ y = wᵀ Σp + n b, Σ y² = wᵀ (Σ p pᵀ) w + 2 b wᵀ Σp + n b².
 *
 * @param products  f64 [depth, columns]: Σ p pᵀ
 * @param sums      f64 [depth]: Σ p
 * @param weights   f32 [panels][·][8], panelBytes from one panel to the next
 * @param bias      f32 [panels · 8]
 * @param totals    f64 [2, panels · 8]: Σ y, then Σ y²
 */
export function addOutputMoments(
  products: usize, sums: usize, n: i32, depth: i32, columns: i32,
  weights: usize, panelBytes: usize, panels: i32, bias: usize, totals: usize,
): void {
  const row = <usize>columns * 8;
  const squares = totals + <usize>panels * 64;
  const count = f64x2.splat(n);
  for (let panel = 0; panel < panels; panel++) {
    for (let pair: usize = 0; pair < 32; pair += 8) {
      const w = weights + pair;
      const at: usize = 2 * pair + <usize>panel * 64;
      let sum = f64x2.splat(0);
      let square = f64x2.splat(0);
      for (let i = 0; i < depth; i++) {
        const products_i = products + <usize>i * row;
        let product = f64x2.splat(0);
        for (let j = 0; j < depth; j++) {
          const moment = v128.load_splat<f64>(products_i + <usize>j * 8);
          product = f64x2.add(product, f64x2.mul(moment, widen(w + <usize>j * 32)));
        }
        const w_i = widen(w + <usize>i * 32);
        square = f64x2.add(square, f64x2.mul(product, w_i));
        sum = f64x2.add(sum, f64x2.mul(v128.load_splat<f64>(sums + <usize>i * 8), w_i));
      }
      const b = widen(bias + pair);
      const constant = f64x2.mul(count, b);
      const cross = f64x2.mul(b, f64x2.add(f64x2.add(sum, sum), constant));
      v128.store(totals + at, f64x2.add(v128.load(totals + at), f64x2.add(sum, constant)));
      v128.store(squares + at, f64x2.add(v128.load(squares + at), f64x2.add(square, cross)));
    }
    weights += panelBytes;
    bias += 32;
  }
}

/** Two f32 as f64. */
// @ts-ignore: decorator
@inline
function widen(p: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(p));
}

/** As many images are summed in single precision before their sum is added in double precision. */
const CHAIN = 64;

/**
 * totals[y, x] = Σ_image a[image, y, x] · b[image, y, x]. Columns are rounded up to 16: what lies beyond a row is multiplied too.
 *
 * @param a        [images, rows, ·]: aImage bytes from one image to the next, and aRow from one row; b likewise
 * @param totals   f64 [rows, columns rounded up to 16], written
 */
export function correlate(
  a: usize, aImage: usize, aRow: usize, b: usize, bImage: usize, bRow: usize,
  images: i32, rows: i32, columns: i32, totals: usize,
): void {
  for (let y = 0; y < rows; y++) {
    for (let x: usize = 0, end = <usize>columns * 4; x < end; x += 64) {
      let left = a + x, right = b + x;
      memory.fill(totals, 0, 128);
      for (let first = 0; first < images; first += CHAIN) {
        let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
        for (let image = min(CHAIN, images - first); image > 0; image--) {
          s0 = f32x4.add(s0, f32x4.mul(v128.load(left), v128.load(right)));
          s1 = f32x4.add(s1, f32x4.mul(v128.load(left, 16), v128.load(right, 16)));
          s2 = f32x4.add(s2, f32x4.mul(v128.load(left, 32), v128.load(right, 32)));
          s3 = f32x4.add(s3, f32x4.mul(v128.load(left, 48), v128.load(right, 48)));
          left += aImage;
          right += bImage;
        }
        addToDoubles(totals, s0);
        addToDoubles(totals + 32, s1);
        addToDoubles(totals + 64, s2);
        addToDoubles(totals + 96, s3);
      }
      totals += 128;
    }
    a += aRow;
    b += bRow;
  }
}

/**
 * The sums of a map over all windows of one size: sums[i, j] = Σ map[i + y, j + x], y < height, x < width.
 *
 * @param map     f64, mapRow bytes from one row to the next
 * @param sums    f64, sumsRow bytes from i to i + 1 and sumsColumn from j to j + 1; `mirrored` gets the same sums
 */
export function windowSums(
  map: usize, mapRow: usize, height: i32, width: i32, rows: i32, columns: i32,
  sums: usize, mirrored: usize, sumsRow: usize, sumsColumn: usize,
): void {
  for (let i: usize = 0; i < <usize>rows; i++) {
    for (let j: usize = 0; j < <usize>columns; j++) {
      let from = map + i * mapRow + j * 8;
      let pairs = f64x2.splat(0);
      let last: f64 = 0;
      for (let y = 0; y < height; y++) {
        let at = from;
        for (let x = width; x > 1; x -= 2) {
          pairs = f64x2.add(pairs, v128.load(at));
          at += 16;
        }
        if (width & 1) last += load<f64>(at);
        from += mapRow;
      }
      const sum = f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1) + last;
      const to = i * sumsRow + j * sumsColumn;
      store<f64>(sums + to, sum);
      store<f64>(mirrored + to, sum);
    }
  }
}
