/** A part of an image: its first row and column, and how many of each. */
export interface Region {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Where one channel goes: rows of a whole image, and the part of it that is written. */
interface Target extends Region {
  /** From one row to the next, and the place of the channel's first pixel. */
  readonly stride: number;
  readonly start: number;
}

/**
 * Area average of one channel, exact in whole numbers: each pixel of the result is the mean of the box that it covers, pixels that the box
 * covers in part counting by that part, with one division, rounded to 256ths, half a step up. At the same size it is 256 times the pixel, at
 * half the size 256 times the mean of four. Enlarged, a pixel becomes a box of its own value, and where a box ends within a pixel of the
 * result, that one is between its neighbours.
 *
 * @param pixels    [rows, columns, channels] with so many columns and channels
 * @param channel   which of them
 * @param region    the part that is read
 * @param result    written, in 256ths
 */
export function areaAverage(
  pixels: Uint8Array,
  columns: number,
  channels: number,
  channel: number,
  region: Region,
  result: Uint16Array,
  target: Target,
): void {
  const { height, width } = region;
  // In units of 1 / (target's height): a source row is that many high, a row of the result as many as the source has rows.
  const sums = new Float64Array(target.width);
  const row = new Float64Array(target.width);
  const across = boxes(width, target.width);
  const down = boxes(height, target.height);
  const area = height * width;
  const half = Math.floor(area / 2);
  let held = -1;
  for (let y = 0; y < target.height; y++) {
    const to = target.start + (target.top + y) * target.stride + target.left;
    sums.fill(0);
    const last = down.last[y] as number;
    for (let from = down.first[y] as number; from <= last; from++) {
      // Two boxes may share a row.
      if (from !== held)
        sumBoxes(pixels, ((region.top + from) * columns + region.left) * channels + channel, channels, across, row);
      held = from;
      const share = from === down.first[y] ? down.ofFirst[y] : from === last ? down.ofLast[y] : target.height;
      for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] as number) + (share as number) * (row[x] as number);
    }
    // At most 256 · 255 · 64 million, far below 2⁵³; a quotient is at least 1 / area from the next whole number.
    for (let x = 0; x < sums.length; x++) result[to + x] = Math.floor((256 * (sums[x] as number) + half) / area);
  }
}

/** What each pixel of a result covers of a row or column of another length. */
interface Boxes {
  /** What an inner pixel counts. */
  readonly whole: number;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** What the first and the last pixel count; the first alone where they are one. */
  readonly ofFirst: Int32Array;
  readonly ofLast: Int32Array;
}

function boxes(length: number, target: number): Boxes {
  const [first, last, ofFirst, ofLast] = Array.from({ length: 4 }, () => new Int32Array(target)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  for (let i = 0; i < target; i++) {
    // A source pixel is `target` long, a result's `length`.
    const [begin, end] = [i * length, (i + 1) * length];
    const [from, to] = [Math.floor(begin / target), Math.ceil(end / target) - 1];
    first[i] = from;
    last[i] = to;
    ofFirst[i] = Math.min(end, (from + 1) * target) - begin;
    ofLast[i] = end - to * target;
  }
  return { whole: target, first, last, ofFirst, ofLast };
}

function sumBoxes(pixels: Uint8Array, start: number, step: number, across: Boxes, sums: Float64Array): void {
  const { whole, first, last, ofFirst, ofLast } = across;
  for (let x = 0; x < sums.length; x++) {
    const [from, to] = [first[x] as number, last[x] as number];
    let sum = (ofFirst[x] as number) * (pixels[start + from * step] as number);
    if (to > from) {
      let inner = 0;
      for (let i = from + 1; i < to; i++) inner += pixels[start + i * step] as number;
      sum += whole * inner + (ofLast[x] as number) * (pixels[start + to * step] as number);
    }
    sums[x] = sum;
  }
}
