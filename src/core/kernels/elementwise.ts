/** y = max(x, 0), NaN staying NaN; `count` is a multiple of 4. */
export function relu(x: usize, count: i32, y: usize): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 16) {
    v128.store(y + at, f32x4.pmax(v128.load(x + at), zero));
  }
}

/** ∂L/∂x = ∂L/∂y where y > 0, else 0. Input and output gradients may be the same memory. */
export function reluGradient(y: usize, gradient: usize, count: i32, xGradient: usize): void {
  const zero = f32x4.splat(0);
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 16) {
    v128.store(xGradient + at, v128.and(v128.load(gradient + at), f32x4.gt(v128.load(y + at), zero)));
  }
}

/** z = x · y; `count` is a multiple of 4. */
export function multiply(x: usize, y: usize, count: i32, z: usize): void {
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 16) {
    v128.store(z + at, f32x4.mul(v128.load(x + at), v128.load(y + at)));
  }
}

/**
 * y = x · mask, under a dropout mask drawn on the way: `scale` with probability 1 − threshold / 2³², else 0. Four
 * interleaved xoshiro128++ generators (Blackman & Vigna 2019), one to a lane.
 *
 * @param state  u32 [4, 4]: word by word, lane by lane; advanced by count / 4 steps
 */
export function dropOut(
  state: usize, threshold: u32, scale: f32, x: usize, count: i32, mask: usize, y: usize,
): void {
  let s0 = v128.load(state);
  let s1 = v128.load(state, 16);
  let s2 = v128.load(state, 32);
  let s3 = v128.load(state, 48);
  const limit = i32x4.splat(threshold);
  const kept = f32x4.splat(scale);
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 16) {
    const sum = i32x4.add(s0, s3);
    const random = i32x4.add(v128.or(i32x4.shl(sum, 7), i32x4.shr_u(sum, 25)), s0);
    const factor = v128.and(kept, i32x4.ge_u(random, limit));
    v128.store(mask + at, factor);
    v128.store(y + at, f32x4.mul(v128.load(x + at), factor));
    const t = i32x4.shl(s1, 9);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s1 = v128.xor(s1, s2);
    s0 = v128.xor(s0, s3);
    s2 = v128.xor(s2, t);
    s3 = v128.or(i32x4.shl(s3, 11), i32x4.shr_u(s3, 21));
  }
  v128.store(state, s0);
  v128.store(state, s1, 16);
  v128.store(state, s2, 32);
  v128.store(state, s3, 48);
}

/** z = x + y; `count` is a multiple of 4. Any two of them may be the same memory. */
export function add(x: usize, y: usize, count: i32, z: usize): void {
  for (let at: usize = 0, end = <usize>count * 4; at < end; at += 16) {
    v128.store(z + at, f32x4.add(v128.load(x + at), v128.load(y + at)));
  }
}

/**
 * Copies the elements of `rows` vectors from one layout into another.
 *
 * @param fromPositions  i32 [elements]: where each element of a vector stands, in floats from its start; `toPositions` likewise
 * @param fromBytes      bytes from one vector to the next; `toBytes` likewise
 */
export function rearrange(
  from: usize, fromPositions: usize, fromBytes: usize,
  to: usize, toPositions: usize, toBytes: usize, elements: i32, rows: i32,
): void {
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0, end = <usize>elements * 4; at < end; at += 4) {
      const value = load<f32>(from + <usize>load<i32>(fromPositions + at) * 4);
      store<f32>(to + <usize>load<i32>(toPositions + at) * 4, value);
    }
    from += fromBytes;
    to += toBytes;
  }
}
