import { madd } from "./simd";

/**
 * One step of Adam (Kingma & Ba 2015) in PyTorch's form:
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − stepSize · m / (√v · inverseCorrection + ε),
 * with stepSize = learning rate / (1 − β₁ᵗ) and inverseCorrection = 1 / √(1 − β₂ᵗ).
 *
 * @param count  floats, a multiple of 4
 */
export function adam(
  weights: usize, gradients: usize, m: usize, v: usize, count: i32,
  beta1: f64, beta2: f64, stepSize: f64, inverseCorrection: f64, epsilon: f64,
): void {
  const keepM = f32x4.splat(<f32>beta1);
  const keepV = f32x4.splat(<f32>beta2);
  const takeM = f32x4.splat(<f32>(1 - beta1));
  const takeV = f32x4.splat(<f32>(1 - beta2));
  const step = f32x4.splat(<f32>stepSize);
  const correction = f32x4.splat(<f32>inverseCorrection);
  const floor = f32x4.splat(<f32>epsilon);
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 16) {
    const g = v128.load(gradients + at);
    const first = madd(keepM, v128.load(m + at), f32x4.mul(takeM, g));
    const second = madd(keepV, v128.load(v + at), f32x4.mul(takeV, f32x4.mul(g, g)));
    v128.store(m + at, first);
    v128.store(v + at, second);
    const divisor = madd(f32x4.sqrt(second), correction, floor);
    const change = f32x4.div(f32x4.mul(step, first), divisor);
    v128.store(weights + at, f32x4.sub(v128.load(weights + at), change));
  }
}

/**
 * One step of SGD with momentum in PyTorch's form (Sutskever et al. 2013 fold the learning rate into the velocity):
 * u ← μu + g, w ← w − learningRate · d, with d = u, or g + μu by Nesterov.
 *
 * @param nesterov  1 or 0
 * @param count  floats, a multiple of 4
 */
export function sgd(
  weights: usize, gradients: usize, velocity: usize, count: i32, momentum: f64, nesterov: i32, learningRate: f64,
): void {
  const keep = f32x4.splat(<f32>momentum);
  const rate = f32x4.splat(<f32>-learningRate);
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 16) {
    const g = v128.load(gradients + at);
    const u = madd(keep, v128.load(velocity + at), g);
    v128.store(velocity + at, u);
    const direction = nesterov ? madd(keep, u, g) : u;
    v128.store(weights + at, madd(rate, direction, v128.load(weights + at)));
  }
}

/**
 * One step of RMSprop (Tieleman & Hinton 2012) in PyTorch's form: v ← αv + (1 − α)g²,
 * w ← w − learningRate · g / (√v + ε).
 *
 * @param count  floats, a multiple of 4
 */
export function rmsprop(
  weights: usize, gradients: usize, v: usize, count: i32, alpha: f64, learningRate: f64, epsilon: f64,
): void {
  const keep = f32x4.splat(<f32>alpha);
  const take = f32x4.splat(<f32>(1 - alpha));
  const rate = f32x4.splat(<f32>learningRate);
  const floor = f32x4.splat(<f32>epsilon);
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 16) {
    const g = v128.load(gradients + at);
    const second = madd(keep, v128.load(v + at), f32x4.mul(take, f32x4.mul(g, g)));
    v128.store(v + at, second);
    const change = f32x4.div(f32x4.mul(rate, g), f32x4.add(f32x4.sqrt(second), floor));
    v128.store(weights + at, f32x4.sub(v128.load(weights + at), change));
  }
}

/**
 * One step of Lion (Chen et al. 2023): c = β₁m + (1 − β₁)g, w ← w − learningRate · sign(c), m ← β₂m + (1 − β₂)g. The sign of
 * 0 is 0, that of NaN is NaN.
 *
 * @param count  floats, a multiple of 4
 */
export function lion(
  weights: usize, gradients: usize, m: usize, count: i32, beta1: f64, beta2: f64, learningRate: f64,
): void {
  const keep1 = f32x4.splat(<f32>beta1);
  const take1 = f32x4.splat(<f32>(1 - beta1));
  const keep2 = f32x4.splat(<f32>beta2);
  const take2 = f32x4.splat(<f32>(1 - beta2));
  const rate = f32x4.splat(<f32>learningRate);
  const signBit = i32x4.splat(<i32>0x80000000);
  const zero = f32x4.splat(0);
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 16) {
    const g = v128.load(gradients + at);
    const average = v128.load(m + at);
    const c = madd(keep1, average, f32x4.mul(take1, g));
    v128.store(m + at, madd(keep2, average, f32x4.mul(take2, g)));
    const signed = v128.or(v128.and(c, signBit), rate);
    const change = v128.bitselect(signed, c, f32x4.gt(f32x4.abs(c), zero));
    v128.store(weights + at, f32x4.sub(v128.load(weights + at), change));
  }
}

/**
 * x ← factor · x.
 *
 * @param count  floats, a multiple of 4
 */
export function scale(x: usize, count: i32, factor: f64): void {
  const by = f32x4.splat(<f32>factor);
  for (let end = x + <usize>count * 4; x < end; x += 16) v128.store(x, f32x4.mul(by, v128.load(x)));
}

/**
 * y ← y + factor · x.
 *
 * @param count  floats, a multiple of 4
 */
export function addScaled(y: usize, x: usize, count: i32, factor: f64): void {
  const by = f32x4.splat(<f32>factor);
  for (let end = y + <usize>count * 4; y < end; x += 16, y += 16)
    v128.store(y, madd(by, v128.load(x), v128.load(y)));
}

/**
 * y ← y + part · (x − y): so written, y stays at x once it is there, which two factors rounded to single precision would not
 * do.
 *
 * @param count  floats, a multiple of 4
 */
export function approach(y: usize, x: usize, count: i32, part: f64): void {
  const by = f32x4.splat(<f32>part);
  for (let end = y + <usize>count * 4; y < end; x += 16, y += 16) {
    const old = v128.load(y);
    v128.store(y, madd(by, f32x4.sub(v128.load(x), old), old));
  }
}

/**
 * Σ x² in double precision: four sums, of every fourth element each, then added up.
 *
 * @param count  floats, a multiple of 4
 */
export function sumOfSquares(x: usize, count: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let end = x + <usize>count * 4; x < end; x += 16) {
    const four = v128.load(x);
    const first = f64x2.promote_low_f32x4(four);
    const second = f64x2.promote_low_f32x4(i8x16.shuffle(four, four, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  const sums = f64x2.add(low, high);
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}
