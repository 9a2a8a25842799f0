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
