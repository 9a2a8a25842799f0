import {
  at, findOutputs, inFirstColumn, inFirstRow, inSecondColumn, inSecondRow, minus, plus, put, rowStep, times,
} from "./winograd-tiles";

/**
 * Winograd's F(4×4, 2×2) (Lavin & Gray 2016): 4×4 outputs of a 2×2 convolution from a 5×5 input tile with 25
 * products for each pair of channels instead of 64. In one dimension, with the points 2, 0, 1, −1 and ∞,
 *
 *   y = Aᵀ · ((G g) ⊙ (Bᵀ d)),  d: 5 inputs, g: 2 weights, y: 4 outputs
 *
 *        ⎡ 1  1  1  1  0 ⎤        ⎡  1/6   1/3 ⎤         ⎡ 0 −1  0  1  0 ⎤
 *   Aᵀ = ⎢ 2  0  1 −1  0 ⎥    G = ⎢  1/2    0  ⎥    Bᵀ = ⎢ 2 −1 −2  1  0 ⎥
 *        ⎢ 4  0  1  1  0 ⎥        ⎢ −1/2 −1/2  ⎥         ⎢ 0 −2 −1  1  0 ⎥
 *        ⎣ 8  0  1 −1  1 ⎦        ⎢ −1/6  1/6  ⎥         ⎢ 0  2 −3  1  0 ⎥
 *                                 ⎣   0    1   ⎦         ⎣ 0  2 −1 −2  1 ⎦
 *
 * A tile may also have 3 outputs along a side, from 4 inputs. It has the points but 2, and the weights' points are the same:
 *
 *        ⎡ 1  1  1  0 ⎤         ⎡ 2  0 −2  0 ⎤
 *   Aᵀ = ⎢ 0  1 −1  0 ⎥    Bᵀ = ⎢ 0 −1 −1  0 ⎥
 *        ⎣ 0  1  1  1 ⎦         ⎢ 0  3 −3  0 ⎥
 *                               ⎣ 0 −1  0  1 ⎦
 *
 * and in two dimensions, the same along rows and then columns. A tile is `tall` where it has 4 rows of outputs and `wide` where it
 * has 4 columns, else it has 3. The products are left to `gemm`, one matrix for each of the 25 points. Gradients pass through
 * the transposed matrices: each `…Gradient` here is the exact adjoint of its namesake.
 *
 * The points of a tile lie `pointBytes` apart; the caller keeps that off powers of two, where they would share cache sets.
 *
 * Both dimensions are written out, without loops: V8 then addresses the results of the first by constants. A whole convolution took
 * 2–7% less time than with loops, the more the fewer channels it had.
 */

/** Results of the first dimension: up to 5×5 vectors. */
const scratch: usize = memory.data(25 * 16, 16);

/** Where the 16 outputs of a tile lie, four to a row. */
const outputs: usize = memory.data(16 * 4, 16);

/** The points that all sides have. */
// @ts-ignore: decorator
@inline
const N: usize = 4;

/** v = Bᵀ d: the first point at v0, the others from v on. `full` is tall or wide. */
// @ts-ignore: decorator
@inline
function toPoints(full: bool, d: usize, dStep: usize, v0: usize, v: usize, vStep: usize): void {
  const d0 = at(d), d1 = at(d + dStep), d2 = at(d + 2 * dStep), d3 = at(d + 3 * dStep);
  if (full) {
    const d4 = at(d + 4 * dStep), twice = times(2, minus(d1, d3));
    v128.store(v0, minus(d3, d1));
    v128.store(v, plus(minus(times(2, minus(d0, d2)), d1), d3));
    v128.store(v + vStep, minus(minus(d3, d2), times(2, d1)));
    v128.store(v + 2 * vStep, minus(plus(times(2, d1), d3), times(3, d2)));
    v128.store(v + 3 * vStep, plus(minus(twice, d2), d4));
  } else {
    v128.store(v, times(2, minus(d0, d2)));
    v128.store(v + vStep, times(-1, plus(d1, d2)));
    v128.store(v + 2 * vStep, times(3, minus(d1, d2)));
    v128.store(v + 3 * vStep, minus(d3, d1));
  }
}

