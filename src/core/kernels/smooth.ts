/** 1 / √(2π). */
const DENSITY: f64 = 0.3989422804014327;

/**
 * GELU (Hendrycks & Gimpel 2016) by the normal distribution function: y = x · Φ(x). Where `slopes` is not 0, it is given
 * ∂y/∂x = Φ(x) + x · φ(x). In double precision, two lanes at a time; `count` is a multiple of 4.
 *
 * Φ(−t) = exp(−t²/2) · R(t) for t ≥ 0. R is a polynomial in s = 1 / (1 + 0.3 t), fitted for the least relative error on
 * 0 ≤ t ≤ 15, which is 3.5e-9; beyond, x · Φ(x) is 0 in single precision.
 */
export function gelu(x: usize, count: i32, y: usize, slopes: usize): void {
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 8) {
    const value = f64x2.promote_low_f32x4(v128.load64_zero(x + at));
    const t = f64x2.abs(value);
    const power = expNegative(f64x2.mul(f64x2.mul(t, t), f64x2.splat(-0.5)));
    const tail = f64x2.mul(power, tailRatio(t));
    const below = f64x2.lt(value, f64x2.splat(0));
    const phi = v128.bitselect(tail, f64x2.sub(f64x2.splat(1), tail), below);
    store(y + at, f64x2.mul(value, phi));
    if (slopes != 0) {
      const density = f64x2.mul(power, f64x2.splat(DENSITY));
      store(slopes + at, f64x2.add(phi, f64x2.mul(value, density)));
    }
  }
}

/** SiLU: y = x · σ(x), σ the sigmoid, and where `slopes` is not 0 ∂y/∂x = σ · (1 + x · (1 − σ)). As `gelu` otherwise. */
export function silu(x: usize, count: i32, y: usize, slopes: usize): void {
  const one = f64x2.splat(1);
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 8) {
    const value = f64x2.promote_low_f32x4(v128.load64_zero(x + at));
    const power = expNegative(f64x2.neg(f64x2.abs(value)));
    const whole = f64x2.add(one, power);
    const below = f64x2.lt(value, f64x2.splat(0));
    // Both parts by themselves: 1 − σ would lose the digits of the small one.
    const sigmoid = f64x2.div(v128.bitselect(power, one, below), whole);
    const rest = f64x2.div(v128.bitselect(one, power, below), whole);
    store(y + at, f64x2.mul(value, sigmoid));
    if (slopes != 0) store(slopes + at, f64x2.mul(sigmoid, f64x2.add(one, f64x2.mul(value, rest))));
  }
}

/** y = x where x > 0, else slope · x; NaN stays NaN. `count` is a multiple of 4. */
export function leakyRelu(x: usize, count: i32, slope: f32, y: usize): void {
  const factor = f32x4.splat(slope);
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 16) {
    const value = v128.load(x + at);
    v128.store(y + at, v128.bitselect(value, f32x4.mul(factor, value), f32x4.gt(value, f32x4.splat(0))));
  }
}

/** ∂L/∂x = ∂L/∂y where x > 0, else slope · ∂L/∂y. */
export function leakyReluGradient(x: usize, gradient: usize, count: i32, slope: f32, xGradient: usize): void {
  const factor = f32x4.splat(slope);
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 16) {
    const flowing = v128.load(gradient + at);
    const above = f32x4.gt(v128.load(x + at), f32x4.splat(0));
    v128.store(xGradient + at, v128.bitselect(flowing, f32x4.mul(factor, flowing), above));
  }
}

/** Stores two lanes in single precision. */
// @ts-ignore: decorator
@inline
function store(p: usize, x: v128): void {
  v128.store64_lane(p, f32x4.demote_f64x2_zero(x), 0);
}

/**
 * exp(x) for x ≤ 0 within 2.5e-10 of itself, and 0 below −700: 2ⁿ · exp(r), n the whole number nearest x / ln 2, exp(r) by
 * its Taylor series. Adding 1.5 · 2⁵² rounds to n and leaves n in the low bits, to be added to the exponent's.
 */
// @ts-ignore: decorator
@inline
function expNegative(x: v128): v128 {
  const shifter = f64x2.splat(6755399441055744);
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(1.4426950408889634)), shifter);
  const r = f64x2.sub(x, f64x2.mul(f64x2.sub(shifted, shifter), f64x2.splat(0.6931471805599453)));
  let sum = f64x2.splat(1.0 / 40320);
  sum = term(sum, r, 1.0 / 5040);
  sum = term(sum, r, 1.0 / 720);
  sum = term(sum, r, 1.0 / 120);
  sum = term(sum, r, 1.0 / 24);
  sum = term(sum, r, 1.0 / 6);
  sum = term(sum, r, 0.5);
  sum = term(sum, r, 1);
  sum = term(sum, r, 1);
  const power = i64x2.add(sum, i64x2.shl(shifted, 52));
  return v128.andnot(power, f64x2.lt(x, f64x2.splat(-700)));
}

/** R(t) of `gelu`. */
// @ts-ignore: decorator
@inline
function tailRatio(t: v128): v128 {
  const s = f64x2.div(f64x2.splat(1), f64x2.add(f64x2.splat(1), f64x2.mul(f64x2.splat(0.3), t)));
  let sum = f64x2.splat(-0.020629574789235994);
  sum = term(sum, s, 0.1124697243110445);
  sum = term(sum, s, -0.2282962836701382);
  sum = term(sum, s, 0.1918984411307401);
  sum = term(sum, s, -0.07952156677791167);
  sum = term(sum, s, 0.09621144497597836);
  sum = term(sum, s, 0.07837002695555667);
  sum = term(sum, s, 0.11023980189979589);
  sum = term(sum, s, 0.11957126498819534);
  sum = term(sum, s, 0.11968671924225659);
  return f64x2.mul(sum, s);
}

/** One more term of a polynomial, by Horner's rule. */
// @ts-ignore: decorator
@inline
function term(sum: v128, x: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(sum, x), f64x2.splat(coefficient));
}
