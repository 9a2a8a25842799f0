import { concatBytes } from "@noble/hashes/utils.js";
import { bytesOf, encodeMessage, type Field, type Message } from "./protobuf.js";

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
  const wallTime: Field = [1, { double: time }];
  return concatBytes(
    record([wallTime, [3, "brain.Event:2"]]),
    ...steps.map(({ step, scalars }) => record([wallTime, [2, step], [5, summary(scalars)]])),
  ) as Uint8Array<ArrayBuffer>;
}

/** An `Event.summary`: a `Summary.Value` of a tag and a simple_value for each number. */
const summary = (scalars: ScalarStep["scalars"]): Message =>
  Object.entries(scalars).map(([name, value]) => [
    1,
    [
      [1, name],
      [2, { single: value }],
    ],
  ]);

/** A TFRecord of an `Event`: the length, its checksum, the data, their checksum; all little-endian. */
function record(event: Message): Uint8Array {
  const data = encodeMessage(event);
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
