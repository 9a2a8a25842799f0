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
      v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(v128.load64_zero(row))));
      v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(v128.load64_zero(row, 8))), 16);
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