/** d = B v, or d += B v. */
// @ts-ignore: decorator
@inline
function fromPoints(full: bool, v0: usize, v: usize, vStep: usize, d: usize, dStep: usize, add: bool): void {
  const v1 = at(v), v2 = at(v + vStep), v3 = at(v + 2 * vStep), v4 = at(v + 3 * vStep);
  put(d, times(2, v1), add);
  if (full) {
    const first = at(v0), twice = times(2, v4);
    put(d + dStep, minus(plus(times(2, minus(v3, v2)), twice), plus(v1, first)), add);
    put(d + 2 * dStep, minus(minus(minus(times(-2, v1), v2), times(3, v3)), v4), add);
    put(d + 3 * dStep, minus(plus(plus(v1, v2), plus(v3, first)), twice), add);
    put(d + 4 * dStep, v4, add);
  } else {
    const third = times(3, v3);
    put(d + dStep, minus(minus(third, v2), v4), add);
    put(d + 2 * dStep, minus(minus(times(-2, v1), v2), third), add);
    put(d + 3 * dStep, v4, add);
  }
}

/** y = start + Aᵀ m, without the start where not `started`; y3 only of a full side. */
// @ts-ignore: decorator
@inline
function toOutputs(
  full: bool, m0: usize, m: usize, mStep: usize, start: v128, started: bool, y0: usize, y1: usize, y2: usize, y3: usize,
): void {
  const m1 = at(m), m2 = at(m + mStep), m3 = at(m + 2 * mStep), m4 = at(m + 3 * mStep);
  const sum = plus(m2, m3), difference = minus(m2, m3);
  let first = plus(m1, sum), second = difference, third = plus(sum, m4);
  if (full) {
    const m = at(m0);
    first = plus(first, m);
    second = plus(difference, times(2, m));
    third = plus(sum, times(4, m));
    const fourth = plus(plus(difference, times(8, m)), m4);
    v128.store(y3, started ? plus(start, fourth) : fourth);
  }
  v128.store(y0, started ? plus(start, first) : first);
  v128.store(y1, started ? plus(start, second) : second);
  v128.store(y2, started ? plus(start, third) : third);
}

/** m = A y; y3 only of a full side. */
// @ts-ignore: decorator
@inline
function spread(full: bool, y0: usize, y1: usize, y2: usize, y3: usize, m0: usize, m: usize, mStep: usize): void {
  const first = at(y0), second = at(y1), third = at(y2);
  let odd = second, last = third;
  if (full) {
    last = at(y3);
    odd = plus(second, last);
    v128.store(m0, plus(plus(first, times(2, second)), plus(times(4, third), times(8, last))));
  }
  const even = plus(first, third);
  v128.store(m, first);
  v128.store(m + mStep, plus(even, odd));
  v128.store(m + 2 * mStep, minus(even, odd));
  v128.store(m + 3 * mStep, last);
}

/** u = G g: the first point at u0, the others from u on. */
// @ts-ignore: decorator
@inline
function expand(g0: v128, g1: v128, u0: usize, u: usize, uStep: usize): void {
  v128.store(u0, times(1.0 / 6.0, plus(g0, times(2, g1))));
  v128.store(u, times(0.5, g0));
  v128.store(u + uStep, times(-0.5, plus(g0, g1)));
  v128.store(u + 2 * uStep, times(1.0 / 6.0, minus(g1, g0)));
  v128.store(u + 3 * uStep, g1);
}

/** g = Gᵀ u, or g += Gᵀ u. */
// @ts-ignore: decorator
@inline
function contract(uFirst: usize, u: usize, uStep: usize, g: usize, gStep: usize, add: bool): void {
  const u0 = at(uFirst), u1 = at(u), u2 = at(u + uStep), u3 = at(u + 2 * uStep), u4 = at(u + 3 * uStep);
  put(g, plus(times(0.5, minus(u1, u2)), times(1.0 / 6.0, minus(u0, u3))), add);
  put(g + gStep, plus(plus(times(-0.5, u2), times(1.0 / 6.0, u3)), plus(times(1.0 / 3.0, u0), u4)), add);
}

