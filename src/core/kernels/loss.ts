import { offset } from "./simd";

/**
 * Softmax cross-entropy, summed over rows in double precision. Where `gradient` is not 0, adds
 * weight · (softmax(logits) − target) to it. The target is onehot(class), or with label smoothing ε (Szegedy et al. 2016)
 * (1 − ε) · onehot(class) + ε / classes, as in PyTorch.
 *
 * @param logits    f32 [rows, stride]
 * @param columns   i32 [classes]: the column of each class's logit
 * @param labels    i32 [rows]
 * @param gradient  f32 [rows, stride] or 0
 */
export function crossEntropy(
  logits: usize, rows: i32, classes: i32, stride: i32, columns: usize, labels: usize, weight: f64, smoothing: f64,
  gradient: usize,
): f64 {
  const row = <usize>stride * 4;
  const everywhere = smoothing / <f64>classes;
  const atLabel = 1 - smoothing + everywhere;
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const label = load<i32>(labels + <usize>i * 4);
    let highest = load<f32>(logits + offset(columns, 0));
    for (let c = 1; c < classes; c++) highest = Mathf.max(highest, load<f32>(logits + offset(columns, c)));
    let sum: f64 = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(<f64>load<f32>(logits + offset(columns, c)) - <f64>highest);
    let wanted = <f64>load<f32>(logits + offset(columns, label));
    if (smoothing != 0) {
      let all: f64 = 0;
      for (let c = 0; c < classes; c++) all += <f64>load<f32>(logits + offset(columns, c));
      wanted = (1 - smoothing) * wanted + everywhere * all;
    }
    total += Math.log(sum) + <f64>highest - wanted;
    if (gradient != 0) {
      for (let c = 0; c < classes; c++) {
        const at = offset(columns, c);
        const probability = Math.exp(<f64>load<f32>(logits + at) - <f64>highest) / sum;
        const slope = weight * (probability - (c == label ? atLabel : everywhere));
        store<f32>(gradient + at, <f32>(<f64>load<f32>(gradient + at) + slope));
      }
      gradient += row;
    }
    logits += row;
  }
  return total;
}

/**
 * The class of each row's largest logit, the first of equal ones.
 *
 * @param logits   f32 [rows, stride]
 * @param columns  i32 [classes]: the column of each class's logit
 * @param winners  i32 [rows], written
 */
export function likeliest(logits: usize, rows: i32, classes: i32, stride: i32, columns: usize, winners: usize): void {
  for (let i = 0; i < rows; i++) {
    let winner = 0;
    let highest = load<f32>(logits + offset(columns, 0));
    for (let c = 1; c < classes; c++) {
      const logit = load<f32>(logits + offset(columns, c));
      if (logit > highest) {
        highest = logit;
        winner = c;
      }
    }
    store<i32>(winners + <usize>i * 4, winner);
    logits += <usize>stride * 4;
  }
}
