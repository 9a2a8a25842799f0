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
