/** a · b + c in each lane: one rounding in the fused build, two in the base build. The only relaxed instruction that there is. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The f32 at `p` in all four lanes. */
// @ts-ignore: decorator
@inline
export function splat(p: usize): v128 {
  return v128.load_splat<f32>(p);
}

/** Adds the four f32 lanes of `x` to the four f64 at `p`. */
// @ts-ignore: decorator
@inline
export function addToDoubles(p: usize, x: v128): void {
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  v128.store(p, f64x2.add(v128.load(p), low));
  v128.store(p, f64x2.add(v128.load(p, 16), high), 16);
}

/** Bytes from a row's start to its element `c`, whose column `columns` has. */
// @ts-ignore: decorator
@inline
export function offset(columns: usize, c: i32): usize {
  return <usize>load<i32>(columns + <usize>c * 4) * 4;
}
