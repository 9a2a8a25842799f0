import type { PixelScale } from "../../data/normalization.js";
import type { Pairs } from "../../data/pairs.js";
import { InvalidRequest } from "../../errors.js";
import { type InputSpec, layersOf, type PlacedNetwork } from "../../network/network.js";
import { allocateImages, type Images, roundUp } from "../activations.js";
import type { KernelSpace, Pointer } from "../kernels.js";
import { operationOf } from "../operations/kinds.js";
import type { ImageStudy } from "../operations/operation.js";
import { type ThreadGroup, Total } from "../thread-group.js";
import { ChangingPairs } from "./changing-pairs.js";
import type { LoadedPairs, PairRoom } from "./loaded-pairs.js";
import { backgroundUnder, densityOf, PassingPairs, writeScaled } from "./passing-pairs.js";
import { Studies } from "./studies.js";

/** A move of images, in pixels. `down: -1` is up. */
export interface Shift {
  readonly down: number;
  readonly right: number;
}

/** A batch of pairs in the kernels' memory: its images as the network's first layers see them, and its labels. */
export class PairInput {
  /**
   * For separate trunks there are two: the first images and the second. Otherwise there is one. In it the images of a pair follow
   * one another where there is a trunk, and are channels of one image where there is none.
   */
  readonly images: readonly [Images] | readonly [Images, Images];
  /** The examples for each pair in one of `images`. */
  readonly each: number;
  /** i32 [pairs]: 1 where the relation holds. */
  readonly targets: Pointer;
  /** i32 [pairs, 2]. */
  readonly classes: Pointer;
  readonly #kernels: KernelSpace;
  /** The floats of a pair in one of `images`. */
  readonly #floats: number;
  /** The channels of one image of a pair. */
  readonly #channels: number;
  readonly #studies: Studies;
  readonly #spec: InputSpec;
  readonly #group: ThreadGroup | undefined;
  readonly #inked: Total | undefined;

  /**
   * @param batchSize  the most pairs in a batch
   * @param group  the threads that divide a batch: each has only its own images at the start of `images`
   */
  constructor(
    kernels: KernelSpace,
    network: PlacedNetwork,
    spec: InputSpec,
    batchSize: number,
    group: ThreadGroup | undefined,
  ) {
    this.#group = group;
    this.#inked = group && new Total(group);
    const { height, width, channels } = spec;
    this.#spec = spec;
    const { trunks, separate } = network;
    const first = layersOf(network)[0]?.layer;
    const seen = { height, width, channels: trunks.length > 0 ? channels : 2 * channels };
    const dense = first && operationOf(first).readsPixels;
    const stride = dense ? seen.channels : roundUp(seen.channels, 8);
    this.#kernels = kernels;
    this.#channels = channels;
    this.each = trunks.length === 0 || separate ? 1 : 2;
    const allocate = () => allocateImages(kernels, seen, stride, this.each * batchSize);
    this.images = separate ? [allocate(), allocate()] : [allocate()];
    this.#floats = this.each * this.images[0].size;
    this.targets = kernels.allocate(batchSize);
    this.classes = kernels.allocate(2 * batchSize);
    this.#studies = new Studies(kernels, this.each, batchSize, (pairs, pair) => this.#copy(pairs, pair, 0), group);
  }

  /**
   * Takes memory for pairs.
   *
   * @param studies   the studies of images that operations need
   * @param training  false where the pairs are only evaluated
   */
  place(count: number, studies: readonly ImageStudy[], training: boolean): PairRoom {
    const images = this.#kernels.allocate(count * this.#pairFloats);
    return { count, images, studied: this.#studies.place(studies, count, training) };
  }

  /** Takes memory for studies of images that are made for a batch. */
  placeStudies(studies: readonly ImageStudy[]): void {
    this.#studies.placeNew(studies, true);
  }

  /** @throws InvalidRequest where the pairs' images or classes do not fit the network */
  requireSize(pairs: Pick<Pairs, "height" | "width" | "channels" | "classCount">, what: string): void {
    const { height, width, channels, classes } = this.#spec;
    const due = { height, width, channels, classCount: classes };
    for (const [name, value] of Object.entries(due) as [keyof typeof due, number][])
      if (pairs[name] !== value)
        throw new InvalidRequest(`${what}.${name} is ${pairs[name]}, but the network was made for ${value}`);
  }

  /** Copies pairs into their memory and scales them. */
  load(pairs: Pairs, scale: PixelScale, what: string, room: PairRoom): LoadedPairs {
    const { count, targets, classes } = pairs;
    const { stride } = this.images[0];
    const pairFloats = this.#pairFloats;
    const toSecond = this.#toSecond;
    const floats = this.#kernels.floats(room.images, count * pairFloats);
    for (let image = 0; image < 2 * count; image++)
      writeScaled(pairs, image, scale, floats, (image >> 1) * pairFloats + (image & 1) * toSecond, stride);
    const [background, density] = [backgroundUnder(scale), densityOf(pairs, what)];
    return { ...room, background, density, targets, classes };
  }

  /**
   * Fills a batch and makes the studies of its images.
   *
   * @param batch    indices into `pairs`
   * @param studies  those that operations need
   */
  begin(
    pairs: LoadedPairs | PassingPairs | ChangingPairs,
    batch: ArrayLike<number>,
    studies: readonly ImageStudy[],
    training: boolean,
  ): void {
    this.#group?.begin(batch.length);
    const own = this.#ownOf(batch);
    if (pairs instanceof ChangingPairs) {
      this.#make(pairs, batch);
      this.#studies.beginNew(studies, own.count, training);
      return;
    }
    this.#setSparsity(pairs.background, pairs.density);
    if (pairs instanceof PassingPairs) {
      this.#fill(pairs, batch);
      this.#studies.beginNew(studies, own.count, training);
      return;
    }
    this.#studies.begin(studies, pairs, batch, training);
    this.#fill(pairs, batch);
  }

  /**
   * Fills a batch with moved images. Pixels that the move uncovers are background. There are no studies, because no study of moved
   * images has been made.
   */
  beginShifted(pairs: LoadedPairs | PassingPairs, batch: ArrayLike<number>, { down, right }: Shift): void {
    this.#fill(pairs, batch);
    const { background } = pairs;
    for (const { sparsity, values, shape, stride, size } of this.images) {
      Object.assign(sparsity, { background, training: 1, evaluation: 1 });
      const { height, width, channels } = shape;
      const distance = (down * width + right) * stride;
      const floats = height * width * stride - Math.abs(distance);
      const uncovered = pixelsOutside(height, width, { down, right });
      for (let example = 0; example < this.each * this.#ownOf(batch).count; example++) {
        const start = values + example * size * 4;
        this.#kernels.copy(start + Math.max(-distance, 0) * 4, start + Math.max(distance, 0) * 4, floats);
        const image = this.#kernels.floats(start, size);
        for (const pixel of uncovered) image.fill(background, pixel * stride, pixel * stride + channels);
      }
    }
  }

  /** The pairs of a batch whose images this thread has. */
  #ownOf(batch: ArrayLike<number>): { readonly first: number; readonly count: number } {
    return this.#group?.ownPairs(batch.length) ?? { first: 0, count: batch.length };
  }

