import { InvalidRequest } from "../errors.js";
import type { InputSpec } from "../network/index.js";
import { Stream } from "../random/index.js";
import type { LabelledImages } from "./images.js";
import { pool2x2 } from "./pooling.js";
import { lessOrEqual, type Relation } from "./relations.js";

/** Pairs of images with what is known about them. */
export interface Pairs {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classCount: number;
  /** [count, 2, channels, height, width], raw pixels 0–255. */
  readonly images: Float32Array;
  /** [count, 2]. */
  readonly classes: Uint8Array;
  /** [count]: 1 where the relation holds. */
  readonly targets: Uint8Array;
}

/** What one round's networks are trained on and what they are tested on. */
export interface PairSet {
  readonly train: Pairs;
  readonly test: Pairs;
  /** What the targets say of the classes. */
  readonly relation: Relation;
}

/** Training pairs of a round, and its test pairs, where nothing else is asked for. */
export const DEFAULT_PAIRS = 1000;

/** Pairs of the test images, for reporting, or of training images that a round does not train on, for every choice. */
export type EvaluationPairs = "test" | "validation";

export interface PairSetOptions {
  /** Training pairs; default 1,000. A smaller number gives the first of a larger one's. */
  readonly trainPairs?: number;
  /** Test pairs; default 1,000. */
  readonly testPairs?: number;
  /** Where the test pairs come from; default test. */
  readonly evaluateOn?: EvaluationPairs;
  readonly relation?: Relation;
}

/**
 * The pair set of one seed: pairs of 2×2-pooled images, the training pairs from the training images and the test pairs
 * from the test images or from training images that are left, no image twice in either.
 *
 * @throws InvalidRequest when there are fewer images than the pairs need.
 */
export function samplePairSet(
  images: { readonly train: LabelledImages; readonly test: LabelledImages },
  seed: number,
  options: PairSetOptions = {},
): PairSet {
  const { relation = lessOrEqual, evaluateOn = "test" } = options;
  const { train, test } = images;
  return {
    train: makePairs(train, drawPairs("training", seed, train.count, options), relation),
    test:
      evaluateOn === "test"
        ? makePairs(test, drawPairs("test", seed, test.count, options), relation)
        : makePairs(train, drawPairs("validation", seed, train.count, options), relation),
    relation,
  };
}

/**
 * The numbers of the images that a seed's pairs consist of: the first two are pair 1, the next two pair 2. Validation pairs
 * are of the training images that the training pairs leave.
 *
 * @param count  how many images there are, test images for test pairs and training images for the others
 * @throws InvalidRequest when there are fewer images than the pairs need.
 */
export function drawPairs(
  which: "training" | EvaluationPairs,
  seed: number,
  count: number,
  { trainPairs = DEFAULT_PAIRS, testPairs = DEFAULT_PAIRS }: Pick<PairSetOptions, "trainPairs" | "testPairs"> = {},
): Uint32Array {
  requirePairs(which, { trainPairs, testPairs }, count);
  if (which !== "validation") {
    const pairs = which === "training" ? trainPairs : testPairs;
    return new Stream(seed, `${which} pairs`).sample(2 * pairs, count);
  }
  const taken = new Set(drawPairs("training", seed, count, { trainPairs }));
  const left = Uint32Array.from({ length: count }, (_, image) => image).filter((image) => !taken.has(image));
  const places = new Stream(seed, "validation pairs").sample(2 * testPairs, left.length);
  return places.map((place) => left[place] as number);
}

/** What networks see of images after 2×2 pooling. */
export function pooledInput({ height, width }: Pick<LabelledImages, "height" | "width">): InputSpec {
  return { height: Math.floor(height / 2), width: Math.floor(width / 2), channels: 1, classes: 10 };
}

/** @throws InvalidRequest when there are fewer images than the pairs need, no image twice. */
export function requirePairs(
  which: "training" | EvaluationPairs,
  { trainPairs, testPairs }: { readonly trainPairs: number; readonly testPairs: number },
  count: number,
): void {
  const pairs = which === "training" ? trainPairs : testPairs;
  const images = which === "validation" ? Math.max(count - 2 * trainPairs, 0) : count;
  if (2 * pairs <= images) return;
  const there = which === "validation" ? `${images} beside those of the training pairs` : images;
  throw new InvalidRequest(
    `${pairs} ${which} pairs need ${2 * pairs} distinct images, but there are ${there}: ask for at most ${Math.floor(images / 2)} pairs`,
  );
}

function makePairs(from: LabelledImages, chosen: Uint32Array, relation: Relation): Pairs {
  const pixels = from.height * from.width;
  const { height, width, channels, classes: classCount } = pooledInput(from);
  const images = new Float32Array(chosen.length * height * width);
  const classes = new Uint8Array(chosen.length);
  const placeOf = placesIn(from);
  chosen.forEach((index, i) => {
    const place = placeOf(index);
    const image = from.pixels.subarray(place * pixels, (place + 1) * pixels);
    pool2x2(image, from.height, from.width, images.subarray(i * height * width, (i + 1) * height * width));
    classes[i] = from.labels[index] as number;
  });
  const count = chosen.length / 2;
  const targets = Uint8Array.from({ length: count }, (_, i) =>
    Number(relation.holds(classes[2 * i] as number, classes[2 * i + 1] as number)),
  );
  return { count, height, width, channels, classCount, images, classes, targets };
}

/** Where an image lies among those that are held. */
function placesIn({ held }: LabelledImages): (image: number) => number {
  if (!held) return (image) => image;
  const places = new Map(Array.from(held, (image, place) => [image, place]));
  return (image) => {
    const place = places.get(image);
    if (place === undefined) throw new Error(`image ${image} is drawn but not held`);
    return place;
  };
}
