import { fields, listOf, oneOf, optional, within } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { opaquePixels } from "./channels.js";
import { checkChannels, checkPicture, checkSide } from "./check-picture.js";
import type { Picture } from "./picture.js";
import { areaAverage, type Region } from "./resize.js";

/** How a picture of another shape becomes one of the shape that is wanted. */
export type Fit = "stretch" | "pad" | "crop";

export const FITS: readonly Fit[] = ["stretch", "pad", "crop"];

/** What networks are to see of a picture. */
export interface PictureTarget {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** Needed where the shape is another, by `sameShape`. */
  readonly fit?: Fit | undefined;
  /** Whole numbers, 0–255 of each channel: what is behind transparent pixels and around a padded picture. */
  readonly background: readonly number[];
}

const colour = within({ least: 0, most: 255, whole: true });
const checkTarget = fields({
  height: checkSide,
  width: checkSide,
  channels: checkChannels,
  fit: optional(oneOf(FITS)),
  background: listOf(colour),
});

/** Whether a picture, scaled into the target, fills it to within half a pixel: it then needs no fit. */
export function sameShape(
  picture: Pick<Picture, "height" | "width">,
  target: Pick<PictureTarget, "height" | "width">,
): boolean {
  const { height, width } = innerSize(picture, target);
  return height === target.height && width === target.width;
}

/**
 * Makes of a picture what networks see: lays it over the background, makes it grey or repeats its grey, then resizes it by area average, all
 * in whole numbers.
 *
 * `stretch` changes the shape. `pad` keeps the whole picture in the middle, background around it; where that does not halve, the extra row
 * or column is below or on the right. `crop` keeps the middle of the picture, and cuts off the extra row or column below or on the right.
 *
 * @returns [channels, height, width] in 256ths
 * @throws InvalidRequest where the shapes differ and no fit is given
 */
export function preparePicture(picture: Picture, target: PictureTarget): Uint16Array {
  checkPicture(picture);
  checkTarget(target, "the target");
  const { height, width, channels, background } = target;
  if (background.length !== channels)
    throw new InvalidRequest(
      `background must have a number of each of the ${channels} channels, not ${background.length}`,
    );
  const fit = fitOf(picture, target);
  const from = fit === "crop" ? middlePart(picture, target) : { top: 0, left: 0, ...sizeOf(picture) };
  const to = fit === "pad" ? middleOf(target, innerSize(picture, target)) : { top: 0, left: 0, height, width };
  const pixels = opaquePixels(picture, channels, background);
  const result = new Uint16Array(channels * height * width);
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * height * width;
    if (fit === "pad") result.fill(256 * (background[channel] as number), start, start + height * width);
    areaAverage(pixels, picture.width, channels, channel, from, result, { ...to, stride: width, start });
  }
  return result;
}

function fitOf(picture: Picture, target: PictureTarget): Fit {
  if (target.fit) return target.fit;
  if (sameShape(picture, target)) return "stretch";
  throw new InvalidRequest(
    `a picture of ${picture.height}×${picture.width} (height × width) has not the shape of ${target.height}×${target.width}: fit must be one of ${FITS.join(", ")}`,
  );
}

/** The size of a picture that is scaled into a target, whole. */
function innerSize(picture: Pick<Picture, "height" | "width">, target: Pick<PictureTarget, "height" | "width">) {
  const [wide, high] = [picture.width * target.height, picture.height * target.width];
  if (wide >= high) return { height: rounded(high, picture.width), width: target.width };
  return { height: target.height, width: rounded(wide, picture.height) };
}

/** The largest part of a picture that has a target's shape, to the next whole pixel. */
function middlePart(picture: Picture, target: PictureTarget): Region {
  const [wide, high] = [picture.width * target.height, picture.height * target.width];
  const part =
    wide >= high
      ? { height: picture.height, width: Math.min(picture.width, rounded(high, target.height)) }
      : { height: Math.min(picture.height, rounded(wide, target.width)), width: picture.width };
  return middleOf(picture, part);
}

function middleOf(whole: Pick<Region, "height" | "width">, part: Pick<Region, "height" | "width">): Region {
  return {
    top: Math.floor((whole.height - part.height) / 2),
    left: Math.floor((whole.width - part.width) / 2),
    ...part,
  };
}

const sizeOf = ({ height, width }: Picture) => ({ height, width });

/** A quotient of whole numbers to the next whole number, half a one up, and 1 at least. */
const rounded = (dividend: number, divisor: number): number =>
  Math.max(1, Math.floor((2 * dividend + divisor) / (2 * divisor)));
