import { madd } from "./simd";

/** What the Winograd transforms share: vectors by name, and where a tile's outputs stand. */

// @ts-ignore: decorator
@inline
export function at(p: usize): v128 {
  return v128.load(p);
}

// @ts-ignore: decorator
@inline
export function times(factor: f32, x: v128): v128 {
  return f32x4.mul(f32x4.splat(factor), x);
}

// @ts-ignore: decorator
@inline
export function plus(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
export function minus(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

/** factor · x + y. */
// @ts-ignore: decorator
@inline
export function addTimes(factor: f32, x: v128, y: v128): v128 {
  return madd(f32x4.splat(factor), x, y);
}

/** The entry of an output that lies beyond the map. */
// @ts-ignore: decorator
@inline
const BEYOND: u32 = 0xffffffff;

/**
 * Writes where each output of a tile lies.
 *
 * @param rows      u32 [outputs]: bytes from y to each output's row of channels, or BEYOND
 * @param beyond    the row that stands for outputs beyond the map
 * @param pointers  u32 [outputs]
 */
// @ts-ignore: decorator
@inline
export function findOutputs(y: usize, rows: usize, beyond: usize, outputs: i32, pointers: usize): void {
  for (let at: usize = 0, end = <usize>outputs * 4; at < end; at += 4) {
    const row = load<u32>(rows + at);
    store<u32>(pointers + at, <u32>(row == BEYOND ? beyond : y + row));
  }
}
