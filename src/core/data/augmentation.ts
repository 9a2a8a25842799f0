import { fields, oneOf, optional, shown, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import type { Limits } from "../limits.js";

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

/** The name of an augmentation in `augmentations`. */
export type AugmentationName = keyof typeof augmentations;

/** What each amount can be. */
const LIMITS: Readonly<Record<Quantity, Limits>> = {
  rotation: { least: 0, most: 180, unit: "degrees" },
  scale: { least: 0, most: 0.9 },
  shear: { least: 0, most: 10 },
  shift: { least: 0, most: 1000, unit: "pixels" },
  elastic: { least: 0, most: 1000, unit: "pixels" },
  thickness: { least: 0, most: 1 },
  noise: { least: 0, most: 255, unit: "grey levels" },
};

type Quantity = Exclude<keyof Augmentation, "resampling">;

/** The amounts of an augmentation, in the order of its fields. */
export const QUANTITIES = Object.keys(LIMITS) as readonly Quantity[];

const AUGMENTATION = fields({
  ...Object.fromEntries(QUANTITIES.map((quantity) => [quantity, optional(within(LIMITS[quantity]))])),
  resampling: optional(oneOf(["bicubic", "bilinear"])),
});

/** @throws InvalidRequest naming the first value that is unknown or out of range */
export function checkAugmentation(augmentation: unknown, what = "augmentation"): asserts augmentation is Augmentation {
  const named = Object.entries(augmentations).find(([name]) => name === augmentation)?.[0];
  if (named) throw new InvalidRequest(`${what} must be an object, such as augmentations.${named}, not ${shown(named)}`);
  AUGMENTATION(augmentation, what);
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
