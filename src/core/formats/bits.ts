/** Bits in bytes: bit i is number i % 8 of byte i >> 3, counted from the lowest. */

/** Bytes for so many bits, all 0. */
export const noBits = (count: number): Uint8Array<ArrayBuffer> => new Uint8Array(Math.ceil(count / 8));

export function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3] = (bits[at >> 3] as number) | (1 << (at % 8));
}

export const hasBit = (bits: Uint8Array, at: number): 0 | 1 => (((bits[at >> 3] as number) >> (at % 8)) & 1) as 0 | 1;

/** How many of the bits are 1. */
export function countBits(bits: Uint8Array): number {
  let count = 0;
  for (const byte of bits) for (let rest = byte; rest > 0; rest &= rest - 1) count++;
  return count;
}
