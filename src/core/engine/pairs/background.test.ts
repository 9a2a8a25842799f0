import { describe, expect, it, test } from "vitest";
import { newKernels } from "../../../../test/support/kernels.js";
import { randomModel, uniform } from "../../../../test/support/models.js";
import { at } from "../../../../test/support/reference.js";
import type { Augmentation, LabelledImages } from "../../data/index.js";
import { samplePairSet } from "../../data/pairs.js";
import { flatten, linear } from "../../network/index.js";
import { Augmenter } from "./augmenter.js";

const [HEIGHT, WIDTH, COUNT] = [9, 11, 8];
const PLANE = HEIGHT * WIDTH;
/** A light ground: all that is shown is darker in red, lighter in green, and either in blue. */
const BACKGROUND = [250, 30, 128];
const UNSCALED = { mean: 0, deviation: 1 };

/** Images of a shape on a ground: a block of colours inside, the ground around. */
function images(background: readonly number[], shown: (image: number, channel: number, pixel: number) => number) {
  const pixels = new Uint8Array(COUNT * 3 * PLANE);
  for (let image = 0; image < COUNT; image++)
    for (let channel = 0; channel < 3; channel++)
      for (let pixel = 0; pixel < PLANE; pixel++) {
        const [y, x] = [Math.floor(pixel / WIDTH), pixel % WIDTH];
        const isShown = y >= 2 && y < 7 && x >= 3 && x < 8;
        pixels[(image * 3 + channel) * PLANE + pixel] = isShown
          ? shown(image, channel, pixel)
          : at(background, channel);
      }
  const own: LabelledImages = {
    ...{ count: COUNT, height: HEIGHT, width: WIDTH, channels: 3, classes: 4, pooling: 1, pixels, background },
    labels: Uint8Array.from({ length: COUNT }, (_, image) => image % 4),
  };
  return own;
}

const colours = uniform(3);
const drawn = Array.from({ length: COUNT * 3 * PLANE }, () => Math.floor(256 * colours()));
const shown = (image: number, channel: number, pixel: number) => at(drawn, (image * 3 + channel) * PLANE + pixel);
const pairsOf = (own: LabelledImages) =>
  samplePairSet({ train: own, test: own }, 1, { trainPairs: COUNT / 2, testPairs: 1 }).train;
const pairs = pairsOf(images(BACKGROUND, shown));

/** Variants of the first image, [times][pixels][3], as what is seen: the ground is added back. */
function variants(of: typeof pairs, augmentation: Augmentation, background: readonly number[], times = 20): number[][] {
  const kernels = newKernels();
  const augmenter = new Augmenter(kernels, of, UNSCALED, augmentation, 1);
  const to = kernels.allocate(3 * PLANE);
  return Array.from({ length: times }, () => {
    augmenter.write(0, to, 12);
    return Array.from(kernels.floats(to, 3 * PLANE), (value, i) => value + at(background, i % 3));
  });
}

