import {
  addTimes, at, findOutputs, inFirstColumn, inFirstRow, inSecondColumn, inSecondRow, minus, plus, put, rowStep, times,
} from "./winograd-tiles";

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
 * A tile may also have 3 outputs along a side, from 5 inputs. It has the points but 0, and the weights' points are the same:
 *
 *        ⎡  1     1     1     1   0 ⎤        ⎡ −81/64 −27/16   9/16   3/4  0 ⎤
 *   Aᵀ = ⎢ 3/4  −3/4   3/2  −3/2  0 ⎥        ⎢ −81/64  27/16   9/16  −3/4  0 ⎥
 *        ⎣ 9/16  9/16  9/4   9/4  1 ⎦   Bᵀ = ⎢ −81/64 −27/32   9/4    3/2  0 ⎥
 *                                            ⎢ −81/64  27/32   9/4   −3/2  0 ⎥
 *                                            ⎣  81/64    0   −45/16    0   1 ⎦
 *
 * and in two dimensions, the same along rows and then columns. A tile is `tall` where it has 4 rows of outputs and `wide` where it
 * has 4 columns, else it has 3. The rest is as in `winograd-2x2.ts`: the products are left to `gemm`, and each `…Gradient` is the
 * exact adjoint of its namesake.
 */

/** Results of the first dimension: up to 6×6 vectors. */
const scratch: usize = memory.data(36 * 16, 16);

/** Where the 16 outputs of a tile lie, four to a row. */
const outputs: usize = memory.data(16 * 4, 16);

/** The points that all sides have. */
// @ts-ignore: decorator
@inline
const N: usize = 5;

/** v = Bᵀ d: the first point at v0, the others from v on. `full` is tall or wide. */
// @ts-ignore: decorator
@inline
function toPoints(full: bool, d: usize, dStep: usize, v0: usize, v: usize, vStep: usize): void {
  if (full) {
    const d0 = at(d), d1 = at(d + dStep), d2 = at(d + 2 * dStep);
    const d3 = at(d + 3 * dStep), d4 = at(d + 4 * dStep), d5 = at(d + 5 * dStep);
    v128.store(v0, addTimes(81.0 / 64.0, d0, addTimes(-45.0 / 16.0, d2, d4)));
    const even = addTimes(-9.0 / 4.0, d2, d4), odd = times(3.0 / 4.0, addTimes(-9.0 / 4.0, d1, d3));
    v128.store(v, plus(even, odd));
    v128.store(v + vStep, minus(even, odd));
    const even2 = addTimes(-9.0 / 16.0, d2, d4), odd2 = times(3.0 / 2.0, addTimes(-9.0 / 16.0, d1, d3));
    v128.store(v + 2 * vStep, plus(even2, odd2));
    v128.store(v + 3 * vStep, minus(even2, odd2));
    v128.store(v + 4 * vStep, addTimes(81.0 / 64.0, d1, addTimes(-45.0 / 16.0, d3, d5)));
  } else {
    const d0 = at(d), d1 = at(d + dStep), d2 = at(d + 2 * dStep), d3 = at(d + 3 * dStep), d4 = at(d + 4 * dStep);
    const first = times(-81.0 / 64.0, d0);
    const even = addTimes(9.0 / 16.0, d2, first), odd = times(3.0 / 4.0, addTimes(-9.0 / 4.0, d1, d3));
    v128.store(v, plus(even, odd));
    v128.store(v + vStep, minus(even, odd));
    const even2 = addTimes(9.0 / 4.0, d2, first), odd2 = times(3.0 / 2.0, addTimes(-9.0 / 16.0, d1, d3));
    v128.store(v + 2 * vStep, plus(even2, odd2));
    v128.store(v + 3 * vStep, minus(even2, odd2));
    v128.store(v + 4 * vStep, minus(addTimes(-45.0 / 16.0, d2, d4), first));
  }
}

/** d = B v, or d += B v. */
// @ts-ignore: decorator
@inline
function fromPoints(full: bool, v0: usize, v: usize, vStep: usize, d: usize, dStep: usize, add: bool): void {
  const v1 = at(v), v2 = at(v + vStep), v3 = at(v + 2 * vStep), v4 = at(v + 3 * vStep), v5 = at(v + 4 * vStep);
  const even = plus(v1, v2), odd = minus(v1, v2), even2 = plus(v3, v4), odd2 = minus(v3, v4);
  if (full) {
    const first = at(v0);
    put(d, times(81.0 / 64.0, first), add);
    put(d + dStep, addTimes(81.0 / 64.0, v5, addTimes(-27.0 / 16.0, odd, times(-27.0 / 32.0, odd2))), add);
    put(d + 2 * dStep, addTimes(-45.0 / 16.0, first, addTimes(-9.0 / 4.0, even, times(-9.0 / 16.0, even2))), add);
    put(d + 3 * dStep, addTimes(-45.0 / 16.0, v5, addTimes(3.0 / 4.0, odd, times(3.0 / 2.0, odd2))), add);
    put(d + 4 * dStep, plus(first, plus(even, even2)), add);
    put(d + 5 * dStep, v5, add);
  } else {
    put(d, times(81.0 / 64.0, minus(v5, plus(even, even2))), add);
    put(d + dStep, addTimes(-27.0 / 16.0, odd, times(-27.0 / 32.0, odd2)), add);
    put(d + 2 * dStep, addTimes(-45.0 / 16.0, v5, addTimes(9.0 / 16.0, even, times(9.0 / 4.0, even2))), add);
    put(d + 3 * dStep, addTimes(3.0 / 4.0, odd, times(3.0 / 2.0, odd2)), add);
    put(d + 4 * dStep, v5, add);
  }
}

