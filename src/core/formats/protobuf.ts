import { utf8ToBytes } from "@noble/hashes/utils.js";

/** The fields of a protobuf message, each with its number, in the order in which they are written. A repeated field is there several times. */
export type Message = readonly Field[];

export type Field = readonly [number: number, value: Value];

/** A whole number is an int32, an int64 or an enumeration's; a string is UTF-8. */
type Value = number | string | Uint8Array | Single | Double | Message;

/** A number in single precision. */
export interface Single {
  readonly single: number;
}

/** A number in double precision. */
export interface Double {
  readonly double: number;
}

/** https://protobuf.dev/programming-guides/encoding: how a field's value is delimited. */
const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH_DELIMITED = 2;
const FOUR_BYTES = 5;

/** Bytes that are not yet in one piece: weights are copied once, however deep the message is that holds them. */
interface Pieces {
  readonly pieces: readonly Uint8Array[];
  readonly length: number;
}

/** Encodes a message. The same message always gives the same bytes. */
export function encodeMessage(message: Message): Uint8Array<ArrayBuffer> {
  const { pieces, length } = piecesOf(message);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function piecesOf(message: Message): Pieces {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const add = (piece: Uint8Array) => {
    pieces.push(piece);
    length += piece.length;
  };
  for (const [number, value] of message) {
    const tag = (kind: number) => add(varint(8 * number + kind));
    if (typeof value === "number") {
      tag(VARINT);
      add(varint(value));
    } else if (typeof value === "object" && "single" in value) {
      tag(FOUR_BYTES);
      add(bytesOf(4, (view) => view.setFloat32(0, value.single, true)));
    } else if (typeof value === "object" && "double" in value) {
      tag(EIGHT_BYTES);
      add(bytesOf(8, (view) => view.setFloat64(0, value.double, true)));
    } else {
      const inner = delimited(value);
      tag(LENGTH_DELIMITED);
      add(varint(inner.length));
      for (const piece of inner.pieces) add(piece);
    }
  }
  return { pieces, length };
}

function delimited(value: string | Uint8Array | Message): Pieces {
  if (typeof value !== "string" && !(value instanceof Uint8Array)) return piecesOf(value);
  const bytes = typeof value === "string" ? utf8ToBytes(value) : value;
  return { pieces: [bytes], length: bytes.length };
}

/** New bytes, as they are set. */
export function bytesOf(length: number, set: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  set(new DataView(bytes.buffer));
  return bytes;
}

/** Seven bits a byte, the lowest first; a negative number as 64 bits in two's complement. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  bytes.push(Number(left));
  return Uint8Array.from(bytes);
}
