import { offset } from "./simd";

/**
 * One example's group norm from its moments: for each channel mean and 1/√(variance + ε) of its group, and with
 * scale = γ / √(variance + ε), shift = β − mean · scale, so that y = scale · x + shift.
 *
 * @param totals    f64 [2, room]: Σx and Σx² of each column over `pixels`
 * @param columns   i32 [channels]: the column of each channel; group by group
 * @param mean, inverseDeviation, scale, shift  f32 [room], written where the channels are
 */
export function finishGroups(
  totals: usize, pixels: i32, room: i32, columns: usize, channels: i32, groups: i32, epsilon: f64,
  gamma: usize, beta: usize, mean: usize, inverseDeviation: usize, scale: usize, shift: usize,
): void {
  const length = channels / groups;
  const count = <f64>(length * pixels);
  for (let group = 0; group < groups; group++) {
    let sum: f64 = 0;
    let squares: f64 = 0;
    for (let c = group * length; c < (group + 1) * length; c++) {
      const at = totals + 2 * offset(columns, c);
      sum += load<f64>(at);
      squares += load<f64>(at + <usize>room * 8);
    }
    const m = sum / count;
    const inverse = 1 / Math.sqrt(Math.max(squares / count - m * m, 0) + epsilon);
    for (let c = group * length; c < (group + 1) * length; c++) {
      const at = offset(columns, c);
      const factor = <f64>load<f32>(gamma + at) * inverse;
      store<f32>(mean + at, <f32>m);
      store<f32>(inverseDeviation + at, <f32>inverse);
      store<f32>(scale + at, <f32>factor);
      store<f32>(shift + at, <f32>(<f64>load<f32>(beta + at) - m * factor));
    }
  }
}

/**
 * One example's way back. With g = ∂L/∂y, and means over the group's n = channels / groups · pixels elements:
 * ∂L/∂x = (γ g − mean(γ g) − x̂ · mean(γ g x̂)) / deviation = scale · g + slope · x + offset.
 *
 * @param totals  f64 [2, room]: Σg and Σg x̂ of each column, which are also added to `sums`
 * @param sums    f64 [2, room]: of all examples, the gradients of β and γ
 * @param scale, slope, shift  f32 [room], written where the channels are; `shift` is the offset
 */
export function finishGroupsGradient(
  totals: usize, sums: usize, pixels: i32, room: i32, columns: usize, channels: i32, groups: i32,
  gamma: usize, mean: usize, inverseDeviation: usize, scale: usize, slope: usize, shift: usize,
): void {
  const length = channels / groups;
  const count = <f64>(length * pixels);
  for (let group = 0; group < groups; group++) {
    let gradients: f64 = 0;
    let products: f64 = 0;
    for (let c = group * length; c < (group + 1) * length; c++) {
      const at = offset(columns, c);
      const factor = <f64>load<f32>(gamma + at);
      const sum = load<f64>(totals + 2 * at);
      const product = load<f64>(totals + 2 * at + <usize>room * 8);
      gradients += factor * sum;
      products += factor * product;
      store<f64>(sums + 2 * at, load<f64>(sums + 2 * at) + sum);
      store<f64>(sums + 2 * at + <usize>room * 8, load<f64>(sums + 2 * at + <usize>room * 8) + product);
    }
    for (let c = group * length; c < (group + 1) * length; c++) {
      const at = offset(columns, c);
      const inverse = <f64>load<f32>(inverseDeviation + at);
      const steepness = (-inverse * inverse * products) / count;
      store<f32>(scale + at, <f32>(<f64>load<f32>(gamma + at) * inverse));
      store<f32>(slope + at, <f32>steepness);
      store<f32>(shift + at, <f32>((-inverse * gradients) / count - steepness * <f64>load<f32>(mean + at)));
    }
  }
}
