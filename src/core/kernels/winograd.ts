/**
 * Winograd's F(4×4, 2×2) (Lavin & Gray 2016): 4×4 outputs of a 2×2 convolution from a 5×5 input tile with 25
 * products for each pair of channels instead of 64. In one dimension, with the points 0, 1, −1, 2 and ∞,
 *
 *   y = Aᵀ · ((G g) ⊙ (Bᵀ d)),  d: 5 inputs, g: 2 weights, y: 4 outputs
 *
 *        ⎡ 1  1  1  1  0 ⎤        ⎡  1/2    0  ⎤         ⎡ 2 −1 −2  1  0 ⎤
 *   Aᵀ = ⎢ 0  1 −1  2  0 ⎥    G = ⎢ −1/2 −1/2  ⎥    Bᵀ = ⎢ 0 −2 −1  1  0 ⎥
 *        ⎢ 0  1  1  4  0 ⎥        ⎢ −1/6  1/6  ⎥         ⎢ 0  2 −3  1  0 ⎥
 *        ⎣ 0  1 −1  8  1 ⎦        ⎢  1/6  1/3  ⎥         ⎢ 0 −1  0  1  0 ⎥
 *                                 ⎣   0    1   ⎦         ⎣ 0  2 −1 −2  1 ⎦
 *
 * and in two, the same along rows and then columns. The products are left to `gemm`, one matrix for each of the 25
 * points. Gradients pass through the transposed matrices: each `…Gradient` here is the exact adjoint of its namesake.
 *
 * Point p = 5i + j of a transformed tile lies `p · pointBytes` behind its first; the caller keeps pointBytes off powers of
 * two, where the 25 points would share cache sets.
 */

/** Results of the first dimension: up to 5×5 vectors. */
const scratch: usize = memory.data(25 * 16, 16);

// @ts-ignore: decorator
@inline
const POINTS: i32 = 5;

// @ts-ignore: decorator
@inline
function at(p: usize): v128 {
  return v128.load(p);
}

// @ts-ignore: decorator
@inline
function times(factor: f32, x: v128): v128 {
  return f32x4.mul(f32x4.splat(factor), x);
}

