import { addTimes, at, findOutputs, minus, plus, times } from "./winograd-tiles";

/**
 * Winograd's F(4×4, 3×3) (Lavin & Gray 2016): 4×4 outputs of a 3×3 convolution from a 6×6 input tile with 36 products
 * for each pair of channels instead of 144. In one dimension,
 *
 *   y = Aᵀ · ((G g) ⊙ (Bᵀ d)),  d: 6 inputs, g: 3 weights, y: 4 outputs
 *
 * Lavin and Gray take the points 0, ±1, ±2 and ∞. Here they are 0, ±3/4, ±3/2 and ∞, which halve the rounding errors:
 *
 *        ⎡ 1    1      1      1      1    0 ⎤        ⎡   64/81    0      0   ⎤
 *   Aᵀ = ⎢ 0   3/4   −3/4    3/2   −3/2   0 ⎥    G = ⎢ −128/243 −32/81 −8/27 ⎥
 *        ⎢ 0   9/16   9/16   9/4    9/4   0 ⎥        ⎢ −128/243  32/81 −8/27 ⎥
 *        ⎣ 0  27/64 −27/64  27/8  −27/8   1 ⎦        ⎢   32/243  16/81  8/27 ⎥
 *                                                    ⎢   32/243 −16/81  8/27 ⎥
 *        ⎡ 81/64    0    −45/16    0     1  0 ⎤      ⎣     0      0      1   ⎦
 *        ⎢   0   −27/16   −9/4    3/4    1  0 ⎥
 *   Bᵀ = ⎢   0    27/16   −9/4   −3/4    1  0 ⎥
 *        ⎢   0   −27/32   −9/16   3/2    1  0 ⎥
 *        ⎢   0    27/32   −9/16  −3/2    1  0 ⎥
 *        ⎣   0    81/64     0   −45/16   0  1 ⎦
 *
 * and in two, the same along rows and then columns. The rest is as in `winograd-2x2.ts`, with 36 points: the products are
 * left to `gemm`, and each `…Gradient` is the exact adjoint of its namesake.
 */

/** Results of the first dimension: up to 6×6 vectors. */
const scratch: usize = memory.data(36 * 16, 16);

/** Where the 16 outputs of a tile lie. */
const outputs: usize = memory.data(16 * 4, 16);

/** v = Bᵀ d. */
// @ts-ignore: decorator
@inline
function toPoints(d: usize, dStep: usize, v: usize, vStep: usize): void {
  const d0 = at(d), d1 = at(d + dStep), d2 = at(d + 2 * dStep);
  const d3 = at(d + 3 * dStep), d4 = at(d + 4 * dStep), d5 = at(d + 5 * dStep);
  v128.store(v, addTimes(81.0 / 64.0, d0, addTimes(-45.0 / 16.0, d2, d4)));
  const even = addTimes(-9.0 / 4.0, d2, d4), odd = times(3.0 / 4.0, addTimes(-9.0 / 4.0, d1, d3));
  v128.store(v + vStep, plus(even, odd));
  v128.store(v + 2 * vStep, minus(even, odd));
  const even2 = addTimes(-9.0 / 16.0, d2, d4), odd2 = times(3.0 / 2.0, addTimes(-9.0 / 16.0, d1, d3));
  v128.store(v + 3 * vStep, plus(even2, odd2));
  v128.store(v + 4 * vStep, minus(even2, odd2));
  v128.store(v + 5 * vStep, addTimes(81.0 / 64.0, d1, addTimes(-45.0 / 16.0, d3, d5)));
}

/** d = B v, or d += B v. */
// @ts-ignore: decorator
@inline
function fromPoints(v: usize, vStep: usize, d: usize, dStep: usize, add: bool): void {
  const v0 = at(v), v1 = at(v + vStep), v2 = at(v + 2 * vStep);
  const v3 = at(v + 3 * vStep), v4 = at(v + 4 * vStep), v5 = at(v + 5 * vStep);
  const even = plus(v1, v2), odd = minus(v1, v2), even2 = plus(v3, v4), odd2 = minus(v3, v4);
  let d0 = times(81.0 / 64.0, v0);
  let d1 = addTimes(81.0 / 64.0, v5, addTimes(-27.0 / 16.0, odd, times(-27.0 / 32.0, odd2)));
  let d2 = addTimes(-45.0 / 16.0, v0, addTimes(-9.0 / 4.0, even, times(-9.0 / 16.0, even2)));
  let d3 = addTimes(-45.0 / 16.0, v5, addTimes(3.0 / 4.0, odd, times(3.0 / 2.0, odd2)));
  let d4 = plus(v0, plus(even, even2));
  let d5 = v5;
  if (add) {
    d0 = plus(d0, at(d));
    d1 = plus(d1, at(d + dStep));
    d2 = plus(d2, at(d + 2 * dStep));
    d3 = plus(d3, at(d + 3 * dStep));
    d4 = plus(d4, at(d + 4 * dStep));
    d5 = plus(d5, at(d + 5 * dStep));
  }
  v128.store(d, d0);
  v128.store(d + dStep, d1);
  v128.store(d + 2 * dStep, d2);
  v128.store(d + 3 * dStep, d3);
  v128.store(d + 4 * dStep, d4);
  v128.store(d + 5 * dStep, d5);
}

