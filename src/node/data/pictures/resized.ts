import type { ImageOptions } from "../../../core/data/image-options.js";
import type { ClassNumbers, LabelledImages } from "../../../core/data/images.js";
import { InvalidRequest } from "../../../core/errors.js";
import { contentDigest } from "../../../core/picture-sets/digest.js";
import { preparePicture, sameShape } from "../../../core/pictures/index.js";
import type { Dataset } from "../dataset.js";

/**
 * IDX images as networks are to see them, where that is not their 2×2 averages.
 *
 * @throws InvalidRequest where they have no colour, no names and no order that was asked for, or another shape and no fit
 */
export function resized(dataset: Dataset, asked: ImageOptions): Dataset {
  const { size, colour, fit, order, classes } = asked;
  if (colour === "rgb") throw new InvalidRequest("IDX images are grey: leave --colour out");
  if (order)
    throw new InvalidRequest("the classes of IDX images are numbers, which have their order: leave --order out");
  if (classes) throw new InvalidRequest("IDX files are in no folders of classes: leave --classes out");
  const { train, test, identity } = dataset;
  const target = size;
  if (!target) return dataset;
  if (train.height === 2 * target.height && train.width === 2 * target.width) return dataset;
  if (!fit && !sameShape(train, target))
    throw new InvalidRequest(
      `the images are ${train.height}×${train.width} (height × width), which is not the shape of ${target.height}×${target.width}: say --fit stretch, pad or crop`,
    );
  const asAsked = (images: LabelledImages): LabelledImages => {
    const { count, height, width, labels } = images;
    const common = { count, ...target, classes: images.classes ?? 10, pooling: 1, labels } as const;
    if (height === target.height && width === target.width) return { ...common, pixels: images.pixels };
    const pixels = new Uint16Array(new SharedArrayBuffer(2 * count * target.height * target.width));
    for (let image = 0; image < count; image++) {
      const whole = images.pixels.subarray(image * height * width, (image + 1) * height * width) as Uint8Array;
      const picture = { height, width, channels: 1, pixels: whole } as const;
      const prepared = preparePicture(picture, { ...target, channels: 1, background: [0], ...(fit && { fit }) });
      pixels.set(prepared, image * target.height * target.width);
    }
    return { ...common, pixels };
  };
  const sets = { train: asAsked(train), test: asAsked(test) };
  const values = identity.values ?? Array.from({ length: sets.train.classes ?? 10 }, (_, number) => number);
  const parts = [sets.train, sets.test];
  const sha256 = contentDigest(
    {
      ...target,
      channels: 1,
      background: [0],
      classes: values.length,
      values,
      splits: splitsOf(train.count, test.count),
    },
    parts.map(({ pixels }) => pixels),
    parts.map(({ labels }): ClassNumbers => labels),
  );
  return { identity: { ...identity, sha256, ...(fit && { fit }), asked }, ...sets };
}

const splitsOf = (train: number, test: number) => [
  { name: "train", count: train },
  { name: "test", count: test },
];
