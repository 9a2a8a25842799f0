import { at, findOutputs, minus, plus, times } from "./winograd-tiles";

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
 *
 * Both dimensions are written out, without loops: V8 then addresses `scratch` by constants. A whole convolution took 2–7%
 * less time than with loops, the more the fewer channels it had.
 */

/** Results of the first dimension: up to 5×5 vectors. */
const scratch: usize = memory.data(25 * 16, 16);

/** Where the 16 outputs of a tile lie. */
const outputs: usize = memory.data(16 * 4, 16);

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

/** y = start + Aᵀ m, without the start where not `started`. */
// @ts-ignore: decorator
@inline
function toOutputs(
  m: usize, mStep: usize, start: v128, started: bool, y0: usize, y1: usize, y2: usize, y3: usize,
): void {
  const m0 = at(m), m1 = at(m + mStep), m2 = at(m + 2 * mStep), m3 = at(m + 3 * mStep), m4 = at(m + 4 * mStep);
  const sum = plus(m1, m2), difference = minus(m1, m2);
  const first = plus(plus(m0, sum), m3);
  const second = plus(difference, times(2, m3));
  const third = plus(sum, times(4, m3));
  const fourth = plus(plus(difference, times(8, m3)), m4);
  v128.store(y0, started ? plus(start, first) : first);
  v128.store(y1, started ? plus(start, second) : second);
  v128.store(y2, started ? plus(start, third) : third);
  v128.store(y3, started ? plus(start, fourth) : fourth);
}

/** The first dimension of outputs: one row of points to four vectors of scratch. */
// @ts-ignore: decorator
@inline
function toScratch(m: usize, mStep: usize, to: usize): void {
  toOutputs(m, mStep, f32x4.splat(0), false, to, to + 16, to + 32, to + 48);
}

/** The second: one column of scratch to one column of the tile's outputs. */
// @ts-ignore: decorator
@inline
function toRows(m: usize, start: v128, column: usize, c: usize): void {
  toOutputs(
    m, 64, start, true,
    c + load<u32>(column), c + load<u32>(column, 16), c + load<u32>(column, 32), c + load<u32>(column, 48),
  );
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

/** The adjoint of `toRows`. */
// @ts-ignore: decorator
@inline
function spreadRows(column: usize, c: usize, m: usize): void {
  const y0 = at(c + load<u32>(column)), y1 = at(c + load<u32>(column, 16));
  const y2 = at(c + load<u32>(column, 32)), y3 = at(c + load<u32>(column, 48));
  spread(y0, y1, y2, y3, m, 64);
}

/** The adjoint of `toScratch`. */
// @ts-ignore: decorator
@inline
function spreadScratch(from: usize, m: usize, mStep: usize): void {
  spread(at(from), at(from + 16), at(from + 32), at(from + 48), m, mStep);
}

/**
 * The points of 5×5 input tiles, Bᵀ d B.
 *
 * @param corners   u32 [tiles]: bytes from `image` to each tile's first pixel
 * @param rowBytes  bytes from one row of pixels to the next
 * @param channels  input channels, a multiple of 4; also the floats from one pixel to the next
 * @param points    [25][tiles, channels]
 */
export function winograd2x2Input(
  image: usize, corners: usize, tiles: i32, rowBytes: usize, channels: i32, points: usize, pointBytes: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let t = 0; t < tiles; t++) {
    const tile = image + load<u32>(corners + <usize>t * 4);
    for (let c: usize = 0; c < pixel; c += 16) {
      const d = tile + c, v = points + c;
      toPoints(d, pixel, scratch, 16);
      toPoints(d + rowBytes, pixel, scratch + 80, 16);
      toPoints(d + 2 * rowBytes, pixel, scratch + 160, 16);
      toPoints(d + 3 * rowBytes, pixel, scratch + 240, 16);
      toPoints(d + 4 * rowBytes, pixel, scratch + 320, 16);
      toPoints(scratch, 80, v, 5 * pointBytes);
      toPoints(scratch + 16, 80, v + pointBytes, 5 * pointBytes);
      toPoints(scratch + 32, 80, v + 2 * pointBytes, 5 * pointBytes);
      toPoints(scratch + 48, 80, v + 3 * pointBytes, 5 * pointBytes);
      toPoints(scratch + 64, 80, v + 4 * pointBytes, 5 * pointBytes);
    }
    points += pixel;
  }
}

