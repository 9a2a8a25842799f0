import { InvalidRequest } from "../errors.js";
import type { Codec } from "./codecs.js";
import { type Orientation, orientationOf, upright } from "./orientation.js";
import { checkSize, damaged, fromRgba, type Picture, truncated } from "./picture.js";

interface JpegHeader {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly orientation: Orientation;
}

/** What the decoder says of files that lack something, but shows all the same. */
const OF_DAMAGE = /corrupt|premature|inconsistent|invalid|bogus|missing|unexpected/i;

/**
 * Decodes a JPEG image, baseline or progressive, of grey scale or colour, as its EXIF orientation asks for it.
 *
 * @throws InvalidRequest where the file is damaged, is one of CMYK, or is of a kind of JPEG that is not read
 */
export async function decodeJpeg(bytes: Uint8Array, name: string, codec: Codec): Promise<Picture> {
  const { height, width, channels, orientation } = readHeader(bytes, name);
  const { image, said } = await codec.decode(bytes);
  const complaint = image ? said.find((line) => OF_DAMAGE.test(line)) : (said.at(-1) ?? "it does not decode");
  if (complaint !== undefined) damaged(name, complaint);
  if (image?.height !== height || image.width !== width) damaged(name, "its pixels are not those of its header");
  return upright(fromRgba(image.data, height, width, channels, false), orientation);
}

/** Pixels of a byte at most: a bit is the least that a block of 8×8 takes. */
const MOST_GROWTH = 512;
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Starts of frames: of what is read, and of other kinds. */
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2];
const OTHER_FRAMES: Readonly<Record<number, string>> = {
  195: "lossless",
  197: "hierarchical",
  198: "hierarchical",
  199: "hierarchical",
  201: "arithmetic-coded",
  202: "arithmetic-coded",
  203: "arithmetic-coded",
  205: "arithmetic-coded",
  206: "arithmetic-coded",
  207: "arithmetic-coded",
  247: "lossless (JPEG-LS)",
};

/** Walks the segments before the first scan. */
function readHeader(bytes: Uint8Array, name: string): JpegHeader {
  let orientation: Orientation = 1;
  let frame: Omit<JpegHeader, "orientation"> | undefined;
  for (let at = 2; ; ) {
    // Any number of 255s fill up before a marker.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    const [first, marker] = [bytes[at], bytes[at + 1]];
    if (first === undefined || marker === undefined) truncated(name, bytes, "its JPEG header");
    if (first !== 0xff) damaged(name, `there is no JPEG marker at byte ${at}`);
    if (marker === END_OF_IMAGE) damaged(name, "it ends before its pixels");
    if (at + 4 > bytes.length) truncated(name, bytes, "its JPEG header");
    const length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    if (marker === START_OF_SCAN) {
      if (!frame) damaged(name, "its pixels come before its size");
      // Before there is memory for them.
      if ((bytes.length - at) * MOST_GROWTH < frame.height * frame.width)
        truncated(name, bytes, `its ${frame.height}×${frame.width} pixels (height × width)`);
      return { ...frame, orientation };
    }
    if (length < 2) damaged(name, `its JPEG segment at byte ${at} has a length of ${length}`);
    if (at + 2 + length > bytes.length) truncated(name, bytes, "its JPEG header");
    const segment = bytes.subarray(at + 4, at + 2 + length);
    const other = OTHER_FRAMES[marker];
    if (other) throw new InvalidRequest(`${name} is a JPEG image that is ${other}: it must be baseline or progressive`);
    if (FRAMES.includes(marker)) frame = readFrame(segment, name);
    else if (marker === APP1 && isExif(segment)) orientation = orientationOf(segment);
    at += 2 + length;
  }
}

function readFrame(segment: Uint8Array, name: string): Omit<JpegHeader, "orientation"> {
  if (segment.length < 6) damaged(name, `its JPEG frame header has ${segment.length} bytes, not 6 at least`);
  const view = new DataView(segment.buffer, segment.byteOffset, segment.length);
  const [precision, height, width, components] = [
    view.getUint8(0),
    view.getUint16(1),
    view.getUint16(3),
    view.getUint8(5),
  ];
  checkSize(name, height, width);
  if (precision !== 8)
    throw new InvalidRequest(`${name} is a JPEG image of ${precision} bits a channel: it must have 8`);
  if (components === 4)
    throw new InvalidRequest(`${name} is a JPEG image of CMYK colours: it must be of RGB colours or grey scale`);
  if (components !== 1 && components !== 3)
    throw new InvalidRequest(`${name} is a JPEG image of ${components} channels: it must have 1 or 3`);
  return { height, width, channels: components };
}

const isExif = (segment: Uint8Array): boolean => [0x45, 0x78, 0x69, 0x66, 0, 0].every((byte, i) => segment[i] === byte);