/** Along x: row r of a tile's inputs to scratch. */
// @ts-ignore: decorator
@inline
function seeRow(wide: bool, d: usize, pixel: usize, r: usize): void {
  toPoints(wide, d, pixel, scratch + 80 * r, scratch + 80 * r + 16, 16);
}

/** Along y: column j of scratch to the points (i, j). */
// @ts-ignore: decorator
@inline
function seeColumn(tall: bool, j: usize, v: usize, pointBytes: usize): void {
  toPoints(
    tall, scratch + 16 * j, 80,
    v + inFirstRow(j) * pointBytes, v + inSecondRow(N, j) * pointBytes, rowStep(N, j) * pointBytes,
  );
}

// @ts-ignore: decorator
@inline
function see(
  tall: bool, wide: bool,
  image: usize, corners: usize, tiles: i32, rowBytes: usize, channels: i32, points: usize, pointBytes: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let t = 0; t < tiles; t++) {
    const tile = image + load<u32>(corners + <usize>t * 4);
    for (let c: usize = 0; c < pixel; c += 16) {
      const d = tile + c, v = points + c;
      seeRow(wide, d, pixel, 0);
      seeRow(wide, d + rowBytes, pixel, 1);
      seeRow(wide, d + 2 * rowBytes, pixel, 2);
      seeRow(wide, d + 3 * rowBytes, pixel, 3);
      if (tall) seeRow(wide, d + 4 * rowBytes, pixel, 4);
      if (wide) seeColumn(tall, 0, v, pointBytes);
      seeColumn(tall, 1, v, pointBytes);
      seeColumn(tall, 2, v, pointBytes);
      seeColumn(tall, 3, v, pointBytes);
      seeColumn(tall, 4, v, pointBytes);
    }
    points += pixel;
  }
}

/**
 * The points of input tiles, Bᵀ d B.
 *
 * @param corners   u32 [tiles]: bytes from `image` to each tile's first pixel
 * @param rowBytes  bytes from one row of pixels to the next
 * @param channels  input channels, a multiple of 4; also the floats from one pixel to the next
 * @param points    [25][tiles, channels]
 */
export function winograd2x2Input(
  image: usize, corners: usize, tiles: i32, rowBytes: usize, channels: i32, points: usize, pointBytes: usize,
  tall: bool, wide: bool,
): void {
  if (tall) {
    if (wide) see(true, true, image, corners, tiles, rowBytes, channels, points, pointBytes);
    else see(true, false, image, corners, tiles, rowBytes, channels, points, pointBytes);
  } else if (wide) see(false, true, image, corners, tiles, rowBytes, channels, points, pointBytes);
  else see(false, false, image, corners, tiles, rowBytes, channels, points, pointBytes);
}

/** The adjoint of `seeColumn`. */
// @ts-ignore: decorator
@inline
function unseeColumn(tall: bool, j: usize, v: usize, pointBytes: usize): void {
  fromPoints(
    tall, v + inFirstRow(j) * pointBytes, v + inSecondRow(N, j) * pointBytes, rowStep(N, j) * pointBytes,
    scratch + 16 * j, 80, false,
  );
}

/** The adjoint of `seeRow`, which adds. */
// @ts-ignore: decorator
@inline
function unseeRow(wide: bool, r: usize, d: usize, pixel: usize): void {
  fromPoints(wide, scratch + 80 * r, scratch + 80 * r + 16, 16, d, pixel, true);
}

