import { cosine, normals, symmetric } from "./random";
import { madd, splat } from "./simd";

/** PyTorch's parameter of Keys' cubic convolution. */
const A: f32 = -0.75;
/** Bytes of a warp's affine part and stroke thickness; its two grids of offsets lie behind. */
const GRIDS: usize = 32;

/**
 * Draws how one image is changed. Rotation, scale, shear, shift and thickness are uniform, the grids' offsets normal. The
 * first five are always drawn, the grids where `elastic` is not 0.
 *
 * Seen from the image's centre, an output pixel at (x, y) shows the source at R(angle) · (x + k y, y) / magnification + shift.
 *
 * @param state     u32 [4, 4]: the stream's generators, advanced
 * @param rotation  ± quarter turns; scale: ± fraction of the magnification, below 1; shear: ± k; shift: ± pixels
 * @param elastic   standard deviation of an offset in pixels
 * @param warp      f32 [40], written: a, b, c, d, e, f with source x = a x + b y + c and source y = d x + e y + f;
 *                  thickness; 0; then [4, 4] horizontal and [4, 4] vertical offsets
 */
export function drawWarp(
  state: usize, rotation: f32, scale: f32, shear: f32, shift: f32, thickness: f32, elastic: f32,
  height: i32, width: i32, warp: usize,
): void {
  const first = symmetric(state);
  const second = symmetric(state);
  const quarters = f32x4.splat(rotation * f32x4.extract_lane(first, 0));
  const cos = f32x4.extract_lane(cosine(quarters), 0);
  const sin = f32x4.extract_lane(cosine(f32x4.sub(quarters, f32x4.splat(1))), 0);
  const reduction: f32 = 1 / (1 + scale * f32x4.extract_lane(first, 1));
  const k = shear * f32x4.extract_lane(first, 2);
  store<f32>(warp, reduction * cos);
  store<f32>(warp, reduction * (k * cos - sin), 4);
  store<f32>(warp, <f32>(width - 1) / 2 + shift * f32x4.extract_lane(second, 0), 8);
  store<f32>(warp, reduction * sin, 12);
  store<f32>(warp, reduction * (k * sin + cos), 16);
  store<f32>(warp, <f32>(height - 1) / 2 + shift * f32x4.extract_lane(second, 1), 20);
  store<f32>(warp, thickness * f32x4.extract_lane(first, 3), 24);
  store<f32>(warp, 0, 28);
  if (elastic == 0) return;
  const deviation = f32x4.splat(elastic);
  for (let to = warp + GRIDS, end = to + 128; to < end; to += 32) {
    normals(state, to);
    v128.store(to, f32x4.mul(deviation, v128.load(to)));
    v128.store(to, f32x4.mul(deviation, v128.load(to, 16)), 16);
  }
}

/**
 * Resamples an image where a warp says, by cubic convolution (Keys 1981, with PyTorch's a = −0.75) or bilinearly. Outside
 * the image all is 0.
 *
 * @param source      the image's first pixel; 4 pixels of 0 lie around it
 * @param sourceRow   bytes from one row to the next
 * @param warp        as `drawWarp` writes it
 * @param rowWeights  f32 [height, 4]: the share of each of the grid's rows in a row of pixels; 0: no elastic offsets
 * @param columnWeights  f32 [4, width rounded up to 4]: the share of each of its columns in a column of pixels
 * @param field       f32 [2, 4, width rounded up to 4]: scratch
 * @param bilinear    1 or 0
 * @param to          the result's first pixel; rows are written in whole vectors
 */