  #setSparsity(background: number, density: number): void {
    for (const { sparsity } of this.images)
      Object.assign(sparsity, { background, training: density, evaluation: density });
  }

  #make(pairs: ChangingPairs, batch: ArrayLike<number>): void {
    const { stride, shape } = this.images[0];
    const targets = this.#kernels.integers(this.targets, batch.length);
    const classes = this.#kernels.integers(this.classes, 2 * batch.length);
    const { first, count } = this.#ownOf(batch);
    let inked = 0;
    for (let i = 0; i < batch.length; i++) {
      const pair = batch[i] as number;
      const place = i - first;
      for (let side = 0; side < 2; side++) {
        const image = pairs.imageOf(pair, side);
        if (place >= 0 && place < count) inked += pairs.write(image, this.#placeOf(place, side), stride * 4);
        else pairs.skip();
        classes[2 * i + side] = pairs.classOf(image);
      }
      targets[i] = pairs.targetOf(pair);
    }
    const pixels = 2 * batch.length * this.#channels * shape.height * shape.width;
    this.#setSparsity(pairs.background, (this.#inked?.of(inked) ?? inked) / pixels);
  }

  /** The place of an image of the batch. */
  #placeOf(pair: number, side: number): Pointer {
    const [first, second] = this.images;
    if (second) return (side === 0 ? first : second).values + pair * first.size * 4;
    return first.values + (pair * this.#floats + side * this.#toSecond) * 4;
  }

  get #pairFloats(): number {
    return this.images.length * this.#floats;
  }

  /** The floats from a pair's first image to its second, which follows it as an example or as channels. */
  get #toSecond(): number {
    const { shape, size } = this.images[0];
    return shape.channels > this.#channels ? this.#channels : size;
  }

  #fill(pairs: LoadedPairs | PassingPairs, batch: ArrayLike<number>): void {
    const targets = this.#kernels.integers(this.targets, batch.length);
    const classes = this.#kernels.integers(this.classes, 2 * batch.length);
    const { first, count } = this.#ownOf(batch);
    for (let i = first; i < first + count; i++) {
      const pair = batch[i] as number;
      if (pairs instanceof PassingPairs) this.#scale(pairs, pair, i - first);
      else this.#copy(pairs, pair, i - first);
    }
    for (let i = 0; i < batch.length; i++) {
      const pair = batch[i] as number;
      targets[i] = pairs.targets[pair] as number;
      classes[2 * i] = pairs.classes[2 * pair] as number;
      classes[2 * i + 1] = pairs.classes[2 * pair + 1] as number;
    }
  }

  /** Copies a loaded pair's images to their place in the batch. */
  #copy(pairs: LoadedPairs, pair: number, place: number): void {
    const floats = this.#floats;
    let from = pairs.images + pair * this.#pairFloats * 4;
    for (const { values } of this.images) {
      this.#kernels.copy(from, values + place * floats * 4, floats);
      from += floats * 4;
    }
  }

  /** Scales a passing pair's images into their place in the batch. */
  #scale({ pairs, scale }: PassingPairs, pair: number, place: number): void {
    const { stride, size } = this.images[0];
    for (let side = 0; side < 2; side++) {
      const floats = this.#kernels.floats(this.#placeOf(place, side), size);
      writeScaled(pairs, 2 * pair + side, scale, floats, 0, stride);
    }
  }
}

/** The pixels that a move uncovers, counted row by row. */
function pixelsOutside(height: number, width: number, { down, right }: Shift): number[] {
  const inside = (place: number, length: number) => place >= 0 && place < length;
  return Array.from({ length: height * width }, (_, pixel) => pixel).filter(
    (pixel) => !inside(Math.floor(pixel / width) - down, height) || !inside((pixel % width) - right, width),
  );
}