/** y = start + Aᵀ m, without the start where not `started`. */
// @ts-ignore: decorator
@inline
function toOutputs(
  m: usize, mStep: usize, start: v128, started: bool, y0: usize, y1: usize, y2: usize, y3: usize,
): void {
  const m0 = at(m), m1 = at(m + mStep), m2 = at(m + 2 * mStep);
  const m3 = at(m + 3 * mStep), m4 = at(m + 4 * mStep), m5 = at(m + 5 * mStep);
  const even = plus(m1, m2), odd = minus(m1, m2), even2 = plus(m3, m4), odd2 = minus(m3, m4);
  const first = plus(m0, plus(even, even2));
  const second = addTimes(3.0 / 4.0, odd, times(3.0 / 2.0, odd2));
  const third = addTimes(9.0 / 16.0, even, times(9.0 / 4.0, even2));
  const fourth = addTimes(27.0 / 64.0, odd, addTimes(27.0 / 8.0, odd2, m5));
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
  v128.store(m, y0);
  const even = addTimes(9.0 / 16.0, y2, y0), odd = addTimes(3.0 / 4.0, y1, times(27.0 / 64.0, y3));
  v128.store(m + mStep, plus(even, odd));
  v128.store(m + 2 * mStep, minus(even, odd));
  const even2 = addTimes(9.0 / 4.0, y2, y0), odd2 = addTimes(3.0 / 2.0, y1, times(27.0 / 8.0, y3));
  v128.store(m + 3 * mStep, plus(even2, odd2));
  v128.store(m + 4 * mStep, minus(even2, odd2));
  v128.store(m + 5 * mStep, y3);
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

/** u = G g. */
// @ts-ignore: decorator
@inline
function expand(g0: v128, g1: v128, g2: v128, u: usize, uStep: usize): void {
  v128.store(u, times(64.0 / 81.0, g0));
  const even = addTimes(-128.0 / 243.0, g0, times(-8.0 / 27.0, g2)), odd = times(-32.0 / 81.0, g1);
  v128.store(u + uStep, plus(even, odd));
  v128.store(u + 2 * uStep, minus(even, odd));
  const even2 = addTimes(32.0 / 243.0, g0, times(8.0 / 27.0, g2)), odd2 = times(16.0 / 81.0, g1);
  v128.store(u + 3 * uStep, plus(even2, odd2));
  v128.store(u + 4 * uStep, minus(even2, odd2));
  v128.store(u + 5 * uStep, g2);
}

/** g = Gᵀ u, or g += Gᵀ u. */
// @ts-ignore: decorator
@inline
function contract(u: usize, uStep: usize, g: usize, gStep: usize, add: bool): void {
  const u0 = at(u), u1 = at(u + uStep), u2 = at(u + 2 * uStep);
  const u3 = at(u + 3 * uStep), u4 = at(u + 4 * uStep), u5 = at(u + 5 * uStep);
  const even = plus(u1, u2), odd = minus(u1, u2), even2 = plus(u3, u4), odd2 = minus(u3, u4);
  let g0 = addTimes(64.0 / 81.0, u0, addTimes(-128.0 / 243.0, even, times(32.0 / 243.0, even2)));
  let g1 = addTimes(-32.0 / 81.0, odd, times(16.0 / 81.0, odd2));
  let g2 = addTimes(8.0 / 27.0, minus(even2, even), u5);
  if (add) {
    g0 = plus(g0, at(g));
    g1 = plus(g1, at(g + gStep));
    g2 = plus(g2, at(g + 2 * gStep));
  }
  v128.store(g, g0);
  v128.store(g + gStep, g1);
  v128.store(g + 2 * gStep, g2);
}

/** The points of 6×6 input tiles, Bᵀ d B; parameters as in `winograd2x2Input`. */
export function winograd3x3Input(
  image: usize, corners: usize, tiles: i32, rowBytes: usize, channels: i32, points: usize, pointBytes: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let t = 0; t < tiles; t++) {
    const tile = image + load<u32>(corners + <usize>t * 4);
    for (let c: usize = 0; c < pixel; c += 16) {
      const d = tile + c, v = points + c;
      toPoints(d, pixel, scratch, 16);
      toPoints(d + rowBytes, pixel, scratch + 96, 16);
      toPoints(d + 2 * rowBytes, pixel, scratch + 192, 16);
      toPoints(d + 3 * rowBytes, pixel, scratch + 288, 16);
      toPoints(d + 4 * rowBytes, pixel, scratch + 384, 16);
      toPoints(d + 5 * rowBytes, pixel, scratch + 480, 16);
      toPoints(scratch, 96, v, 6 * pointBytes);
      toPoints(scratch + 16, 96, v + pointBytes, 6 * pointBytes);
      toPoints(scratch + 32, 96, v + 2 * pointBytes, 6 * pointBytes);
      toPoints(scratch + 48, 96, v + 3 * pointBytes, 6 * pointBytes);
      toPoints(scratch + 64, 96, v + 4 * pointBytes, 6 * pointBytes);
      toPoints(scratch + 80, 96, v + 5 * pointBytes, 6 * pointBytes);
    }
    points += pixel;
  }
}