/** y = start + Aᵀ m, without the start where not `started`; y3 only of a full side. */
// @ts-ignore: decorator
@inline
function toOutputs(
  full: bool, m0: usize, m: usize, mStep: usize, start: v128, started: bool, y0: usize, y1: usize, y2: usize, y3: usize,
): void {
  const m1 = at(m), m2 = at(m + mStep), m3 = at(m + 2 * mStep), m4 = at(m + 3 * mStep), m5 = at(m + 4 * mStep);
  const even = plus(m1, m2), odd = minus(m1, m2), even2 = plus(m3, m4), odd2 = minus(m3, m4);
  const first = full ? plus(at(m0), plus(even, even2)) : plus(even, even2);
  const second = addTimes(3.0 / 4.0, odd, times(3.0 / 2.0, odd2));
  let third = addTimes(9.0 / 16.0, even, times(9.0 / 4.0, even2));
  if (!full) third = plus(third, m5);
  v128.store(y0, started ? plus(start, first) : first);
  v128.store(y1, started ? plus(start, second) : second);
  v128.store(y2, started ? plus(start, third) : third);
  if (full) {
    const fourth = addTimes(27.0 / 64.0, odd, addTimes(27.0 / 8.0, odd2, m5));
    v128.store(y3, started ? plus(start, fourth) : fourth);
  }
}

/** m = A y; y3 only of a full side. */
// @ts-ignore: decorator
@inline
function spread(full: bool, y0: usize, y1: usize, y2: usize, y3: usize, m0: usize, m: usize, mStep: usize): void {
  const first = at(y0), second = at(y1), third = at(y2);
  const even = addTimes(9.0 / 16.0, third, first), even2 = addTimes(9.0 / 4.0, third, first);
  let odd = times(3.0 / 4.0, second), odd2 = times(3.0 / 2.0, second), last = third;
  if (full) {
    last = at(y3);
    odd = addTimes(3.0 / 4.0, second, times(27.0 / 64.0, last));
    odd2 = addTimes(3.0 / 2.0, second, times(27.0 / 8.0, last));
    v128.store(m0, first);
  }
  v128.store(m, plus(even, odd));
  v128.store(m + mStep, minus(even, odd));
  v128.store(m + 2 * mStep, plus(even2, odd2));
  v128.store(m + 3 * mStep, minus(even2, odd2));
  v128.store(m + 4 * mStep, last);
}

/** u = G g: the first point at u0, the others from u on. */
// @ts-ignore: decorator
@inline
function expand(g0: v128, g1: v128, g2: v128, u0: usize, u: usize, uStep: usize): void {
  v128.store(u0, times(64.0 / 81.0, g0));
  const even = addTimes(-128.0 / 243.0, g0, times(-8.0 / 27.0, g2)), odd = times(-32.0 / 81.0, g1);
  v128.store(u, plus(even, odd));
  v128.store(u + uStep, minus(even, odd));
  const even2 = addTimes(32.0 / 243.0, g0, times(8.0 / 27.0, g2)), odd2 = times(16.0 / 81.0, g1);
  v128.store(u + 2 * uStep, plus(even2, odd2));
  v128.store(u + 3 * uStep, minus(even2, odd2));
  v128.store(u + 4 * uStep, g2);
}

/** g = Gᵀ u, or g += Gᵀ u. */
// @ts-ignore: decorator
@inline
function contract(u: usize, uFirst: usize, uStep: usize, g: usize, gStep: usize, add: bool): void {
  const u0 = at(u), u1 = at(uFirst), u2 = at(uFirst + uStep);
  const u3 = at(uFirst + 2 * uStep), u4 = at(uFirst + 3 * uStep), u5 = at(uFirst + 4 * uStep);
  const even = plus(u1, u2), odd = minus(u1, u2), even2 = plus(u3, u4), odd2 = minus(u3, u4);
  put(g, addTimes(64.0 / 81.0, u0, addTimes(-128.0 / 243.0, even, times(32.0 / 243.0, even2))), add);
  put(g + gStep, addTimes(-32.0 / 81.0, odd, times(16.0 / 81.0, odd2)), add);
  put(g + 2 * gStep, addTimes(8.0 / 27.0, minus(even2, even), u5), add);
}

