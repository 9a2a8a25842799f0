import { crc32, deflateSync } from "node:zlib";

/** A PNG image by its samples, written down by the standard alone. */
export interface PngSpec {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced?: boolean;
  /** [height, width, samples of a pixel]. */
  readonly samples: readonly number[];
  /** Of each row of each pass, in turn; default none. */
  readonly filters?: readonly number[];
  /** Between the header and the pixels. */
  readonly chunks?: readonly Uint8Array[];
  /** Into how many IDAT chunks the pixels go; default 1. */
  readonly parts?: number;
}

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export const SAMPLES_OF: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export function pngChunk(type: string, data: ArrayLike<number> = []): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, "latin1"), Uint8Array.from(data)]);
  const result = Buffer.alloc(body.length + 8);
  result.writeUInt32BE(data.length, 0);
  result.set(body, 4);
  result.writeUInt32BE(crc32(body), body.length + 4);
  return result;
}

export function pngHeader({ width, height, depth, colour, interlaced = false }: Omit<PngSpec, "samples">): Uint8Array {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colour, 0, 0, Number(interlaced)], 8);
  return pngChunk("IHDR", data);
}

export function makePng(spec: PngSpec): Uint8Array {
  const data = deflateSync(pngRows(spec));
  const part = Math.ceil(data.length / (spec.parts ?? 1));
  const parts = Array.from({ length: Math.ceil(data.length / part) }, (_, i) =>
    pngChunk("IDAT", data.subarray(i * part, (i + 1) * part)),
  );
  return pngOf(pngHeader(spec), ...(spec.chunks ?? []), ...parts, pngChunk("IEND"));
}

export const pngOf = (...chunks: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(Buffer.concat([PNG_SIGNATURE, ...chunks]));

/** The rows with their filters, before they are compressed. */
export function pngRows(spec: PngSpec): Uint8Array {
  const { width, height, depth, colour, interlaced, samples, filters = [] } = spec;
  const perPixel = SAMPLES_OF[colour] as number;
  const bytes: number[] = [];
  const step = Math.ceil((perPixel * depth) / 8);
  let rowNumber = 0;
  for (const [left, top, dx, dy] of interlaced ? PASSES : ([[0, 0, 1, 1]] as const)) {
    let above: number[] = [];
    for (let y = top; y < height && left < width; y += dy) {
      let bits = "";
      for (let x = left; x < width; x += dx)
        for (let sample = 0; sample < perPixel; sample++)
          bits += (samples[(y * width + x) * perPixel + sample] as number).toString(2).padStart(depth, "0");
      const row = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
      const filter = filters.length ? (filters[rowNumber++ % filters.length] as number) : 0;
      bytes.push(filter, ...row.map((byte, i) => (byte - predicted(filter, row, above, i, step)) & 255));
      above = row;
    }
  }
  return Uint8Array.from(bytes);
}

function predicted(filter: number, row: readonly number[], above: readonly number[], i: number, step: number): number {
  const [a, b, c] = [row[i - step] ?? 0, above[i] ?? 0, above[i - step] ?? 0];
  if (filter === 1) return a;
  if (filter === 2) return b;
  if (filter === 3) return Math.floor((a + b) / 2);
  if (filter !== 4) return 0;
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}