// @ts-ignore: decorator
@inline
function unsee(
  tall: bool, wide: bool,
  points: usize, pointBytes: usize, tiles: i32, channels: i32, image: usize, corners: usize, rowBytes: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let t = 0; t < tiles; t++) {
    const tile = image + load<u32>(corners + <usize>t * 4);
    for (let c: usize = 0; c < pixel; c += 16) {
      const v = points + c, d = tile + c;
      if (wide) unseeColumn(tall, 0, v, pointBytes);
      unseeColumn(tall, 1, v, pointBytes);
      unseeColumn(tall, 2, v, pointBytes);
      unseeColumn(tall, 3, v, pointBytes);
      unseeColumn(tall, 4, v, pointBytes);
      unseeRow(wide, 0, d, pixel);
      unseeRow(wide, 1, d + rowBytes, pixel);
      unseeRow(wide, 2, d + 2 * rowBytes, pixel);
      unseeRow(wide, 3, d + 3 * rowBytes, pixel);
      if (tall) unseeRow(wide, 4, d + 4 * rowBytes, pixel);
    }
    points += pixel;
  }
}

/** Adds the gradients of input tiles, B · ∂L/∂points · Bᵀ, tile by tile. */
export function winograd2x2InputGradient(
  points: usize, pointBytes: usize, tiles: i32, channels: i32, image: usize, corners: usize, rowBytes: usize,
  tall: bool, wide: bool,
): void {
  if (tall) {
    if (wide) unsee(true, true, points, pointBytes, tiles, channels, image, corners, rowBytes);
    else unsee(true, false, points, pointBytes, tiles, channels, image, corners, rowBytes);
  } else if (wide) unsee(false, true, points, pointBytes, tiles, channels, image, corners, rowBytes);
  else unsee(false, false, points, pointBytes, tiles, channels, image, corners, rowBytes);
}

/** Along x: the points (i, ·) to a row of scratch, four vectors to a row. */
// @ts-ignore: decorator
@inline
function foldRow(wide: bool, i: usize, m: usize, pointBytes: usize): void {
  const to = scratch + 64 * i;
  toOutputs(
    wide, m + inFirstColumn(N, i) * pointBytes, m + inSecondColumn(N, i) * pointBytes, pointBytes,
    f32x4.splat(0), false, to, to + 16, to + 32, to + 48,
  );
}

/** Along y: column x of scratch to the outputs. */
// @ts-ignore: decorator
@inline
function foldColumn(tall: bool, x: usize, start: v128, c: usize): void {
  const column = outputs + 4 * x;
  toOutputs(
    tall, scratch + 16 * x, scratch + 16 * x + 64, 64, start, true,
    c + load<u32>(column), c + load<u32>(column, 16), c + load<u32>(column, 32), c + load<u32>(column, 48),
  );
}

// @ts-ignore: decorator
@inline
function fold(
  tall: bool, wide: bool,
  points: usize, pointBytes: usize, tiles: i32, channels: i32, bias: usize, y: usize, rows: usize, beyond: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let t = 0; t < tiles; t++) {
    findOutputs(y, rows + <usize>t * 64, beyond, 16, outputs);
    for (let c: usize = 0; c < pixel; c += 16) {
      const m = points + c;
      if (tall) foldRow(wide, 0, m, pointBytes);
      foldRow(wide, 1, m, pointBytes);
      foldRow(wide, 2, m, pointBytes);
      foldRow(wide, 3, m, pointBytes);
      foldRow(wide, 4, m, pointBytes);
      const start = at(bias + c);
      foldColumn(tall, 0, start, c);
      foldColumn(tall, 1, start, c);
      foldColumn(tall, 2, start, c);
      if (wide) foldColumn(tall, 3, start, c);
    }
    points += pixel;
  }
}

/**
 * The outputs of tiles, Aᵀ · points · A + bias.
 *
 * @param points    [25][tiles, channels]
 * @param channels  output channels, a multiple of 4
 * @param rows      u32 [tiles, 4, 4]: bytes from y to each output's row of channels, tile row by tile row
 * @param beyond    a row that takes the outputs beyond the map
 */
