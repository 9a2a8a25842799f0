import type { Random } from "./random.js";

const NUMBERS = [
  0,
  1,
  2,
  3,
  4,
  7,
  8,
  15,
  16,
  127,
  128,
  255,
  256,
  784,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
];

/** Bytes changed in a few places, cut, grown or repeated. */
export function mutateBytes(random: Random, bytes: Uint8Array): Uint8Array {
  let result = Uint8Array.from(bytes);
  for (let left = 1 + random.below(4); left > 0; left--) result = mutateOnce(random, result);
  return result;
}

function mutateOnce(random: Random, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const at = random.below(bytes.length + 1);
  const result = Uint8Array.from(bytes);
  const length = random.below(random.chance(0.1) ? bytes.length + 1 : 9);
  const insert = (piece: Uint8Array) => joined(bytes.subarray(0, at), piece, bytes.subarray(at));
  switch (random.below(9)) {
    case 0:
      if (at < bytes.length) result[at] = (result[at] as number) ^ (1 << random.below(8));
      return result;
    case 1:
      if (at < bytes.length) result[at] = random.pick([0, 255, 127, 128, 0x22, 0x5b, 0x7b, 0x0a, 0x1b]);
      return result;
    case 2:
      return result.slice(0, at);
    case 3:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length));
    case 4:
      return insert(random.bytes(length));
    case 5:
      return insert(bytes.subarray(at, at + length));
    case 6:
      return insert(new Uint8Array(length));
    case 7: {
      // Headers stand at the beginning.
      const place = random.chance(0.7) ? 4 * random.below(4) : at;
      if (place + 4 <= bytes.length)
        new DataView(result.buffer).setUint32(place, random.pick(NUMBERS), random.chance(0.5));
      return result;
    }
    default:
      result.copyWithin(at, random.below(bytes.length + 1), random.below(bytes.length + 1));
      return result;
  }
}

export const joined = (...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(pieces));

/** Numbers as people and programs misspell them, and right ones. */
export const NUMBER_TEXTS: readonly string[] = [
  ...["0", "1", "2", "3", "10", "25", "50", "0.5", ".5", "1e-3", "3e-4", "1E2", "0.999", "1e308", "-1", "-0", "007"],
  ...["0x10", "0b11", "0o7", "1e", "e3", "1e+", "5.", ".", "+5", "--5", "1_000", "1,5", "1 000", " 5", "5 ", "\t5"],
  ...["５", "٣", "½", "1e400", "-1e400", "1e-400", "Infinity", "-Infinity", "NaN", "null", "true", "", " ", "10n"],
  ...["9007199254740991", "9007199254740993", "99999999999999999999", "4294967296", "2147483648", "1.0", "25.0"],
];

const GOOD = ["1", "2", "3", "10", "25", "50", "0.5", "0.1", "0.01", "3e-4", "0"];

/** A number, right more often than not. */
export const numberText = (random: Random): string => random.pick(random.chance(0.6) ? GOOD : NUMBER_TEXTS);

const PIECES: readonly string[] = [
  ...["\n", "\r\n", "\0", "\u001b[31m", "\u0007", "\u2028", "\u202e", "é", "日本", "😀", "\ufeff", "\u00a0", "𝟝"],
  ...["=", ",", ":", "..", "/", "+", "-", "--", "%", "%00", "%0a", "&", "?", "#", "'", '"', "\\", "$", "*", "<", ">="],
  ...["__proto__", "constructor", "toString", "undefined", "../../etc/passwd", "a".repeat(300)],
];

/** Text with pieces put in, taken away, doubled or replaced, a number in the place of another. */
export function mutateText(random: Random, text: string): string {
  let result = text;
  for (let left = 1 + random.below(3); left > 0; left--) {
    const at = random.below(result.length + 1);
    const end = Math.min(result.length, at + random.below(6));
    const [before, between, after] = [result.slice(0, at), result.slice(at, end), result.slice(end)];
    switch (random.below(6)) {
      case 0:
        result = before + random.pick(PIECES) + between + after;
        break;
      case 1:
        result = before + after;
        break;
      case 2:
        result = before + between + between + after;
        break;
      case 3:
        result = result.replace(/\d[\d.e-]*/, () => random.pick(NUMBER_TEXTS));
        break;
      case 4:
        result = before + String.fromCodePoint(random.below(0xd800)) + after;
        break;
      default:
        result = random.chance(0.05) ? before + (between || "a").repeat(20_000) + after : before + result;
    }
  }
  return result.slice(0, 200_000);
}
