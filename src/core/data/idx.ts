import { InvalidRequest } from "../errors.js";
import type { LabelledImages } from "./images.js";

const UNSIGNED_BYTES = 0x08;

/** A file's bytes, and what to call it when something is wrong with it. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where `bytes` are a header and some of the images: how long the file is, and which images they are. */
  readonly part?: { readonly length: number; readonly held: Uint32Array };
}

/**
 * Joins an IDX file of images with its IDX file of labels.
 *
 * @throws InvalidRequest where either is not what it should be, or their counts differ.
 */
export function readLabelledImages(images: NamedBytes, labels: NamedBytes): LabelledImages {
  const {
    sizes: [count = 0, height = 0, width = 0],
    data: pixels,
  } = readIdx(images, 3);
  const {
    sizes: [labelCount = 0],
    data,
  } = readIdx(labels, 1);
  if (count !== labelCount)
    throw new InvalidRequest(
      `${images.name} has ${count} images but ${labels.name} has ${labelCount} labels: they must match`,
    );
  const stray = data.findIndex((label) => label > 9);
  if (stray >= 0) throw new InvalidRequest(`${labels.name}: label ${stray} is ${data[stray]}, not a digit from 0 to 9`);
  return { count, height, width, pixels, labels: data, ...(images.part && { held: images.part.held }) };
}

/** Reads an IDX file of unsigned bytes: two zero bytes, type 8, the number of dimensions, their sizes, the data. */
function readIdx({ name, bytes, part }: NamedBytes, dimensions: number): { sizes: number[]; data: Uint8Array } {
  const headerBytes = 4 + 4 * dimensions;
  const length = part?.length ?? bytes.length;
  if (length < headerBytes)
    throw new InvalidRequest(`${name} is truncated: ${length} bytes, but an IDX header alone takes ${headerBytes}`);
  const header = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  const magic = header.getUint32(0);
  const expected = (UNSIGNED_BYTES << 8) | dimensions;
  if (magic !== expected)
    throw new InvalidRequest(
      `${name} starts with ${hex(magic)}, not ${hex(expected)}: not an IDX file of ${dimensions === 3 ? "images" : "labels"}`,
    );
  const sizes = Array.from({ length: dimensions }, (_, i) => header.getUint32(4 + 4 * i));
  const asked = headerBytes + sizes.reduce((product, size) => product * size, 1);
  if (length !== asked) {
    const kind = length < asked ? "is truncated" : "is too long";
    throw new InvalidRequest(`${name} ${kind}: ${length} bytes, but its header (${sizes.join("×")}) asks for ${asked}`);
  }
  return { sizes, data: bytes.subarray(headerBytes) };
}

const hex = (magic: number): string => `0x${magic.toString(16).padStart(8, "0")}`;
