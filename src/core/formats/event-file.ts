import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/** Numbers of one step, by their names. */
export interface ScalarStep {
  /** From 1, such as an epoch. */
  readonly step: number;
  readonly scalars: Readonly<Record<string, number>>;
}

/**
 * Scalars as an event file of TensorBoard: TFRecords (https://www.tensorflow.org/tutorials/load_data/tfrecord), each an `Event` as
 * TensorFlow's `event.proto` and `summary.proto` have it. The first names the file's version. Numbers are kept in single precision.
 *
 * @param time  when the numbers were measured, in seconds since 1970
 */
export function encodeEventFile(steps: readonly ScalarStep[], time: number): Uint8Array<ArrayBuffer> {
  const wallTime = fixed(1, 8, (view) => view.setFloat64(0, time, true));
  const version = concatBytes(wallTime, bytesField(3, utf8ToBytes("brain.Event:2")));
  return concatBytes(
    record(version),
    ...steps.map(({ step, scalars }) => record(concatBytes(wallTime, varintField(2, step), summary(scalars)))),
  ) as Uint8Array<ArrayBuffer>;
}

/** Event.summary, with a Summary.Value of a tag and a simple_value for each number. */
const summary = (scalars: ScalarStep["scalars"]): Uint8Array =>
  bytesField(
    5,
    concatBytes(
      ...Object.entries(scalars).map(([name, value]) =>
        bytesField(
          1,
          concatBytes(
            bytesField(1, utf8ToBytes(name)),
            fixed(2, 4, (view) => view.setFloat32(0, value, true)),
          ),
        ),
      ),
    ),
  );

/** A TFRecord: the length, its checksum, the data, their checksum; all little-endian. */
function record(data: Uint8Array): Uint8Array {
  const length = bytesOf(8, (view) => view.setBigUint64(0, BigInt(data.length), true));
  return concatBytes(length, checksum(length), data, checksum(data));
}

/** A CRC-32C, masked: TFRecords may hold checksums themselves. */
function checksum(bytes: Uint8Array): Uint8Array {
  const crc = crc32c(bytes);
  return bytesOf(4, (view) => view.setUint32(0, ((crc >>> 15) | (crc << 17)) + 0xa282ead8, true));
}

/** Castagnoli's polynomial, its bits reversed (RFC 3720, B.4). */
const POLYNOMIAL = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
  return crc;
});

/** The CRC-32C of bytes. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] as number);
  return ~crc >>> 0;
}

// Fields of protobuf messages (https://protobuf.dev/programming-guides/encoding): a key of number and wire type, and a value.

const varintField = (number: number, value: number): Uint8Array => Uint8Array.of(8 * number, ...varint(value));

const bytesField = (number: number, bytes: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(8 * number + 2, ...varint(bytes.length)), bytes);

const fixed = (number: number, length: 4 | 8, set: (view: DataView) => void): Uint8Array =>
  concatBytes(Uint8Array.of(8 * number + (length === 8 ? 1 : 5)), bytesOf(length, set));

/** Seven bits a byte, the lowest first; all but the last have the eighth bit set. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

function bytesOf(length: number, set: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  set(new DataView(bytes.buffer));
  return bytes;
}
