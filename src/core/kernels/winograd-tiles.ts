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

/*
 * The points of a tile are those of its rows with those of its columns, i and j. One of them, 0 here, only full sides have, which are
 * 4 outputs long. The other `n` all sides have. The points lie in the order (0, 0), (0, j), (i, 0), (i, j), j the faster, so that those
 * that fewer tiles have stand before the others. These are the places in it, as factors of the bytes from one point to the next.
 */

/** Of (0, j). */
// @ts-ignore: decorator
@inline
export function inFirstRow(j: usize): usize {
  return j;
}

/** Of (1, j), from which (2, j) is `rowStep` further. */
// @ts-ignore: decorator
@inline
export function inSecondRow(n: usize, j: usize): usize {
  return j == 0 ? n + 1 : 2 * n + j;
}

// @ts-ignore: decorator
@inline
export function rowStep(n: usize, j: usize): usize {
  return j == 0 ? 1 : n;
}

/** Of (i, 0). */
// @ts-ignore: decorator
@inline
export function inFirstColumn(n: usize, i: usize): usize {
  return i == 0 ? 0 : n + i;
}

/** Of (i, 1), from which (i, 2) is one further. */
// @ts-ignore: decorator
@inline
export function inSecondColumn(n: usize, i: usize): usize {
  return i == 0 ? 1 : n + 1 + n * i;
}

/** Stores x at p, or adds it to what is there. */
// @ts-ignore: decorator
@inline
export function put(p: usize, x: v128, add: bool): void {
  v128.store(p, add ? plus(x, at(p)) : x);
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