export function winograd2x2Output(
  points: usize, pointBytes: usize, tiles: i32, channels: i32, bias: usize, y: usize, rows: usize, beyond: usize,
  tall: bool, wide: bool,
): void {
  if (tall) {
    if (wide) fold(true, true, points, pointBytes, tiles, channels, bias, y, rows, beyond);
    else fold(true, false, points, pointBytes, tiles, channels, bias, y, rows, beyond);
  } else if (wide) fold(false, true, points, pointBytes, tiles, channels, bias, y, rows, beyond);
  else fold(false, false, points, pointBytes, tiles, channels, bias, y, rows, beyond);
}

/** The adjoint of `foldColumn`. */
// @ts-ignore: decorator
@inline
function unfoldColumn(tall: bool, x: usize, c: usize): void {
  const column = outputs + 4 * x;
  spread(
    tall, c + load<u32>(column), c + load<u32>(column, 16), c + load<u32>(column, 32), c + load<u32>(column, 48),
    scratch + 16 * x, scratch + 16 * x + 64, 64,
  );
}

/** The adjoint of `foldRow`. */
// @ts-ignore: decorator
@inline
function unfoldRow(wide: bool, i: usize, m: usize, pointBytes: usize): void {
  const from = scratch + 64 * i;
  spread(
    wide, from, from + 16, from + 32, from + 48,
    m + inFirstColumn(N, i) * pointBytes, m + inSecondColumn(N, i) * pointBytes, pointBytes,
  );
}

// @ts-ignore: decorator
@inline
function unfold(
  tall: bool, wide: bool,
  yGradient: usize, rows: usize, beyond: usize, tiles: i32, channels: i32, points: usize, pointBytes: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let t = 0; t < tiles; t++) {
    findOutputs(yGradient, rows + <usize>t * 64, beyond, 16, outputs);
    for (let c: usize = 0; c < pixel; c += 16) {
      unfoldColumn(tall, 0, c);
      unfoldColumn(tall, 1, c);
      unfoldColumn(tall, 2, c);
      if (wide) unfoldColumn(tall, 3, c);
      const m = points + c;
      if (tall) unfoldRow(wide, 0, m, pointBytes);
      unfoldRow(wide, 1, m, pointBytes);
      unfoldRow(wide, 2, m, pointBytes);
      unfoldRow(wide, 3, m, pointBytes);
      unfoldRow(wide, 4, m, pointBytes);
    }
    points += pixel;
  }
}

/** The gradients of tiles' points, A · ∂L/∂y · Aᵀ; the row `beyond` holds zeros. */
export function winograd2x2OutputGradient(
  yGradient: usize, rows: usize, beyond: usize, tiles: i32, channels: i32, points: usize, pointBytes: usize,
  tall: bool, wide: bool,
): void {
  if (tall) {
    if (wide) unfold(true, true, yGradient, rows, beyond, tiles, channels, points, pointBytes);
    else unfold(true, false, yGradient, rows, beyond, tiles, channels, points, pointBytes);
  } else if (wide) unfold(false, true, yGradient, rows, beyond, tiles, channels, points, pointBytes);
  else unfold(false, false, yGradient, rows, beyond, tiles, channels, points, pointBytes);
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
      expand(at(from), at(from + tap), scratch, scratch + 16, 16);
      expand(at(from + 2 * tap), at(from + 3 * tap), scratch + 80, scratch + 96, 16);
      for (let j: usize = 0; j < 5; j++) {
        const column = scratch + j * 16, u = points + w;
        expand(
          at(column), at(column + 80),
          u + inFirstRow(j) * pointBytes, u + inSecondRow(N, j) * pointBytes, rowStep(N, j) * pointBytes,
        );
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
      for (let j: usize = 0; j < 5; j++) {
        const u = points + w;
        contract(
          u + inFirstRow(j) * pointBytes, u + inSecondRow(N, j) * pointBytes, rowStep(N, j) * pointBytes,
          scratch + j * 16, 80, false,
        );
      }
      for (let i = 0; i < 2; i++) {
        const row = scratch + <usize>i * 80;
        contract(row, row + 16, 16, weights + w + <usize>(2 * i) * tap, tap, true);
      }
    }
    weights += panelBytes;
    points += tap;
  }
}
