import { InvalidRequest } from "../errors.js";
import { crc32, loadZlib } from "./deflate.js";
import { orientationOf, upright } from "./orientation.js";
import { checkSize, damaged, type Picture, pictureOf, truncated } from "./picture.js";

const SIGNATURE = 8;
/** Length, type and checksum. */
const AROUND = 12;

const GREY = 0;
const RGB = 2;
const PALETTE = 3;
const GREY_ALPHA = 4;
const RGB_ALPHA = 6;

/** Bits of a sample that each colour type may have, and samples of a pixel. */
const COLOURS: Readonly<Record<number, { readonly depths: readonly number[]; readonly samples: number }>> = {
  [GREY]: { depths: [1, 2, 4, 8, 16], samples: 1 },
  [RGB]: { depths: [8, 16], samples: 3 },
  [PALETTE]: { depths: [1, 2, 4, 8], samples: 1 },
  [GREY_ALPHA]: { depths: [8, 16], samples: 2 },
  [RGB_ALPHA]: { depths: [8, 16], samples: 4 },
};

interface Header {
  readonly height: number;
  readonly width: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced: boolean;
  readonly samples: number;
}

interface Chunks extends Header {
  /** Compressed, of all IDAT chunks. */
  readonly data: Uint8Array;
  readonly palette: Uint8Array | undefined;
  readonly transparency: Uint8Array | undefined;
  readonly exif: Uint8Array | undefined;
}

/** Where a pass of an interlaced image begins and how far its pixels are apart: x, y, then both steps. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const ONE_PASS = [[0, 0, 1, 1]] as const;

/**
 * Decodes a PNG image of any colour type and depth, interlaced or not. Samples of 1, 2 and 4 bits are stretched to 8, those of 16 bits
 * lose the lower 8; gamma and colour profiles change nothing. Of an animated one this is the image that programs show which know of no
 * animation.
 *
 * @throws InvalidRequest where the file is damaged
 */
export async function decodePng(bytes: Uint8Array, name: string): Promise<Picture> {
  const chunks = readChunks(bytes, name);
  const { height, width, depth, samples, exif } = chunks;
  const passes = (chunks.interlaced ? ADAM7 : ONE_PASS)
    .map(([x, y, dx, dy]) => {
      const [rows, columns] = [Math.ceil((height - y) / dy), Math.ceil((width - x) / dx)];
      return { x, y, dx, dy, rows, columns, rowBytes: Math.ceil((columns * samples * depth) / 8) };
    })
    .filter(({ rows, columns }) => rows > 0 && columns > 0);
  const length = passes.reduce((sum, { rows, rowBytes }) => sum + rows * (1 + rowBytes), 0);
  const data = await inflated(chunks.data, length, name);
  const colours = coloursOf(chunks, name);
  const step = Math.ceil((samples * depth) / 8);
  let at = 0;
  for (const { x, y, dx, dy, rows, columns, rowBytes } of passes) {
    let above: Uint8Array | undefined;
    for (let row = 0; row < rows; row++, at += 1 + rowBytes) {
      const line = data.subarray(at + 1, at + 1 + rowBytes);
      unfilter(data[at] as number, line, above, step, name);
      colours.put(line, columns, (y + row * dy) * width + x, dx);
      above = line;
    }
  }
  const picture = pictureOf(height, width, colours.channels, colours.pixels, colours.alpha);
  return exif ? upright(picture, orientationOf(exif)) : picture;
}