/** Along x: row r of a tile's inputs to scratch. */
// @ts-ignore: decorator
@inline
function seeRow(wide: bool, d: usize, pixel: usize, r: usize): void {
  toPoints(wide, d, pixel, scratch + 96 * r, scratch + 96 * r + 16, 16);
}

/** Along y: column j of scratch to the points (i, j). */
// @ts-ignore: decorator
@inline
function seeColumn(tall: bool, j: usize, v: usize, pointBytes: usize): void {
  toPoints(
    tall, scratch + 16 * j, 96,
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
      seeRow(wide, d + 4 * rowBytes, pixel, 4);
      if (tall) seeRow(wide, d + 5 * rowBytes, pixel, 5);
      if (wide) seeColumn(tall, 0, v, pointBytes);
      seeColumn(tall, 1, v, pointBytes);
      seeColumn(tall, 2, v, pointBytes);
      seeColumn(tall, 3, v, pointBytes);
      seeColumn(tall, 4, v, pointBytes);
      seeColumn(tall, 5, v, pointBytes);
    }
    points += pixel;
  }
}

/** The points of input tiles, Bᵀ d B; parameters as in `winograd2x2Input`. */
export function winograd3x3Input(
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
    scratch + 16 * j, 96, false,
  );
}

/** The adjoint of `seeRow`, which adds. */
// @ts-ignore: decorator
@inline
function unseeRow(wide: bool, r: usize, d: usize, pixel: usize): void {
  fromPoints(wide, scratch + 96 * r, scratch + 96 * r + 16, 16, d, pixel, true);
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
      unseeColumn(tall, 5, v, pointBytes);
      unseeRow(wide, 0, d, pixel);
      unseeRow(wide, 1, d + rowBytes, pixel);
      unseeRow(wide, 2, d + 2 * rowBytes, pixel);
      unseeRow(wide, 3, d + 3 * rowBytes, pixel);
      unseeRow(wide, 4, d + 4 * rowBytes, pixel);
      if (tall) unseeRow(wide, 5, d + 5 * rowBytes, pixel);
    }
    points += pixel;
  }
}

/** Adds the gradients of input tiles, B · ∂L/∂points · Bᵀ, tile by tile. */
export function winograd3x3InputGradient(
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
      foldRow(wide, 5, m, pointBytes);
      const start = at(bias + c);
      foldColumn(tall, 0, start, c);
      foldColumn(tall, 1, start, c);
      foldColumn(tall, 2, start, c);
      if (wide) foldColumn(tall, 3, start, c);
    }
    points += pixel;
  }
}

/** The outputs of tiles, Aᵀ · points · A + bias; parameters as in `winograd2x2Output`. */
export function winograd3x3Output(
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
      unfoldRow(wide, 5, m, pointBytes);
    }
    points += pixel;
  }
}

/** The gradients of tiles' points, A · ∂L/∂y · Aᵀ; the row `beyond` holds zeros. */
export function winograd3x3OutputGradient(
  yGradient: usize, rows: usize, beyond: usize, tiles: i32, channels: i32, points: usize, pointBytes: usize,
  tall: bool, wide: bool,
): void {
  if (tall) {
    if (wide) unfold(true, true, yGradient, rows, beyond, tiles, channels, points, pointBytes);
    else unfold(true, false, yGradient, rows, beyond, tiles, channels, points, pointBytes);
  } else if (wide) unfold(false, true, yGradient, rows, beyond, tiles, channels, points, pointBytes);
  else unfold(false, false, yGradient, rows, beyond, tiles, channels, points, pointBytes);
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
        const to = scratch + <usize>i * 96;
        expand(at(from), at(from + tap), at(from + 2 * tap), to, to + 16, 16);
      }
      for (let j: usize = 0; j < 6; j++) {
        const column = scratch + j * 16, u = points + w;
        expand(
          at(column), at(column + 96), at(column + 192),
          u + inFirstRow(j) * pointBytes, u + inSecondRow(N, j) * pointBytes, rowStep(N, j) * pointBytes,
        );
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
      for (let j: usize = 0; j < 6; j++) {
        const u = points + w;
        contract(
          u + inFirstRow(j) * pointBytes, u + inSecondRow(N, j) * pointBytes, rowStep(N, j) * pointBytes,
          scratch + j * 16, 96, false,
        );
      }
      for (let i = 0; i < 3; i++) {
        const row = scratch + <usize>i * 96;
        contract(row, row + 16, 16, weights + w + <usize>(3 * i) * tap, tap, true);
      }
    }
    weights += panelBytes;
    points += tap;
  }
}
