/** Chosen so that no max-pool or ReLU is decided by less than float32 can tell: see "Ties and close calls" in README.md. */
const SALT = "150";

/** 32 bits that depend on the name (FNV-1a) and the index (mixed by Wellons' lowbias32); rule.py is the twin. */
export function draw(name: string, index: number): number {
  let bits = 0x811c9dc5;
  for (const character of `${SALT}/${name}`) bits = Math.imul(bits ^ character.charCodeAt(0), 0x01000193);
  bits += Math.imul(index, 0x9e3779b9);
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** An odd multiple of 2^-bits between -1 and 1: symmetric about 0, and never 0. */
function unit(name: string, index: number, bits: number): number {
  const steps = 2 ** bits;
  return (2 * (draw(name, index) & (steps - 1)) - steps + 1) / steps;
}

/**
 * A tensor's value at the start, from its state-dict name and its shape.
 *
 * @param ties  few values for a convolution's weights, so that different patches tie; rule.py says when
 */
export function startingValues(name: string, shape: readonly number[], ties: boolean): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const bits = shape.length === 1 ? 7 : shape.length === 4 && ties ? 3 : 16;
  const bound = powerOfTwoBound(size / (shape[0] as number));
  return Float32Array.from({ length: size }, (_, index) => value(name, shape.length, unit(name, index, bits), bound));
}

function value(name: string, dimensions: number, u: number, bound: number): number {
  if (name.endsWith(".running_mean")) return u / 2;
  if (name.endsWith(".running_var")) return 1 + u / 2;
  if (name.endsWith(".bias")) return u / 8;
  // Batch norm's scale: both signs, and no magnitude below a half.
  if (dimensions === 1) return u + (u > 0 ? 0.5 : -0.5);
  return u * bound;
}

/** The power of two nearest PyTorch's bound, 1/√fan-in. */
function powerOfTwoBound(fanIn: number): number {
  let bound = 1;
  while (bound * bound * fanIn > 2) bound /= 2;
  return bound;
}
