/** Constants of `logarithm`: Cephes' logf (Moshier), for the mantissa less 1. */
const LOG_2_HIGH: f32 = 0.693359375;
const LOG_2_LOW: f32 = -2.12194440e-4;
const HALF_PI: f32 = 1.5707963267948966;

/**
 * 32 random bits in each lane: a step of four interleaved xoshiro128++ generators (Blackman & Vigna 2019).
 *
 * @param state  u32 [4, 4]: word by word, lane by lane; advanced by one step
 */
// @ts-ignore: decorator
@inline
export function randomBits(state: usize): v128 {
  const s0 = v128.load(state);
  const s1 = v128.load(state, 16);
  const s2 = v128.xor(v128.load(state, 32), s0);
  const s3 = v128.xor(v128.load(state, 48), s1);
  const sum = i32x4.add(s0, v128.load(state, 48));
  v128.store(state, v128.xor(s0, s3));
  v128.store(state, v128.xor(s1, s2), 16);
  v128.store(state, v128.xor(s2, i32x4.shl(s1, 9)), 32);
  v128.store(state, v128.or(i32x4.shl(s3, 11), i32x4.shr_u(s3, 21)), 48);
  return i32x4.add(v128.or(i32x4.shl(sum, 7), i32x4.shr_u(sum, 25)), s0);
}

/** Four multiples of 2⁻²³ in [−1, 1). */
// @ts-ignore: decorator
@inline
export function symmetric(state: usize): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_s(randomBits(state), 8)), f32x4.splat(1.0 / 8388608));
}

/** Four multiples of 2⁻²⁴ in (0, 1]. */
// @ts-ignore: decorator
@inline
function aboveZero(state: usize): v128 {
  const bits = i32x4.add(i32x4.shr_u(randomBits(state), 8), i32x4.splat(1));
  return f32x4.mul(f32x4.convert_i32x4_s(bits), f32x4.splat(1.0 / 16777216));
}

/**
 * Writes 8 standard normal numbers: r · cos φ, then r · sin φ, with r = √(−2 ln u) (Box & Muller 1958). None is beyond
 * ±5.77 = √(2 ln 2²⁴).
 */
// @ts-ignore: decorator
@inline
export function normals(state: usize, to: usize): void {
  const radius = f32x4.sqrt(f32x4.mul(f32x4.splat(-2), logarithm(aboveZero(state))));
  const quarters = f32x4.mul(aboveZero(state), f32x4.splat(4));
  v128.store(to, f32x4.mul(radius, cosine(quarters)));
  v128.store(to, f32x4.mul(radius, cosine(f32x4.sub(quarters, f32x4.splat(1)))), 16);
}

/** ln x of normal numbers above 0, to a unit in the last place or two. */
// @ts-ignore: decorator
@inline
function logarithm(x: v128): v128 {
  // x = m · 2ᵉ with m from √½ to √2.
  const exponent = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(exponent, 23)), f32x4.splat(1));
  const e = f32x4.convert_i32x4_s(exponent);
  const square = f32x4.mul(f, f);
  let p = f32x4.splat(7.0376836292e-2);
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-1.1514610310e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.1676998740e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(3.3333331174e-1));
  p = f32x4.mul(f32x4.mul(p, f), square);
  p = f32x4.add(p, f32x4.mul(e, f32x4.splat(LOG_2_LOW)));
  p = f32x4.sub(p, f32x4.mul(f32x4.splat(0.5), square));
  return f32x4.add(f32x4.add(f, p), f32x4.mul(e, f32x4.splat(LOG_2_HIGH)));
}

/** cos of angles in quarter turns; exact at whole ones. The polynomials are those of Cephes' sinf and cosf. */
// @ts-ignore: decorator
@inline
export function cosine(quarters: v128): v128 {
  const nearest = f32x4.nearest(quarters);
  const quadrant = i32x4.trunc_sat_f32x4_s(nearest);
  const angle = f32x4.mul(f32x4.sub(quarters, nearest), f32x4.splat(HALF_PI));
  const square = f32x4.mul(angle, angle);
  let cos = f32x4.splat(2.443315711809948e-5);
  cos = f32x4.add(f32x4.mul(cos, square), f32x4.splat(-1.388731625493765e-3));
  cos = f32x4.add(f32x4.mul(cos, square), f32x4.splat(4.166664568298827e-2));
  cos = f32x4.sub(f32x4.mul(f32x4.mul(cos, square), square), f32x4.mul(f32x4.splat(0.5), square));
  cos = f32x4.add(cos, f32x4.splat(1));
  let sin = f32x4.splat(-1.9515295891e-4);
  sin = f32x4.add(f32x4.mul(sin, square), f32x4.splat(8.3321608736e-3));
  sin = f32x4.add(f32x4.mul(sin, square), f32x4.splat(-1.6666654611e-1));
  sin = f32x4.add(f32x4.mul(f32x4.mul(sin, square), angle), angle);
  // cos(q · 90° + φ) is cos φ, −sin φ, −cos φ, sin φ for q = 0, 1, 2, 3.
  const odd = i32x4.neg(v128.and(quadrant, i32x4.splat(1)));
  const sign = i32x4.shl(v128.and(i32x4.add(quadrant, i32x4.splat(1)), i32x4.splat(2)), 30);
  return v128.xor(v128.bitselect(sin, cos, odd), sign);
}
