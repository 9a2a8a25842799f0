import { partly } from "../checks.js";
import type { Pairs } from "../data/index.js";
import { InvalidRequest } from "../errors.js";
import { BorderHistogram, type Picture, preparePicture, sameShape } from "../pictures/index.js";
import { type RunConfig, shapeOf } from "../training/job.js";

/** A picture with what errors call it. */
export interface NamedPicture {
  readonly name: string;
  readonly picture: Picture;
}

/** What a run's configuration says of the images that its network sees. */
type SeenImages = Pick<RunConfig, "dataset">;

const backgroundOf = ({ dataset }: SeenImages): readonly number[] =>
  dataset.background ?? new Array(shapeOf(dataset).channels).fill(0);

/**
 * What a run's network sees of a picture: prepared exactly as the pictures that it was trained on.
 *
 * @returns [channels, height, width]: pixels of 0–255 less the background
 * @throws InvalidRequest naming the picture if it has another shape, and the run's pictures had one
 */
export function seenPicture(config: SeenImages, { name, picture }: NamedPicture): Float32Array {
  partly({ dataset: partly({}) })(config, "config");
  const { height, width, channels } = shapeOf(config.dataset);
  const { fit } = config.dataset;
  const background = backgroundOf(config);
  if (!fit && !sameShape(picture, { height, width }))
    throw new InvalidRequest(
      `${name} is ${picture.height}×${picture.width} (height × width): the run was trained on pictures of the shape of ${height}×${width}, and was not told how others fit; cut it to that shape`,
    );
  const target = { height, width, channels: channels === 3 ? 3 : 1, background, ...(fit && { fit }) } as const;
  const prepared = preparePicture(picture, target);
  return Float32Array.from(
    prepared,
    (value, i) => value / 256 - (background[Math.floor(i / (height * width))] as number),
  );
}

/**
 * Pairs of pictures that nothing is known about, as a run's network sees them. Their classes and targets are 0.
 *
 * @param pictures  two for each pair
 * @throws InvalidRequest as `seenPicture`
 */
export function picturePairs(config: SeenImages, pictures: readonly (readonly [NamedPicture, NamedPicture])[]): Pairs {
  const seen = new Map<Picture, Float32Array>();
  const seenOnce = (named: NamedPicture): Float32Array => {
    const found = seen.get(named.picture) ?? seenPicture(config, named);
    seen.set(named.picture, found);
    return found;
  };
  const { height, width, channels, classes: classCount } = shapeOf(config.dataset);
  const size = channels * height * width;
  const count = pictures.length;
  const images = new Float32Array(2 * count * size);
  pictures.flat().forEach((named, i) => {
    images.set(seenOnce(named), i * size);
  });
  const { background } = config.dataset;
  const shape = { count, height, width, channels, classCount };
  return {
    ...{ ...shape, images, ...(background && { background }) },
    ...{ classes: new Uint8Array(2 * count), targets: new Uint8Array(count) },
  };
}

/** Borders below it are dark, and borders above 255 less it are light; between them they are neither. */
const DARK = 64;

/**
 * How a picture differs from those that a run was trained on, in words; undefined if nothing is found. Dark on light where they were light
 * on dark, or the other way round, is found by its border.
 */
export function unlikeTraining(config: SeenImages, { name, picture }: NamedPicture): string | undefined {
  const { channels } = shapeOf(config.dataset);
  // What lies around colours is of any brightness.
  if (channels === 3) return undefined;
  const histogram = new BorderHistogram(1);
  histogram.add(picture);
  const tone = (value: number) => (value < DARK ? "dark" : value > 255 - DARK ? "light" : undefined);
  const [own, trained] = [tone(histogram.background()[0] as number), tone(backgroundOf(config)[0] as number)];
  if (!own || !trained || own === trained) return undefined;
  return `${name} has a ${own} border, and the run learned from pictures with a ${trained} one: invert it`;
}
