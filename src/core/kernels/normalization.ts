import { addToDoubles } from "./simd";

/**
 * Adds images' Σx and Σx² for each channel to running totals in double precision. Summing image by image keeps
 * every single-precision chain short.
 *
 * @param x       [images, positions, channels]; `channels` a multiple of 4
 * @param totals  f64 [2, channels]
 */
export function addMoments(x: usize, images: i32, positions: i32, channels: i32, totals: usize): void {
  const row = <usize>channels * 4;
  for (let image = 0; image < images; image++) {
    for (let c: usize = 0; c < row; c += 16) {
      let p = x + c;
      let sum = f32x4.splat(0);
      let squares = f32x4.splat(0);
      for (let i = 0; i < positions; i++) {
        const value = v128.load(p);
        sum = f32x4.add(sum, value);
        squares = f32x4.add(squares, f32x4.mul(value, value));
        p += row;
      }
      addToDoubles(totals + 2 * c, sum);
      addToDoubles(totals + 2 * row + 2 * c, squares);
    }
    x += <usize>positions * row;
  }
}

/**
 * Turns the totals of `count` positions into the batch's mean and 1/√(variance + ε), and moves the running mean and
 * (unbiased) variance towards them by `momentum`: Ioffe & Szegedy 2015, with PyTorch's conventions.
 */
export function finishMoments(
  totals: usize, count: i32, channels: i32, epsilon: f64, momentum: f64,
  mean: usize, inverseDeviation: usize, runningMean: usize, runningVariance: usize,
): void {
  const n = <f64>count;
  for (let c = 0; c < channels; c++) {
    const single = <usize>c * 4;
    const m = load<f64>(totals + <usize>c * 8) / n;
    const variance = Math.max(load<f64>(totals + <usize>(channels + c) * 8) / n - m * m, 0);
    store<f32>(mean + single, <f32>m);
    store<f32>(inverseDeviation + single, <f32>(1 / Math.sqrt(variance + epsilon)));
    const unbiased = count > 1 ? (variance * n) / (n - 1) : variance;
    store<f32>(runningMean + single, <f32>((1 - momentum) * load<f32>(runningMean + single) + momentum * m));
    store<f32>(
      runningVariance + single,
      <f32>((1 - momentum) * load<f32>(runningVariance + single) + momentum * unbiased),
    );
  }
}

/** y = scale · x + shift, then max(y, floor), for each channel of [rows, channels]; floor −∞ leaves y as it is, and NaN stays NaN. */
export function affine(
  x: usize, rows: i32, channels: i32, scale: usize, shift: usize, floor: f32, y: usize,
): void {
  const row = <usize>channels * 4;
  const lowest = f32x4.splat(floor);
  for (let i = 0; i < rows; i++) {
    for (let c: usize = 0; c < row; c += 16) {
      const value = f32x4.add(f32x4.mul(v128.load(x + c), v128.load(scale + c)), v128.load(shift + c));
      v128.store(y + c, f32x4.pmax(value, lowest));
    }
    x += row;
    y += row;
  }
}

/**
 * Adds images' Σ ∂L/∂y and Σ ∂L/∂y · x̂ for each channel to totals in double precision, x̂ = (x − mean) / deviation:
 * the gradients of batch norm's shift and scale. Parameters as in `addMoments`.
 */
export function addGradientMoments(
  gradient: usize, x: usize, images: i32, positions: i32, channels: i32,
  mean: usize, inverseDeviation: usize, totals: usize,
): void {
  const row = <usize>channels * 4;
  for (let image = 0; image < images; image++) {
    for (let c: usize = 0; c < row; c += 16) {
      const m = v128.load(mean + c);
      const d = v128.load(inverseDeviation + c);
      let at = c;
      let sum = f32x4.splat(0);
      let products = f32x4.splat(0);
      for (let i = 0; i < positions; i++) {
        const g = v128.load(gradient + at);
        const normalized = f32x4.mul(f32x4.sub(v128.load(x + at), m), d);
        sum = f32x4.add(sum, g);
        products = f32x4.add(products, f32x4.mul(g, normalized));
        at += row;
      }
      addToDoubles(totals + 2 * c, sum);
      addToDoubles(totals + 2 * row + 2 * c, products);
    }
    gradient += <usize>positions * row;
    x += <usize>positions * row;
  }
}

/**
 * `reluGradient` and `addGradientMoments` in one pass, for a ReLU behind batch norm: sets the gradient of batch norm's output to
 * ReLU's where y > 0, else to 0, and adds its moments.
 *
 * @param y         ReLU's output, laid out as x
 * @param gradient  of y
 * @param masked    the gradient of batch norm's output, which may be the same memory as that of y
 */
export function addReluGradientMoments(
  y: usize, gradient: usize, x: usize, images: i32, positions: i32, channels: i32,
  mean: usize, inverseDeviation: usize, totals: usize, masked: usize,
): void {
  const row = <usize>channels * 4;
  const zero = f32x4.splat(0);
  const imageBytes = <usize>positions * row;
  for (let image = 0; image < images; image++) {
    for (let c: usize = 0; c < row; c += 16) {
      const m = v128.load(mean + c);
      const d = v128.load(inverseDeviation + c);
      let at = c;
      let sum = zero;
      let products = zero;
      for (let i = 0; i < positions; i++) {
        const g = v128.and(v128.load(gradient + at), f32x4.gt(v128.load(y + at), zero));
        v128.store(masked + at, g);
        const normalized = f32x4.mul(f32x4.sub(v128.load(x + at), m), d);
        sum = f32x4.add(sum, g);
        products = f32x4.add(products, f32x4.mul(g, normalized));
        at += row;
      }
      addToDoubles(totals + 2 * c, sum);
      addToDoubles(totals + 2 * row + 2 * c, products);
    }
    y += imageBytes;
    gradient += imageBytes;
    x += imageBytes;
    masked += imageBytes;
  }
}

/** ∂L/∂x = scale · ∂L/∂y + slope · x + offset for each channel of [rows, channels]. */
export function affineGradient(
  gradient: usize, x: usize, rows: i32, channels: i32, scale: usize, slope: usize, offset: usize, xGradient: usize,
): void {
  const row = <usize>channels * 4;
  for (let i = 0; i < rows; i++) {
    for (let c: usize = 0; c < row; c += 16) {
      const constant = f32x4.add(f32x4.mul(v128.load(slope + c), v128.load(x + c)), v128.load(offset + c));
      v128.store(xGradient + c, f32x4.add(f32x4.mul(v128.load(scale + c), v128.load(gradient + c)), constant));
    }
    gradient += row;
    x += row;
    xGradient += row;
  }
}