export function warpImage(
  source: usize, sourceRow: usize, height: i32, width: i32, warp: usize,
  rowWeights: usize, columnWeights: usize, field: usize, bilinear: i32, to: usize, toRow: usize,
): void {
  const row = <usize>((width + 3) & ~3) * 4;
  if (rowWeights != 0) spreadColumns(warp + GRIDS, columnWeights, row, field);
  const zero = f32x4.splat(0), one = f32x4.splat(1);
  const a = splat(warp), d = splat(warp + 12);
  const lowest = f32x4.splat(-3);
  const rightmost = f32x4.splat(<f32>(width + 1)), bottom = f32x4.splat(<f32>(height + 1));
  const left = f32x4.sub(f32x4(0, 1, 2, 3), f32x4.splat(<f32>(width - 1) / 2));
  const rowBytes = i32x4.splat(<i32>sourceRow);
  const corner = i32x4.splat(<i32>(source - sourceRow - 4));
  for (let i = 0; i < height; i++) {
    const y = f32x4.splat(<f32>i - <f32>(height - 1) / 2);
    const startX = madd(splat(warp + 4), y, splat(warp + 8));
    const startY = madd(splat(warp + 16), y, splat(warp + 20));
    let x = left;
    for (let at: usize = 0; at < row; at += 16) {
      let u = madd(a, x, startX);
      let v = madd(d, x, startY);
      if (rowWeights != 0) {
        u = f32x4.add(u, offset(field + at, row, rowWeights));
        v = f32x4.add(v, offset(field + 4 * row + at, row, rowWeights));
      }
      x = f32x4.add(x, f32x4.splat(4));
      u = f32x4.pmin(f32x4.pmax(u, lowest), rightmost);
      v = f32x4.pmin(f32x4.pmax(v, lowest), bottom);
      const column = f32x4.floor(u), line = f32x4.floor(v);
      const s = f32x4.sub(u, column), t = f32x4.sub(v, line);
      const places = i32x4.add(
        i32x4.add(corner, i32x4.shl(i32x4.trunc_sat_f32x4_s(column), 2)),
        i32x4.mul(i32x4.trunc_sat_f32x4_s(line), rowBytes),
      );
      // Weights of the four taps of each pixel, along a row and down a column: lanes are pixels.
      let x0: v128, x1: v128, x2: v128, x3: v128, y0: v128, y1: v128, y2: v128, y3: v128;
      if (bilinear != 0) {
        x0 = zero, x1 = f32x4.sub(one, s), x2 = s, x3 = zero;
        y0 = zero, y1 = f32x4.sub(one, t), y2 = t, y3 = zero;
      } else {
        const s1 = f32x4.sub(one, s), t1 = f32x4.sub(one, t);
        x0 = outer(s, s1), x1 = inner(s), x2 = inner(s1), x3 = outer(s1, s);
        y0 = outer(t, t1), y1 = inner(t), y2 = inner(t1), y3 = outer(t1, t);
      }
      // Transposed, for each pixel a vector of its taps along a row.
      const x01 = i8x16.shuffle(x0, x1, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
      const x23 = i8x16.shuffle(x2, x3, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23);
      const z01 = i8x16.shuffle(x0, x1, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
      const z23 = i8x16.shuffle(x2, x3, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31);
      const p0 = f32x4.mul(lowHalves(x01, x23), downTaps(
        <usize>i32x4.extract_lane(places, 0), sourceRow, f32x4.extract_lane(y0, 0), f32x4.extract_lane(y1, 0),
        f32x4.extract_lane(y2, 0), f32x4.extract_lane(y3, 0),
      ));
      const p1 = f32x4.mul(highHalves(x01, x23), downTaps(
        <usize>i32x4.extract_lane(places, 1), sourceRow, f32x4.extract_lane(y0, 1), f32x4.extract_lane(y1, 1),
        f32x4.extract_lane(y2, 1), f32x4.extract_lane(y3, 1),
      ));
      const p2 = f32x4.mul(lowHalves(z01, z23), downTaps(
        <usize>i32x4.extract_lane(places, 2), sourceRow, f32x4.extract_lane(y0, 2), f32x4.extract_lane(y1, 2),
        f32x4.extract_lane(y2, 2), f32x4.extract_lane(y3, 2),
      ));
      const p3 = f32x4.mul(highHalves(z01, z23), downTaps(
        <usize>i32x4.extract_lane(places, 3), sourceRow, f32x4.extract_lane(y0, 3), f32x4.extract_lane(y1, 3),
        f32x4.extract_lane(y2, 3), f32x4.extract_lane(y3, 3),
      ));
      v128.store(to + at, pairSums(pairSums(p0, p1), pairSums(p2, p3)));
    }
    if (rowWeights != 0) rowWeights += 16;
    to += toRow;
  }
}

/** a t (1 − t)²: the weight of a tap at a distance of 1 + t. */
// @ts-ignore: decorator
@inline
function outer(t: v128, rest: v128): v128 {
  return f32x4.mul(f32x4.splat(A), f32x4.mul(t, f32x4.mul(rest, rest)));
}

/** (a + 2) t³ − (a + 3) t² + 1: the weight of a tap at a distance of t. */
// @ts-ignore: decorator
@inline
function inner(t: v128): v128 {
  const slope = f32x4.sub(f32x4.mul(f32x4.splat(A + 2), t), f32x4.splat(A + 3));
  return f32x4.add(f32x4.mul(slope, f32x4.mul(t, t)), f32x4.splat(1));
}

// @ts-ignore: decorator
@inline
function lowHalves(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
}

// @ts-ignore: decorator
@inline
function highHalves(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
}

/** a0 + a1, a2 + a3, b0 + b1, b2 + b3. */
// @ts-ignore: decorator
@inline
function pairSums(a: v128, b: v128): v128 {
  return f32x4.add(
    i8x16.shuffle(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27),
    i8x16.shuffle(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31),
  );
}

/** The four rows of taps of one pixel, each times its weight, added up. */
// @ts-ignore: decorator
@inline
function downTaps(taps: usize, row: usize, y0: f32, y1: f32, y2: f32, y3: f32): v128 {
  let sum = f32x4.mul(f32x4.splat(y0), v128.load(taps));
  sum = madd(f32x4.splat(y1), v128.load(taps + row), sum);
  sum = madd(f32x4.splat(y2), v128.load(taps + 2 * row), sum);
  return madd(f32x4.splat(y3), v128.load(taps + 3 * row), sum);
}

/** Spreads the rows of both grids over the columns of pixels: field [2, 4, row]. */
function spreadColumns(grids: usize, columnWeights: usize, row: usize, field: usize): void {
  for (let end = grids + 128; grids < end; grids += 16) {
    for (let at: usize = 0; at < row; at += 16) {
      let sum = f32x4.mul(splat(grids), v128.load(columnWeights + at));
      sum = madd(splat(grids + 4), v128.load(columnWeights + row + at), sum);
      sum = madd(splat(grids + 8), v128.load(columnWeights + 2 * row + at), sum);
      v128.store(field + at, madd(splat(grids + 12), v128.load(columnWeights + 3 * row + at), sum));
    }
    field += row;
  }
}

/** The offsets of four pixels: the grid's rows, spread over columns, by their shares in the row of pixels. */
// @ts-ignore: decorator
@inline
function offset(field: usize, row: usize, rowWeights: usize): v128 {
  let sum = f32x4.mul(splat(rowWeights), v128.load(field));
  sum = madd(splat(rowWeights + 4), v128.load(field + row), sum);
  sum = madd(splat(rowWeights + 8), v128.load(field + 2 * row), sum);
  return madd(splat(rowWeights + 12), v128.load(field + 3 * row), sum);
}

/**
 * Makes strokes thicker or thinner: to = image + |amount| · (extreme − image), where extreme is the largest of the 3×3
 * neighbours inside the image for an amount above 0 (dilation), else the smallest (erosion).
 *
 * @param warp   where `drawWarp` wrote the amount
 * @param image  its first pixel; a border of 1 around it is overwritten. `to` has the same rows
 */
export function thicken(warp: usize, image: usize, row: usize, height: i32, width: i32, to: usize): void {
  const amount = load<f32>(warp, 24);
  const last = image + <usize>(height - 1) * row;
  const end = <usize>width * 4;
  // A border of the nearest pixels adds nothing to any extreme.
  for (let line = image; line <= last; line += row) {
    store<f32>(line - 4, load<f32>(line));
    store<f32>(line + end, load<f32>(line + end - 4));
  }
  memory.copy(image - row - 4, image - 4, end + 8);
  memory.copy(last + row - 4, last - 4, end + 8);
  const share = f32x4.splat(abs(amount));
  for (let line = image; line <= last; line += row) {
    for (let at: usize = 0; at < end; at += 16) {
      const p = line + at;
      const centre = v128.load(p);
      let extreme: v128;
      if (amount > 0) {
        const above = f32x4.pmax(f32x4.pmax(v128.load(p - row - 4), v128.load(p - row)), v128.load(p - row + 4));
        const below = f32x4.pmax(f32x4.pmax(v128.load(p + row - 4), v128.load(p + row)), v128.load(p + row + 4));
        const beside = f32x4.pmax(f32x4.pmax(v128.load(p - 4), centre), v128.load(p + 4));
        extreme = f32x4.pmax(f32x4.pmax(above, below), beside);
      } else {
        const above = f32x4.pmin(f32x4.pmin(v128.load(p - row - 4), v128.load(p - row)), v128.load(p - row + 4));
        const below = f32x4.pmin(f32x4.pmin(v128.load(p + row - 4), v128.load(p + row)), v128.load(p + row + 4));
        const beside = f32x4.pmin(f32x4.pmin(v128.load(p - 4), centre), v128.load(p + 4));
        extreme = f32x4.pmin(f32x4.pmin(above, below), beside);
      }
      v128.store(to + at, f32x4.add(centre, f32x4.mul(share, f32x4.sub(extreme, centre))));
    }
    to += row;
  }
}

/**
 * to = from + normal noise. Each row draws whole vectors of 8.
 *
 * @param state  u32 [4, 4]: the stream's generators, advanced
 * @param drawn  f32 [8]: scratch
 */
export function addNoise(
  state: usize, deviation: f32, from: usize, fromRow: usize, height: i32, width: i32, drawn: usize,
  to: usize, toRow: usize,
): void {
  const factor = f32x4.splat(deviation);
  for (let i = 0; i < height; i++) {
    for (let at: usize = 0; at < <usize>width * 4; at += 32) {
      normals(state, drawn);
      v128.store(to + at, f32x4.add(v128.load(from + at), f32x4.mul(factor, v128.load(drawn))));
      v128.store(to + at, f32x4.add(v128.load(from + at, 16), f32x4.mul(factor, v128.load(drawn, 16))), 16);
    }
    from += fromRow;
    to += toRow;
  }
}

/**
 * Writes (pixel − mean) / deviation of one plane of an image, `stride` bytes from one pixel to the next, rounded once from
 * double precision.
 *
 * @returns how many pixels are not 0
 */
export function standardise(
  from: usize, fromRow: usize, height: i32, width: i32, mean: f64, deviation: f64, to: usize, stride: usize,
): i32 {
  let count = 0;
  for (let i = 0; i < height; i++) {
    for (let at: usize = 0; at < <usize>width * 4; at += 4) {
      const pixel = load<f32>(from + at);
      count += i32(pixel != 0);
      store<f32>(to, <f32>((<f64>pixel - mean) / deviation));
      to += stride;
    }
    from += fromRow;
  }
  return count;
}