function readChunks(bytes: Uint8Array, name: string): Chunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let header: Header | undefined;
  let [palette, transparency, exif]: (Uint8Array | undefined)[] = [];
  const parts: Uint8Array[] = [];
  for (let at = SIGNATURE; ; ) {
    if (at + AROUND > bytes.length) truncated(name, bytes, header ? "its PNG chunks" : "its PNG header");
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) damaged(name, `there is no PNG chunk at byte ${at}`);
    if (!header && type !== "IHDR") damaged(name, `its first PNG chunk is ${type}, not IHDR`);
    const end = at + AROUND + length;
    if (end > bytes.length) truncated(name, bytes, `its PNG chunk ${type}`);
    const data = bytes.subarray(at + 8, at + 8 + length);
    // What is left unread may be damaged: the pixels are whole.
    if (READ.has(type) && crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length))
      damaged(name, `the checksum of its PNG chunk ${type} is wrong`);
    if (type === "IHDR") {
      if (header) damaged(name, "it has two PNG headers");
      header = readHeader(data, name);
    } else if (type === "PLTE") palette = data;
    else if (type === "tRNS") transparency = data;
    else if (type === "eXIf") exif = data;
    else if (type === "IDAT") parts.push(data);
    else if (type === "IEND") break;
    else if (type.charCodeAt(0) < 0x61)
      throw new InvalidRequest(`${name} has a PNG chunk ${type}, which no standard has`);
    at = end;
  }
  if (!header) throw new Error("the loop ends with one");
  if (parts.length === 0) damaged(name, "it has no pixels, a PNG chunk IDAT");
  return { ...header, data: joined(parts), palette, transparency, exif };
}