/** Adds the gradients of 6×6 tiles, B · ∂L/∂points · Bᵀ, tile by tile. */
export function winograd3x3InputGradient(
  points: usize, pointBytes: usize, tiles: i32, channels: i32, image: usize, corners: usize, rowBytes: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let t = 0; t < tiles; t++) {
    const tile = image + load<u32>(corners + <usize>t * 4);
    for (let c: usize = 0; c < pixel; c += 16) {
      const v = points + c, d = tile + c;
      fromPoints(v, 6 * pointBytes, scratch, 96, false);
      fromPoints(v + pointBytes, 6 * pointBytes, scratch + 16, 96, false);
      fromPoints(v + 2 * pointBytes, 6 * pointBytes, scratch + 32, 96, false);
      fromPoints(v + 3 * pointBytes, 6 * pointBytes, scratch + 48, 96, false);
      fromPoints(v + 4 * pointBytes, 6 * pointBytes, scratch + 64, 96, false);
      fromPoints(v + 5 * pointBytes, 6 * pointBytes, scratch + 80, 96, false);
      fromPoints(scratch, 16, d, pixel, true);
      fromPoints(scratch + 96, 16, d + rowBytes, pixel, true);
      fromPoints(scratch + 192, 16, d + 2 * rowBytes, pixel, true);
      fromPoints(scratch + 288, 16, d + 3 * rowBytes, pixel, true);
      fromPoints(scratch + 384, 16, d + 4 * rowBytes, pixel, true);
      fromPoints(scratch + 480, 16, d + 5 * rowBytes, pixel, true);
    }
    points += pixel;
  }
}

/** The 4×4 outputs of tiles, Aᵀ · points · A + bias; parameters as in `winograd2x2Output`. */
export function winograd3x3Output(
  points: usize, pointBytes: usize, tiles: i32, channels: i32, bias: usize, y: usize, rows: usize, beyond: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let t = 0; t < tiles; t++) {
    findOutputs(y, rows + <usize>t * 64, beyond, 16, outputs);
    for (let c: usize = 0; c < pixel; c += 16) {
      const m = points + c;
      toScratch(m, pointBytes, scratch);
      toScratch(m + 6 * pointBytes, pointBytes, scratch + 64);
      toScratch(m + 12 * pointBytes, pointBytes, scratch + 128);
      toScratch(m + 18 * pointBytes, pointBytes, scratch + 192);
      toScratch(m + 24 * pointBytes, pointBytes, scratch + 256);
      toScratch(m + 30 * pointBytes, pointBytes, scratch + 320);
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
export function winograd3x3OutputGradient(
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
      spreadScratch(scratch + 64, m + 6 * pointBytes, pointBytes);
      spreadScratch(scratch + 128, m + 12 * pointBytes, pointBytes);
      spreadScratch(scratch + 192, m + 18 * pointBytes, pointBytes);
      spreadScratch(scratch + 256, m + 24 * pointBytes, pointBytes);
      spreadScratch(scratch + 320, m + 30 * pointBytes, pointBytes);
    }
    points += pixel;
  }
}

/** The points of the weights, G g Gᵀ, packed for `gemm`; parameters as in `winograd2x2Weights`. */
export function winograd3x3Weights(
  weights: usize, panelBytes: usize, panels: i32, channels: i32, points: usize, pointBytes: usize,
): void {
  const tap = <usize>channels * 32;
  for (let panel = 0; panel < panels; panel++) {
    for (let w: usize = 0; w < tap; w += 16) {
      for (let i = 0; i < 3; i++) {
        const from = weights + w + <usize>(3 * i) * tap;
        expand(at(from), at(from + tap), at(from + 2 * tap), scratch + <usize>i * 96, 16);
      }
      for (let j = 0; j < 6; j++) {
        const column = scratch + <usize>j * 16;
        expand(at(column), at(column + 96), at(column + 192), points + w + <usize>j * pointBytes, 6 * pointBytes);
      }
    }
    weights += panelBytes;
    points += tap;
  }
}

/** Adds the weights' gradient, Gᵀ · points · G, from that of their points. */
export function winograd3x3WeightsGradient(
  points: usize, pointBytes: usize, weights: usize, panelBytes: usize, panels: i32, channels: i32,
): void {
  const tap = <usize>channels * 32;
  for (let panel = 0; panel < panels; panel++) {
    for (let w: usize = 0; w < tap; w += 16) {
      for (let j = 0; j < 6; j++) {
        contract(points + w + <usize>j * pointBytes, 6 * pointBytes, scratch + <usize>j * 16, 96, false);
      }
      for (let i = 0; i < 3; i++) contract(scratch + <usize>i * 96, 16, weights + w + <usize>(3 * i) * tap, tap, true);
    }
    weights += panelBytes;
    points += tap;
  }
}
