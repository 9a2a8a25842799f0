import { offset } from "./simd";

/** Below it a probability counts as it: the smallest normal f32, whose logarithm is finite and 1 / it too. */
const FLOOR: f64 = 1.1754943508222875e-38;

/**
 * Softmax over each of `groups` runs of `classes` elements, divided by `temperature` before, in double precision.
 *
 * @param x        f32 [rows, stride]
 * @param columns  i32 [groups · classes]: the column of each element
 * @param y        f32 [rows, stride], written where the elements are
 */
export function softmax(
  x: usize, rows: i32, groups: i32, classes: i32, stride: i32, columns: usize, temperature: f64, y: usize,
): void {
  for (let i = 0; i < rows; i++) {
    let group = columns;
    for (let k = 0; k < groups; k++) {
      let highest = load<f32>(x + offset(group, 0));
      for (let c = 1; c < classes; c++) highest = Mathf.max(highest, load<f32>(x + offset(group, c)));
      let sum: f64 = 0;
      for (let c = 0; c < classes; c++) sum += power(x + offset(group, c), highest, temperature);
      for (let c = 0; c < classes; c++) {
        const at = offset(group, c);
        store<f32>(y + at, <f32>(power(x + at, highest, temperature) / sum));
      }
      group += <usize>classes * 4;
    }
    x += <usize>stride * 4;
    y += <usize>stride * 4;
  }
}

// @ts-ignore: decorator
@inline
function power(x: usize, highest: f32, temperature: f64): f64 {
  return Math.exp((<f64>load<f32>(x) - <f64>highest) / temperature);
}

/** ∂L/∂x = y · (∂L/∂y − Σ y · ∂L/∂y) / temperature, the sum over the element's group; laid out as in `softmax`. */
export function softmaxGradient(
  y: usize, gradient: usize, rows: i32, groups: i32, classes: i32, stride: i32, columns: usize, temperature: f64,
  xGradient: usize,
): void {
  for (let i = 0; i < rows; i++) {
    let group = columns;
    for (let k = 0; k < groups; k++) {
      let sum: f64 = 0;
      for (let c = 0; c < classes; c++) {
        const at = offset(group, c);
        sum += <f64>load<f32>(y + at) * <f64>load<f32>(gradient + at);
      }
      for (let c = 0; c < classes; c++) {
        const at = offset(group, c);
        store<f32>(xGradient + at, <f32>(<f64>load<f32>(y + at) * (<f64>load<f32>(gradient + at) - sum) / temperature));
      }
      group += <usize>classes * 4;
    }
    y += <usize>stride * 4;
    gradient += <usize>stride * 4;
    xGradient += <usize>stride * 4;
  }
}

/**
 * Σ p_i q_j over the pairs of classes (i, j) whose relation holds, where `wanted` is 1, or does not, where it is 0.
 *
 * @param columns  i32 [2 · classes]: the columns of p, then those of q
 * @param holds    i32 [classes, classes]: 1 where the relation holds
 */
// @ts-ignore: decorator
@inline
function probability(beliefs: usize, classes: i32, columns: usize, holds: usize, wanted: i32): f64 {
  let total: f64 = 0;
  for (let i = 0; i < classes; i++) {
    let partners: f64 = 0;
    for (let j = 0; j < classes; j++) {
      if (load<i32>(holds + <usize>(i * classes + j) * 4) != wanted) continue;
      partners += <f64>load<f32>(beliefs + offset(columns, classes + j));
    }
    total += <f64>load<f32>(beliefs + offset(columns, i)) * partners;
  }
  return total;
}

/**
 * logits[0] = ln P(the relation does not hold), logits[1] = ln P(it holds), for beliefs p and q in each row.
 *
 * @param beliefs  f32 [rows, stride]
 * @param columns  i32 [2 · classes]: the columns of p, then those of q
 * @param holds    i32 [classes, classes]: 1 where the relation holds
 * @param logits   f32 [rows, logitStride], the first two columns written
 */