describe("augmented images with a background of their own", () => {
  test("are moved over that background: where nothing of the image is left there is nothing else", () => {
    for (const variant of variants(pairs, { shift: 1000 }, BACKGROUND))
      expect(variant).toEqual(Array.from({ length: 3 * PLANE }, (_, i) => at(BACKGROUND, i % 3)));
  });

  test("show at their rim the background of each channel, and nothing beyond the colours around when resampled bilinearly", () => {
    const flat = pairsOf(images(BACKGROUND, (_, channel) => at([10, 200, 128], channel)));
    const moved = variants(flat, { shift: 4, rotation: 30, resampling: "bilinear" }, BACKGROUND);
    let rims = 0;
    for (const variant of moved)
      for (let pixel = 0; pixel < PLANE; pixel++) {
        const colour = [0, 1, 2].map((channel) => at(variant, 3 * pixel + channel));
        const share = (250 - at(colour, 0)) / 240;
        expect(share).toBeGreaterThan(-1e-5);
        expect(share).toBeLessThan(1 + 1e-5);
        // All channels are mixed alike.
        expect(at(colour, 1)).toBeCloseTo(30 + 170 * share, 3);
        expect(at(colour, 2)).toBe(128);
        if (share === 0) rims++;
      }
    expect(rims).toBeGreaterThan(20 * PLANE * 0.5);
  });

  test("are warped like their negatives: dark on light as light on dark, to the bit", () => {
    const negative = pairsOf(
      images(
        BACKGROUND.map((value) => 255 - value),
        (image, channel, pixel) => 255 - shown(image, channel, pixel),
      ),
    );
    const warp = { rotation: 20, scale: 0.2, shear: 0.2, shift: 2, elastic: 0.6 };
    const none = [0, 0, 0];
    const [one, other] = [variants(pairs, warp, none), variants(negative, warp, none)];
    expect(other).toEqual(one.map((variant) => variant.map((value) => 0 - value)));
  });

  test("have strokes of another thickness in each channel by its own neighbours, all by the same share", () => {
    const [still = []] = variants(pairs, {}, [0, 0, 0], 1);
    const extreme = (pixel: number, channel: number, choose: (...values: number[]) => number) => {
      const [y, x] = [Math.floor(pixel / WIDTH), pixel % WIDTH];
      const near: number[] = [];
      for (let i = Math.max(0, y - 1); i <= Math.min(HEIGHT - 1, y + 1); i++)
        for (let j = Math.max(0, x - 1); j <= Math.min(WIDTH - 1, x + 1); j++)
          near.push(at(still, 3 * (i * WIDTH + j) + channel));
      return choose(...near);
    };
    for (const variant of variants(pairs, { thickness: 0.8 }, [0, 0, 0])) {
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      const choose = sum(variant) > sum(still) ? Math.max : Math.min;
      const extremes = still.map((_, i) => extreme(Math.floor(i / 3), i % 3, choose));
      const share = (sum(variant) - sum(still)) / (sum(extremes) - sum(still));
      expect(share).toBeLessThan(0.8);
      variant.forEach((value, i) => {
        expect(value).toBeCloseTo(at(still, i) + share * (at(extremes, i) - at(still, i)), 2);
      });
    }
  });

  test("have the noise of the same images without a background: it is not cut off at 0 or 255", () => {
    const { background: _, ...unshifted } = pairs;
    const raw = {
      ...unshifted,
      images: pairs.images.map((value, i) => value + at(BACKGROUND, Math.floor(i / PLANE) % 3)),
    };
    const [shifted, whole] = [variants(pairs, { noise: 20 }, BACKGROUND), variants(raw, { noise: 20 }, [0, 0, 0])];
    const beyond = shifted.flat().filter((value) => value > 255).length;
    expect(beyond).toBeGreaterThan(20 * PLANE * 0.2);
    shifted.forEach((variant, i) => {
      variant.forEach((value, j) => {
        expect(value).toBeCloseTo(at(at(whole, i), j), 3);
      });
    });
    const rest = shifted.flat().map((value, i) => value - at(BACKGROUND, i % 3));
    const ground = rest.filter((_, i) => Math.floor((i % (3 * PLANE)) / 3) < 2 * WIDTH);
    const mean = ground.reduce((total, value) => total + value, 0) / ground.length;
    expect(Math.abs(mean)).toBeLessThan((5 * 20) / Math.sqrt(ground.length));
  });
});

describe("shifted views of images with a background", () => {
  it("are those of images that are moved over it", () => {
    const own = images(BACKGROUND, shown);
    const input = { height: HEIGHT, width: WIDTH, channels: 3, classes: 4 };
    const network = { trunk: [flatten(), linear(4)], head: [linear(2)], auxiliaryWeight: 1 };
    const scale = { mean: 5, deviation: 60 };
    const plain = randomModel(network, input);
    const moved = (down: number, right: number): LabelledImages => {
      const pixels = own.pixels.map((_, i) => {
        const [plane, y, x] = [Math.floor(i / PLANE), Math.floor(i / WIDTH) % HEIGHT, i % WIDTH];
        const [row, column] = [y - down, x - right];
        const isInside = row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH;
        return isInside ? at(own.pixels, plane * PLANE + row * WIDTH + column) : at(BACKGROUND, plane % 3);
      });
      return { ...own, pixels };
    };
    const digits = (of: LabelledImages) => plain.outputs(plain.load(pairsOf(of), scale)).features ?? new Float32Array();
    const others = [moved(-1, 0), moved(1, 0), moved(0, -1), moved(0, 1)].map(digits);
    const expected = digits(own).map((logit, i) => (logit + 0.5 * others.reduce((sum, of) => sum + at(of, i), 0)) / 3);
    const viewing = randomModel(network, input, { views: "shifts" });
    const seen = viewing.outputs(viewing.load(pairsOf(own), scale)).features ?? new Float32Array();
    expect(seen.length).toBe(expected.length);
    seen.forEach((logit, i) => {
      expect(logit).toBeCloseTo(at(expected, i), 4);
    });
  });
});
