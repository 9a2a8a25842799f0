import { offset } from "./simd";

/**
 * Softmax cross-entropy, summed over rows in double precision. Where `gradient` is not 0, adds
 * weight · (softmax(logits) − onehot(class)) to it.
 *
 * @param logits    f32 [rows, stride]
 * @param columns   i32 [classes]: the column of each class's logit
 * @param labels    i32 [rows]
 * @param gradient  f32 [rows, stride] or 0
 */
export function crossEntropy(
  logits: usize, rows: i32, classes: i32, stride: i32, columns: usize, labels: usize, weight: f64, gradient: usize,
): f64 {
  const row = <usize>stride * 4;
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const label = load<i32>(labels + <usize>i * 4);
    let highest = load<f32>(logits + offset(columns, 0));
    for (let c = 1; c < classes; c++) highest = Mathf.max(highest, load<f32>(logits + offset(columns, c)));
    let sum: f64 = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(<f64>load<f32>(logits + offset(columns, c)) - <f64>highest);
    total += Math.log(sum) + <f64>highest - <f64>load<f32>(logits + offset(columns, label));
    if (gradient != 0) {
      for (let c = 0; c < classes; c++) {
        const at = offset(columns, c);
        const probability = Math.exp(<f64>load<f32>(logits + at) - <f64>highest) / sum;
        const slope = weight * (c == label ? probability - 1 : probability);
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