/** Adds the gradients of 5×5 tiles, B · ∂L/∂points · Bᵀ, tile by tile. */
export function winograd2x2InputGradient(
  points: usize, pointBytes: usize, tiles: i32, channels: i32, image: usize, corners: usize, rowBytes: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let t = 0; t < tiles; t++) {
    const tile = image + load<u32>(corners + <usize>t * 4);
    for (let c: usize = 0; c < pixel; c += 16) {
      const v = points + c, d = tile + c;
      fromPoints(v, 5 * pointBytes, scratch, 80, false);
      fromPoints(v + pointBytes, 5 * pointBytes, scratch + 16, 80, false);
      fromPoints(v + 2 * pointBytes, 5 * pointBytes, scratch + 32, 80, false);
      fromPoints(v + 3 * pointBytes, 5 * pointBytes, scratch + 48, 80, false);
      fromPoints(v + 4 * pointBytes, 5 * pointBytes, scratch + 64, 80, false);
      fromPoints(scratch, 16, d, pixel, true);
      fromPoints(scratch + 80, 16, d + rowBytes, pixel, true);
      fromPoints(scratch + 160, 16, d + 2 * rowBytes, pixel, true);
      fromPoints(scratch + 240, 16, d + 3 * rowBytes, pixel, true);
      fromPoints(scratch + 320, 16, d + 4 * rowBytes, pixel, true);
    }
    points += pixel;
  }
}

/**
 * The 4×4 outputs of tiles, Aᵀ · points · A + bias.
 *
 * @param points    [25][tiles, channels]
 * @param channels  output channels, a multiple of 4
 * @param rows      u32 [tiles, 16]: bytes from y to each output's row of channels, tile row by tile row
 * @param beyond    a row that takes the outputs beyond the map
 */
export function winograd2x2Output(
  points: usize, pointBytes: usize, tiles: i32, channels: i32, bias: usize, y: usize, rows: usize, beyond: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let t = 0; t < tiles; t++) {
    findOutputs(y, rows + <usize>t * 64, beyond, 16, outputs);
    for (let c: usize = 0; c < pixel; c += 16) {
      const m = points + c;
      toScratch(m, pointBytes, scratch);
      toScratch(m + 5 * pointBytes, pointBytes, scratch + 64);
      toScratch(m + 10 * pointBytes, pointBytes, scratch + 128);
      toScratch(m + 15 * pointBytes, pointBytes, scratch + 192);
      toScratch(m + 20 * pointBytes, pointBytes, scratch + 256);
      const start = at(bias + c);
      toRows(scratch, start, outputs, c);
      toRows(scratch + 16, start, outputs + 4, c);
      toRows(scratch + 32, start, outputs + 8, c);
      toRows(scratch + 48, start, outputs + 12, c);
    }
    points += pixel;
  }
}

/** The gradients of tiles' points, A · ∂L/∂y · Aᵀ; the row `beyond` holds zeros. */
export function winograd2x2OutputGradient(
  yGradient: usize, rows: usize, beyond: usize, tiles: i32, channels: i32, points: usize, pointBytes: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let t = 0; t < tiles; t++) {
    findOutputs(yGradient, rows + <usize>t * 64, beyond, 16, outputs);
    for (let c: usize = 0; c < pixel; c += 16) {
      spreadRows(outputs, c, scratch);
      spreadRows(outputs + 4, c, scratch + 16);
      spreadRows(outputs + 8, c, scratch + 32);
      spreadRows(outputs + 12, c, scratch + 48);
      const m = points + c;
      spreadScratch(scratch, m, pointBytes);
      spreadScratch(scratch + 64, m + 5 * pointBytes, pointBytes);
      spreadScratch(scratch + 128, m + 10 * pointBytes, pointBytes);
      spreadScratch(scratch + 192, m + 15 * pointBytes, pointBytes);
      spreadScratch(scratch + 256, m + 20 * pointBytes, pointBytes);
    }
    points += pixel;
  }
}

/**
 * The points of the weights, G g Gᵀ, packed for `gemm`: `[outputs/8][channels][8]` for each point.
 *
 * @param weights     `[outputs/8][rows][8]`, row (2·ky + kx) · channels + c holding the weights of tap (ky, kx)
 * @param panelBytes  bytes of one panel of `weights`
 * @param panels      outputs / 8
 */
export function winograd2x2Weights(
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
export function winograd2x2WeightsGradient(
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