const READ = new Set(["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "eXIf"]);

function readHeader(data: Uint8Array, name: string): Header {
  if (data.length !== 13) damaged(name, `its PNG header has ${data.length} bytes, not 13`);
  const view = new DataView(data.buffer, data.byteOffset, 13);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  checkSize(name, height, width);
  const [depth, colour, compression, filter, interlace] = data.subarray(8) as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  const kind = COLOURS[colour];
  if (!kind?.depths.includes(depth))
    damaged(name, `its PNG header says colour type ${colour} with ${depth} bits, which PNG does not have`);
  if (compression !== 0 || filter !== 0 || interlace > 1)
    damaged(
      name,
      `its PNG header says compression ${compression}, filter ${filter}, interlacing ${interlace}, which PNG does not have`,
    );
  return { height, width, depth, colour, interlaced: interlace === 1, samples: kind.samples };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What deflate makes of a byte at most: 258 bytes of 2 bits. */
const MOST_GROWTH = 1032;

/** Decompresses into so many bytes and no more, whatever the data would grow to. */
async function inflated(data: Uint8Array, length: number, name: string): Promise<Uint8Array> {
  // Before there is memory for them.
  if (data.length * MOST_GROWTH < length)
    damaged(name, `its ${data.length} bytes of compressed pixels cannot be the ${length} that its header asks for`);
  const { unzlibSync } = await loadZlib();
  let out: Uint8Array;
  try {
    out = unzlibSync(data, { out: new Uint8Array(length) });
  } catch (error) {
    // What no longer fits its place.
    if (error instanceof RangeError) damaged(name, `it has more than its ${length} bytes of pixels`);
    damaged(name, `its pixels do not decompress (${(error as Error).message})`);
  }
  if (out.length < length) damaged(name, `it has ${out.length} of its ${length} bytes of pixels`);
  return out;
}

/** Undoes what the encoder did to a row, in place. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array | undefined, step: number, name: string): void {
  const { length } = line;
  if (filter === 1) for (let i = step; i < length; i++) line[i] = (line[i] as number) + (line[i - step] as number);
  else if (filter === 2 && above) for (let i = 0; i < length; i++) line[i] = (line[i] as number) + (above[i] as number);
  else if (filter === 3)
    for (let i = 0; i < length; i++) {
      const left = i < step ? 0 : (line[i - step] as number);
      line[i] = (line[i] as number) + ((left + (above ? (above[i] as number) : 0)) >> 1);
    }
  else if (filter === 4)
    for (let i = 0; i < length; i++) {
      const left = i < step ? 0 : (line[i - step] as number);
      const up = above ? (above[i] as number) : 0;
      const corner = above && i >= step ? (above[i - step] as number) : 0;
      line[i] = (line[i] as number) + nearest(left, up, corner);
    }
  else if (filter > 4) damaged(name, `it has a row of PNG filter ${filter}: there are 0 to 4`);
}

/** Paeth's predictor: the neighbour that is nearest to left + up − corner. */
function nearest(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** What takes rows of samples and makes pixels of them. */
interface Colours {
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
  readonly alpha: Uint8Array | undefined;
  /** @param first  the number of the row's first pixel in the picture; the others follow at a distance */
  put(line: Uint8Array, columns: number, first: number, distance: number): void;
}

function coloursOf(chunks: Chunks, name: string): Colours {
  return chunks.colour === PALETTE ? indexed(chunks, name) : direct(chunks, name);
}

function indexed({ height, width, depth, palette, transparency }: Chunks, name: string): Colours {
  if (!palette || palette.length === 0 || palette.length % 3 !== 0 || palette.length > 768)
    damaged(name, palette ? `its palette has ${palette.length} bytes, not 3 a colour` : "it has no palette");
  const [pixels, alpha] = [new Uint8Array(height * width * 3), transparency && new Uint8Array(height * width)];
  const colours = palette.length / 3;
  const put: Colours["put"] = (line, columns, first, distance) => {
    for (let x = 0, pixel = first; x < columns; x++, pixel += distance) {
      const index = sampleOf(line, x, depth);
      if (index >= colours) damaged(name, `it has a pixel of colour ${index}: its palette has ${colours}`);
      pixels[3 * pixel] = palette[3 * index] as number;
      pixels[3 * pixel + 1] = palette[3 * index + 1] as number;
      pixels[3 * pixel + 2] = palette[3 * index + 2] as number;
      if (alpha) alpha[pixel] = transparency?.[index] ?? 255;
    }
  };
  return { channels: 3, pixels, alpha, put };
}

function direct({ height, width, depth, colour, samples, transparency }: Chunks, name: string): Colours {
  const channels = colour === GREY || colour === GREY_ALPHA ? 1 : 3;
  const hidden = hiddenColour(transparency, channels, depth, name);
  const [pixels, alpha] = [
    new Uint8Array(height * width * channels),
    samples > channels || hidden ? new Uint8Array(height * width) : undefined,
  ];
  // To 8 bits: what all bits of a sample make 255.
  const [scale, shift] = depth === 16 ? [1, 8] : [255 / (2 ** depth - 1), 0];
  const put: Colours["put"] = (line, columns, first, distance) => {
    if (depth === 8 && distance === 1 && !alpha) {
      pixels.set(line, first * channels);
      return;
    }
    for (let x = 0, pixel = first; x < columns; x++, pixel += distance) {
      let isHidden = hidden !== undefined;
      for (let channel = 0; channel < channels; channel++) {
        const sample = sampleOf(line, x * samples + channel, depth);
        pixels[pixel * channels + channel] = (sample * scale) >> shift;
        if (hidden && sample !== hidden[channel]) isHidden = false;
      }
      if (!alpha) continue;
      if (samples > channels) alpha[pixel] = sampleOf(line, x * samples + channels, depth) >> shift;
      else alpha[pixel] = isHidden ? 0 : 255;
    }
  };
  return { channels, pixels, alpha, put };
}

/** The one colour whose pixels are transparent, of an image that has no alpha of its own. */
function hiddenColour(
  transparency: Uint8Array | undefined,
  channels: number,
  depth: number,
  name: string,
): readonly number[] | undefined {
  if (!transparency) return undefined;
  if (transparency.length !== 2 * channels)
    damaged(name, `its PNG chunk tRNS has ${transparency.length} bytes, not ${2 * channels}`);
  const mask = 2 ** depth - 1;
  return Array.from({ length: channels }, (_, channel) => sampleOf(transparency, channel, 16) & mask);
}

/** A sample of 1, 2, 4, 8 or 16 bits. */
function sampleOf(line: Uint8Array, index: number, depth: number): number {
  if (depth === 8) return line[index] as number;
  if (depth === 16) return ((line[2 * index] as number) << 8) | (line[2 * index + 1] as number);
  const bit = index * depth;
  return ((line[bit >> 3] as number) >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}
