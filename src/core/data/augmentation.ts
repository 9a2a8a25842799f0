import { InvalidRequest } from "../errors.js";

/**
 * How training images are changed each time that they are seen: plain data. Every image draws its own change; what is absent
 * or 0 changes nothing. Images are warped, then their strokes thickened or thinned, then noise is added, all in raw pixels of
 * 0–255, with 0 outside of the image.
 */
export interface Augmentation {
  /** Degrees: an angle is uniform in ± rotation, about the image's centre. */
  readonly rotation?: number;
  /** Fraction below 1: the magnification is uniform in 1 ± scale. */
  readonly scale?: number;
  /** Pixels to the side for each pixel down: uniform in ± shear. */
  readonly shear?: number;
  /** Pixels: to the side and down, each uniform in ± shift. */
  readonly shift?: number;
  /**
   * Pixels: the standard deviation of the normal offsets, to the side and down, of a 4×4 grid of points whose corners are
   * the image's. Bicubic interpolation gives every pixel its own (elastic distortion, Simard, Steinkraus & Platt 2003).
   */
  readonly elastic?: number;
  /**
   * From 0 to 1: the share is uniform in ± thickness. Above 0 that much of a pixel is taken from the largest of its 3×3
   * neighbours (dilation), below 0 from the smallest (erosion).
   */
  readonly thickness?: number;
  /** Grey levels of 255: the standard deviation of normal noise on each pixel. */
  readonly noise?: number;
  /** Cubic convolution (Keys 1981) with a = −0.75, as PyTorch's grid_sample; the default. Or bilinear. */
  readonly resampling?: "bicubic" | "bilinear";
}

/** Points along each side of the grid of elastic offsets. */
export const GRID = 4;

/** Augmentations that have a name. `none` leaves images as they are. */
export const augmentations = {
  none: {},
  mild: { rotation: 8, scale: 0.08, shear: 0.1, shift: 1 },
  strong: { rotation: 12, scale: 0.12, shear: 0.2, shift: 1.2, elastic: 0.35, thickness: 0.6 },
} as const satisfies Readonly<Record<string, Augmentation>>;

export type AugmentationName = keyof typeof augmentations;

/** The least that a quantity must be below, or at most, and in which unit. */
const LIMITS: Readonly<Record<Quantity, readonly [least: number, most: number, text: string]>> = {
  rotation: [0, 180, "a number of degrees from 0 to 180"],
  scale: [0, 0.9, "a fraction from 0 to 0.9"],
  shear: [0, 10, "a number from 0 to 10"],
  shift: [0, 1000, "a number of pixels from 0 to 1000"],
  elastic: [0, 1000, "a number of pixels from 0 to 1000"],
  thickness: [0, 1, "a number from 0 to 1"],
  noise: [0, 255, "a number of grey levels from 0 to 255"],
};

type Quantity = Exclude<keyof Augmentation, "resampling">;

/** The amounts of an augmentation, in the order of its fields. */
export const QUANTITIES = Object.keys(LIMITS) as readonly Quantity[];

/** @throws InvalidRequest naming the first value that is out of range */
export function checkAugmentation(augmentation: Augmentation): void {
  for (const quantity of QUANTITIES) {
    const value = augmentation[quantity] ?? 0;
    const [least, most, text] = LIMITS[quantity];
    if (!(value >= least && value <= most))
      throw new InvalidRequest(`augmentation: ${quantity} must be ${text}, not ${value}`);
  }
  const { resampling = "bicubic" } = augmentation;
  if (resampling !== "bicubic" && resampling !== "bilinear")
    throw new InvalidRequest(`augmentation: resampling must be bicubic or bilinear, not ${resampling}`);
}

/** Whether images are moved or their strokes changed: all but noise. */
export const warps = (augmentation: Augmentation): boolean =>
  QUANTITIES.some((quantity) => quantity !== "noise" && (augmentation[quantity] ?? 0) > 0);

/** The same augmentation without what changes nothing, its fields in a fixed order; undefined where nothing is left. */
export function leanAugmentation(augmentation: Augmentation): Augmentation | undefined {
  const given = QUANTITIES.flatMap((quantity) => {
    const value = augmentation[quantity] ?? 0;
    return value === 0 ? [] : [[quantity, value]];
  });
  if (given.length === 0) return undefined;
  const bilinear = augmentation.resampling === "bilinear" && warps(augmentation);
  return { ...Object.fromEntries(given), ...(bilinear && { resampling: "bilinear" }) };
}

/**
 * The share of each of the grid's points, along one side of an image, in each pixel: cubic convolution with a = −0.75 over
 * points of which the first and the last lie on the first and the last pixel, repeated beyond (PyTorch's interpolate,
 * `mode="bicubic", align_corners=True`).
 *
 * @returns [pixels][points]
 */
export function gridShares(pixels: number): number[][] {
  return Array.from({ length: pixels }, (_, pixel) => {
    const place = pixels > 1 ? (pixel * (GRID - 1)) / (pixels - 1) : 0;
    const point = Math.floor(place);
    const shares = new Array<number>(GRID).fill(0);
    for (let tap = -1; tap <= 2; tap++) {
      const near = Math.min(Math.max(point + tap, 0), GRID - 1);
      shares[near] = (shares[near] as number) + cubic(place - point - tap);
    }
    return shares;
  });
}

/** Keys' kernel with a = −0.75 at a distance of at most 2. */
function cubic(distance: number): number {
  const a = -0.75;
  const x = Math.abs(distance);
  return x <= 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
}