// @ts-ignore: decorator
@inline
function plus(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
function minus(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

/** v = Bᵀ d. */
// @ts-ignore: decorator
@inline
function toPoints(d: usize, dStep: usize, v: usize, vStep: usize): void {
  const d0 = at(d), d1 = at(d + dStep), d2 = at(d + 2 * dStep), d3 = at(d + 3 * dStep), d4 = at(d + 4 * dStep);
  const twice = times(2, minus(d1, d3));
  v128.store(v, plus(minus(times(2, minus(d0, d2)), d1), d3));
  v128.store(v + vStep, minus(minus(d3, d2), times(2, d1)));
  v128.store(v + 2 * vStep, minus(plus(times(2, d1), d3), times(3, d2)));
  v128.store(v + 3 * vStep, minus(d3, d1));
  v128.store(v + 4 * vStep, plus(minus(twice, d2), d4));
}

/** d = B v. */
// @ts-ignore: decorator
@inline
function fromPoints(v: usize, vStep: usize, d: usize, dStep: usize, add: bool): void {
  const v0 = at(v), v1 = at(v + vStep), v2 = at(v + 2 * vStep), v3 = at(v + 3 * vStep), v4 = at(v + 4 * vStep);
  const twice = times(2, v4);
  let d0 = times(2, v0);
  let d1 = minus(plus(times(2, minus(v2, v1)), twice), plus(v0, v3));
  let d2 = minus(minus(minus(times(-2, v0), v1), times(3, v2)), v4);
  let d3 = minus(plus(plus(v0, v1), plus(v2, v3)), twice);
  let d4 = v4;
  if (add) {
    d0 = plus(d0, at(d));
    d1 = plus(d1, at(d + dStep));
    d2 = plus(d2, at(d + 2 * dStep));
    d3 = plus(d3, at(d + 3 * dStep));
    d4 = plus(d4, at(d + 4 * dStep));
  }
  v128.store(d, d0);
  v128.store(d + dStep, d1);
  v128.store(d + 2 * dStep, d2);
  v128.store(d + 3 * dStep, d3);
  v128.store(d + 4 * dStep, d4);
}

/** The points of one 5×5 tile. Steps lead from one row, and from one pixel, to the next. */
export function winogradInput(
  tile: usize, rowBytes: usize, pixelBytes: usize, channels: i32, points: usize, pointBytes: usize,
): void {
  for (let c: usize = 0, end = <usize>channels * 4; c < end; c += 16) {
    for (let i = 0; i < 5; i++) toPoints(tile + c + <usize>i * rowBytes, pixelBytes, scratch + <usize>i * 80, 16);
    for (let j = 0; j < 5; j++) {
      toPoints(scratch + <usize>j * 16, 80, points + c + <usize>j * pointBytes, 5 * pointBytes);
    }
  }
}

/** Adds the gradient of one 5×5 tile, from that of its points. */
export function winogradInputGradient(
  points: usize, pointBytes: usize, channels: i32, tile: usize, rowBytes: usize, pixelBytes: usize,
): void {
  for (let c: usize = 0, end = <usize>channels * 4; c < end; c += 16) {
    for (let j = 0; j < 5; j++) {
      fromPoints(points + c + <usize>j * pointBytes, 5 * pointBytes, scratch + <usize>j * 16, 80, false);
    }
    for (let i = 0; i < 5; i++) fromPoints(scratch + <usize>i * 80, 16, tile + c + <usize>i * rowBytes, pixelBytes, true);
  }
}

/**
 * The 4×4 outputs of one tile, Aᵀ · points · A + bias.
 *
 * @param rows      u32 [16]: where, from y on, each output's row of channels goes; tile row by tile row
 * @param channels  output channels, a multiple of 4
 */
export function winogradOutput(
  points: usize, pointBytes: usize, channels: i32, bias: usize, rows: usize, y: usize,
): void {
  for (let c: usize = 0, end = <usize>channels * 4; c < end; c += 16) {
    for (let i = 0; i < 5; i++) {
      const m = points + c + <usize>(POINTS * i) * pointBytes;
      const m0 = at(m), m1 = at(m + pointBytes), m2 = at(m + 2 * pointBytes), m3 = at(m + 3 * pointBytes);
      const m4 = at(m + 4 * pointBytes);
      const sum = plus(m1, m2), difference = minus(m1, m2);
      const to = scratch + <usize>i * 64;
      v128.store(to, plus(plus(m0, sum), m3));
      v128.store(to, plus(difference, times(2, m3)), 16);
      v128.store(to, plus(sum, times(4, m3)), 32);
      v128.store(to, plus(plus(difference, times(8, m3)), m4), 48);
    }
    const start = at(bias + c);
    for (let j = 0; j < 4; j++) {
      const m = scratch + <usize>j * 16;
      const m0 = at(m), m1 = at(m + 64), m2 = at(m + 128), m3 = at(m + 192), m4 = at(m + 256);
      const sum = plus(m1, m2), difference = minus(m1, m2);
      const row = rows + <usize>j * 4;
      v128.store(y + c + load<u32>(row), plus(start, plus(plus(m0, sum), m3)));
      v128.store(y + c + load<u32>(row, 16), plus(start, plus(difference, times(2, m3))));
      v128.store(y + c + load<u32>(row, 32), plus(start, plus(sum, times(4, m3))));
      v128.store(y + c + load<u32>(row, 48), plus(start, plus(plus(difference, times(8, m3)), m4)));
    }
  }
}

/** The gradient of one tile's points, A · ∂L/∂y · Aᵀ. */
export function winogradOutputGradient(
  yGradient: usize, rows: usize, channels: i32, points: usize, pointBytes: usize,
): void {
  for (let c: usize = 0, end = <usize>channels * 4; c < end; c += 16) {
    for (let j = 0; j < 4; j++) {
      const row = rows + <usize>j * 4;
      const y0 = at(yGradient + c + load<u32>(row)), y1 = at(yGradient + c + load<u32>(row, 16));
      const y2 = at(yGradient + c + load<u32>(row, 32)), y3 = at(yGradient + c + load<u32>(row, 48));
      spread(y0, y1, y2, y3, scratch + <usize>j * 16, 64);
    }
    for (let i = 0; i < 5; i++) {
      const from = scratch + <usize>i * 64;
      spread(at(from), at(from + 16), at(from + 32), at(from + 48), points + c + <usize>(POINTS * i) * pointBytes, pointBytes);
    }
  }
}

/** m = A y. */
// @ts-ignore: decorator
@inline
function spread(y0: v128, y1: v128, y2: v128, y3: v128, m: usize, mStep: usize): void {
  const even = plus(y0, y2), odd = plus(y1, y3);
  v128.store(m, y0);
  v128.store(m + mStep, plus(even, odd));
  v128.store(m + 2 * mStep, minus(even, odd));
  v128.store(m + 3 * mStep, plus(plus(y0, times(2, y1)), plus(times(4, y2), times(8, y3))));
  v128.store(m + 4 * mStep, y3);
}

/**
 * The points of the weights, G g Gᵀ, packed for `gemm`: `[outputs/8][channels][8]` for each point.
 *
 * @param weights     `[outputs/8][rows][8]`, row (2·ky + kx) · channels + c holding the weights of tap (ky, kx)
 * @param panelBytes  bytes of one panel of `weights`
 * @param panels      outputs / 8
 */
export function winogradWeights(
  weights: usize, panelBytes: usize, panels: i32, channels: i32, points: usize, pointBytes: usize,
): void {
  const tap = <usize>channels * 32;
  for (let panel = 0; panel < panels; panel++) {
    for (let w: usize = 0; w < tap; w += 16) {
      const from = weights + w;
      // Along x for each row of taps, then along y.
      expand(at(from), at(from + tap), scratch, 16);
      expand(at(from + 2 * tap), at(from + 3 * tap), scratch + 80, 16);
      for (let j = 0; j < 5; j++) {
        const column = scratch + <usize>j * 16;
        expand(at(column), at(column + 80), points + w + <usize>j * pointBytes, 5 * pointBytes);
      }
    }
    weights += panelBytes;
    points += tap;
  }
}

/** Adds the weights' gradient, Gᵀ · points · G, from that of their points. */
export function winogradWeightsGradient(
  points: usize, pointBytes: usize, weights: usize, panelBytes: usize, panels: i32, channels: i32,
): void {
  const tap = <usize>channels * 32;
  for (let panel = 0; panel < panels; panel++) {
    for (let w: usize = 0; w < tap; w += 16) {
      for (let j = 0; j < 5; j++) {
        const u = points + w + <usize>j * pointBytes;
        contract(u, 5 * pointBytes, scratch + <usize>j * 16, 80);
      }
      const to = weights + w;
      for (let ky: usize = 0; ky < 2; ky++) {
        const row = scratch + ky * 80;
        contract(row, 16, scratch + 160, 16);
        const left = to + 2 * ky * tap;
        v128.store(left, plus(at(left), at(scratch + 160)));
        v128.store(left + tap, plus(at(left + tap), at(scratch + 176)));
      }
    }
    weights += panelBytes;
    points += tap;
  }
}

/** u = G g. */
// @ts-ignore: decorator
@inline
function expand(g0: v128, g1: v128, u: usize, uStep: usize): void {
  v128.store(u, times(0.5, g0));
  v128.store(u + uStep, times(-0.5, plus(g0, g1)));
  v128.store(u + 2 * uStep, times(1.0 / 6.0, minus(g1, g0)));
  v128.store(u + 3 * uStep, times(1.0 / 6.0, plus(g0, times(2, g1))));
  v128.store(u + 4 * uStep, g1);
}

/** g = Gᵀ u. */
// @ts-ignore: decorator
@inline
function contract(u: usize, uStep: usize, g: usize, gStep: usize): void {
  const u0 = at(u), u1 = at(u + uStep), u2 = at(u + 2 * uStep), u3 = at(u + 3 * uStep), u4 = at(u + 4 * uStep);
  v128.store(g, plus(times(0.5, minus(u0, u1)), times(1.0 / 6.0, minus(u3, u2))));
  v128.store(g + gStep, plus(plus(times(-0.5, u1), times(1.0 / 6.0, u2)), plus(times(1.0 / 3.0, u3), u4)));
}