export function ordinal(
  beliefs: usize, rows: i32, classes: i32, stride: i32, columns: usize, holds: usize, logits: usize, logitStride: i32,
): void {
  for (let i = 0; i < rows; i++) {
    for (let wanted = 0; wanted < 2; wanted++) {
      const likely = Math.max(probability(beliefs, classes, columns, holds, wanted), FLOOR);
      store<f32>(logits + <usize>wanted * 4, <f32>Math.log(likely));
    }
    beliefs += <usize>stride * 4;
    logits += <usize>logitStride * 4;
  }
}

/** The gradient of `ordinal` for its beliefs: 0 by way of a probability below the floor. */
export function ordinalGradient(
  beliefs: usize, gradient: usize, rows: i32, classes: i32, stride: i32, columns: usize, holds: usize, logitStride: i32,
  beliefsGradient: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const unlike = slope(probability(beliefs, classes, columns, holds, 0), <f64>load<f32>(gradient));
    const like = slope(probability(beliefs, classes, columns, holds, 1), <f64>load<f32>(gradient, 4));
    for (let a = 0; a < classes; a++) {
      let first: f64 = 0;
      let second: f64 = 0;
      for (let b = 0; b < classes; b++) {
        const q = <f64>load<f32>(beliefs + offset(columns, classes + b));
        first += q * (load<i32>(holds + <usize>(a * classes + b) * 4) ? like : unlike);
        const p = <f64>load<f32>(beliefs + offset(columns, b));
        second += p * (load<i32>(holds + <usize>(b * classes + a) * 4) ? like : unlike);
      }
      store<f32>(beliefsGradient + offset(columns, a), <f32>first);
      store<f32>(beliefsGradient + offset(columns, classes + a), <f32>second);
    }
    beliefs += <usize>stride * 4;
    gradient += <usize>logitStride * 4;
    beliefsGradient += <usize>stride * 4;
  }
}

/** ∂L/∂P from ∂L/∂(ln P). */
// @ts-ignore: decorator
@inline
function slope(probability: f64, gradient: f64): f64 {
  return probability < FLOOR ? 0 : gradient / probability;
}

/**
 * z[i · size + j] = x_i x_{size + j} for each row: all products of its two halves.
 *
 * @param x        f32 [rows, stride]
 * @param columns  i32 [2 · size]: the column of each element
 * @param z        f32 [rows, zStride]
 */
export function outerProduct(x: usize, rows: i32, size: i32, stride: i32, columns: usize, z: usize, zStride: i32): void {
  for (let row = 0; row < rows; row++) {
    let to = z;
    for (let i = 0; i < size; i++) {
      const first = load<f32>(x + offset(columns, i));
      for (let j = 0; j < size; j++) {
        store<f32>(to, first * load<f32>(x + offset(columns, size + j)));
        to += 4;
      }
    }
    x += <usize>stride * 4;
    z += <usize>zStride * 4;
  }
}

/** ∂L/∂x_i = Σ_j ∂L/∂z_ij x_{size + j}, and likewise for the other half; laid out as in `outerProduct`. */
export function outerProductGradient(
  x: usize, gradient: usize, rows: i32, size: i32, stride: i32, columns: usize, zStride: i32, xGradient: usize,
): void {
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < size; j++) store<f32>(xGradient + offset(columns, size + j), 0);
    let from = gradient;
    for (let i = 0; i < size; i++) {
      const first = load<f32>(x + offset(columns, i));
      let sum: f32 = 0;
      for (let j = 0; j < size; j++) {
        const at = offset(columns, size + j);
        const slope = load<f32>(from);
        sum += slope * load<f32>(x + at);
        store<f32>(xGradient + at, load<f32>(xGradient + at) + slope * first);
        from += 4;
      }
      store<f32>(xGradient + offset(columns, i), sum);
    }
    x += <usize>stride * 4;
    gradient += <usize>zStride * 4;
    xGradient += <usize>stride * 4;
  }
}
