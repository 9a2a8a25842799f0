import { crc32, inflateRawSync } from "node:zlib";
import { joined } from "./mutate.js";

/** Flags of a header (RFC 1952, 2.3.1). */
const [FHCRC, FEXTRA, FNAME, FCOMMENT] = [2, 4, 8, 16];

/** No input's right content is larger; what would be is none. */
const MOST_BYTES = 2 ** 22;

/** What a gzip file holds, member by member as RFC 1952 describes it; undefined where it is damaged. Zeros may follow. */
export function readGzip(file: Uint8Array): Uint8Array | undefined {
  const members: Uint8Array[] = [];
  let at = 0;
  while (at < file.length) {
    if (members.length > 0 && file.subarray(at).every((byte) => byte === 0)) break;
    const member = readMember(file.subarray(at));
    if (!member) return undefined;
    members.push(member.data);
    at += member.length;
  }
  return members.length > 0 ? joined(...members) : undefined;
}

function readMember(bytes: Uint8Array): { readonly data: Uint8Array; readonly length: number } | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = buffer[3] ?? 255;
  if (buffer.length < 18 || buffer[0] !== 0x1f || buffer[1] !== 0x8b || buffer[2] !== 8 || flags & 0xe0)
    return undefined;
  let at = 10;
  if (flags & FEXTRA) at += 2 + (at + 2 <= buffer.length ? buffer.readUInt16LE(at) : buffer.length);
  for (const flag of [FNAME, FCOMMENT])
    if (flags & flag) {
      const end = buffer.indexOf(0, at);
      if (end < 0 || at > buffer.length) return undefined;
      at = end + 1;
    }
  if (flags & FHCRC) {
    if (at + 2 > buffer.length || buffer.readUInt16LE(at) !== (crc32(buffer.subarray(0, at)) & 0xffff))
      return undefined;
    at += 2;
  }
  if (at + 8 > buffer.length) return undefined;
  try {
    const { buffer: data, engine } = inflateRawSync(buffer.subarray(at), {
      info: true,
      maxOutputLength: MOST_BYTES,
    }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    const end = at + engine.bytesWritten;
    if (end + 8 > buffer.length) return undefined;
    const isWhole = buffer.readUInt32LE(end) === crc32(data) && buffer.readUInt32LE(end + 4) === data.length;
    return isWhole ? { data: new Uint8Array(data), length: end + 8 } : undefined;
  } catch {
    return undefined;
  }
}
