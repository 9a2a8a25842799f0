import { describe, expect, it } from "vitest";
import { at } from "../../../test/support/reference.js";
import { InvalidRequest } from "../errors.js";
import type { LabelledImages } from "./images.js";
import { makePairs, type Pairs, repaired, samplePairSet } from "./pairs.js";
import { drawPairs, requirePairs } from "./pools.js";
import { lessOrEqual } from "./relations.js";

/** Images of 2×4 that pool to two pixels: the two digits of their number, to the base 250. Classes go round. */
function numbered(count: number, classOf = (index: number) => index % 10): LabelledImages {
  const pixels = new Uint8Array(8 * count);
  for (let i = 0; i < count; i++) {
    const [high, low] = [Math.floor(i / 250), i % 250];
    pixels.set([high, high, low, low, high, high, low, low], 8 * i);
  }
  return { count, height: 2, width: 4, pixels, labels: Uint8Array.from({ length: count }, (_, i) => classOf(i)) };
}

/** The numbers of the images in pairs. */
const numbersIn = ({ images }: Pairs): number[] =>
  Array.from({ length: images.length / 2 }, (_, i) => 250 * at(images, 2 * i) + at(images, 2 * i + 1));

const many = { train: numbered(3000), test: numbered(2500, (index) => (3 * index) % 10) };

describe("a pair set", () => {
  const { train, test } = samplePairSet(many, 1, { trainPairs: 1200, testPairs: 1100 });

  it("has the pairs that were asked for, pooled", () => {
    const shape = { height: 1, width: 2, channels: 1, classCount: 10 };
    expect(train).toMatchObject({ ...shape, count: 1200 });
    expect(test).toMatchObject({ ...shape, count: 1100 });
    expect([train.images.length, train.classes.length, train.targets.length]).toEqual([4800, 2400, 1200]);
  });

  it("has no image twice, neither in training nor in test", () => {
    expect(new Set(numbersIn(train)).size).toBe(2400);
    expect(new Set(numbersIn(test)).size).toBe(2200);
  });

  it("has each image's own class, the training images in training and the test images in test", () => {
    expect([...train.classes]).toEqual(numbersIn(train).map((number) => number % 10));
    expect([...test.classes]).toEqual(numbersIn(test).map((number) => (3 * number) % 10));
  });

  it("says of each pair whether the first digit is less than or equal to the second", () => {
    const expected = Array.from(train.targets, (_, i) =>
      Number(at(train.classes, 2 * i) <= at(train.classes, 2 * i + 1)),
    );
    expect([...train.targets]).toEqual(expected);
    expect(new Set(expected)).toEqual(new Set([0, 1]));
  });

  it("may be asked another question, of the same pairs", () => {
    const relation = { name: "same", holds: (first: number, second: number) => first === second };
    const same = samplePairSet(many, 1, { trainPairs: 1200, testPairs: 1100, relation }).train;
    expect(same.images).toEqual(train.images);
    const expected = Array.from(same.targets, (_, i) =>
      Number(at(same.classes, 2 * i) === at(same.classes, 2 * i + 1)),
    );
    expect([...same.targets]).toEqual(expected);
  });

  it("has 1,000 of each unless told otherwise", () => {
    const { train, test } = samplePairSet(many, 1);
    expect([train.count, test.count]).toEqual([1000, 1000]);
  });

  it("may use up every image", () => {
    const { train } = samplePairSet(many, 1, { trainPairs: 1500 });
    expect(numbersIn(train).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 3000 }, (_, i) => i));
  });
});

describe("what a seed decides", () => {
  it("is the whole pair set", () => {
    expect(samplePairSet(many, 5)).toEqual(samplePairSet(many, 5));
  });

  it("differs from the next seed's", () => {
    const [one, other] = [samplePairSet(many, 1), samplePairSet(many, 2)];
    expect(numbersIn(one.train)).not.toEqual(numbersIn(other.train));
    expect(numbersIn(one.test)).not.toEqual(numbersIn(other.test));
  });

  it("of the training pairs says nothing of the test pairs", () => {
    const { train, test } = samplePairSet({ train: many.train, test: many.train }, 1);
    expect(numbersIn(train)).not.toEqual(numbersIn(test));
  });

  it("for fewer training pairs is the first of more, with the same test pairs", () => {
    const [few, more] = [30, 1000].map((trainPairs) => samplePairSet(many, 3, { trainPairs }));
    expect(few?.train.images).toEqual(more?.train.images.slice(0, 30 * 4));
    expect(few?.train.classes).toEqual(more?.train.classes.slice(0, 60));
    expect(few?.train.targets).toEqual(more?.train.targets.slice(0, 30));
    expect(few?.test).toEqual(more?.test);
  });
});

describe("validation pairs", () => {
  const options = { trainPairs: 800, testPairs: 700, evaluateOn: "validation" } as const;

  it("are of training images that the round does not train on, no image twice", () => {
    const { train, test } = samplePairSet(many, 3, options);
    const numbers = [...numbersIn(train), ...numbersIn(test)];
    expect(numbers).toHaveLength(3000);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 3000 }, (_, image) => image));
  });

  it("leave the training pairs as they are", () => {
    expect(samplePairSet(many, 3, options).train).toEqual(samplePairSet(many, 3, { trainPairs: 800 }).train);
  });

  it("are refused where the training pairs leave too few images", () => {
    expect(() => samplePairSet(many, 3, { ...options, testPairs: 701 })).toThrow(
      "701 validation pairs need 1402 distinct images, but there are 1400 beside those of 800 training pairs: take at most 700 validation pairs (testPairs), or take at most 799 training pairs (trainPairs), or use data with 3002 training images",
    );
  });
});

describe("images of which only some are held", () => {
  const held = Uint32Array.from([...drawPairs("training", 1, 3000, { trainPairs: 10 })]).sort();
  const some = {
    ...many.train,
    held,
    pixels: Uint8Array.from([...held].flatMap((i) => [...many.train.pixels.subarray(8 * i, 8 * i + 8)])),
  };

  it("make the pairs that they would among all", () => {
    const options = { trainPairs: 10 };
    expect(samplePairSet({ ...many, train: some }, 1, options)).toEqual(samplePairSet(many, 1, options));
  });

  it("are no stand-in for the others", () => {
    expect(() => samplePairSet({ ...many, train: some }, 2)).toThrow(/image \d+ is drawn but not held/);
  });
});

describe("where there are too few images, it is said what can be asked for", () => {
  const counts = { trainPairs: 1000, testPairs: 1000 };
  const names = { trainPairs: "--pairs" };
  const measured = { ...names, validation: "--evaluate-on validation" };
  it.each([
    [
      "training",
      600,
      names,
      "1000 training pairs need 2000 distinct images, but there are 600: take at most 300 training pairs (--pairs), or use data with 2000 training images",
    ],
    [
      "training",
      1,
      names,
      "1000 training pairs need 2000 distinct images, but there are 1: use data with 2000 training images",
    ],
    [
      "test",
      1000,
      names,
      "1000 test pairs need 2000 distinct images, but there are 1000: use data with 2000 test images",
    ],
    [
      "test",
      1000,
      measured,
      "1000 test pairs need 2000 distinct images, but there are 1000: measure on training images (--evaluate-on validation), or use data with 2000 test images",
    ],
    [
      "validation",
      2400,
      measured,
      "1000 validation pairs need 2000 distinct images, but there are 400 beside those of 1000 training pairs: take at most 200 training pairs (--pairs), or use data with 4000 training images",
    ],
    [
      "validation",
      2000,
      names,
      "1000 validation pairs need 2000 distinct images, but there are 0 beside those of 1000 training pairs: use data with 4000 training images",
    ],
  ] as const)("%s pairs of %d images", (which, images, options, message) => {
    expect(() => requirePairs(which, counts, images, options)).toThrow(new InvalidRequest(message));
  });
});

it("the relation holds for 55% of pairs of digits that are all equally frequent", () => {
  const digits = { train: numbered(40_000), test: numbered(2_000) };
  const { targets, count } = samplePairSet(digits, 1, { trainPairs: 20_000 }).train;
  const rate = targets.reduce((sum, target) => sum + target, 0) / count;
  expect(Math.abs(rate - 0.55)).toBeLessThan(4 * Math.sqrt((0.55 * 0.45) / count));
});

describe("more pairs than there are images for", () => {
  it.each<[string, { trainPairs?: number; testPairs?: number }, string]>([
    [
      "in training",
      { trainPairs: 1501 },
      "1501 training pairs need 3002 distinct images, but there are 3000: take at most 1500 training pairs (trainPairs), or use data with 3002 training images",
    ],
    [
      "in test",
      { testPairs: 1251 },
      '1251 test pairs need 2502 distinct images, but there are 2500: take at most 1250 test pairs (testPairs), or measure on training images (evaluateOn: "validation"), or use data with 2502 test images',
    ],
  ])("%s are refused, with how many there may be", (_, options, message) => {
    expect(() => samplePairSet(many, 1, options)).toThrow(new InvalidRequest(message));
  });
});

describe("images of pairs are paired anew", () => {
  // Two pairs of 1×2 pixels of three channels, classes of 16 bits.
  const pairs: Pairs = {
    ...{ count: 2, height: 1, width: 2, channels: 3, classCount: 300, background: [1, 2, 3] },
    images: Float32Array.from({ length: 24 }, (_, i) => i),
    classes: Uint16Array.of(299, 4, 4, 0),
    targets: Uint8Array.of(0, 0),
  };

  it("by their places, with the relation's targets, and an image may come again", () => {
    const anew = repaired(pairs, [1, 0, 1, 2, 3, 3], lessOrEqual);
    expect(anew).toMatchObject({ count: 3, channels: 3, classCount: 300, background: [1, 2, 3] });
    expect(anew.classes).toEqual(Uint16Array.of(4, 299, 4, 4, 0, 0));
    expect(anew.targets).toEqual(Uint8Array.of(1, 1, 1));
    expect([...anew.images.subarray(0, 12)]).toEqual([6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5]);
    expect([...anew.images.subarray(24)]).toEqual([18, 19, 20, 21, 22, 23, 18, 19, 20, 21, 22, 23]);
  });

  it("as they are they stay as they are", () => {
    const { test } = samplePairSet(many, 1, { trainPairs: 0, testPairs: 5 });
    expect(repaired(test, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], lessOrEqual)).toEqual(test);
    expect(makePairs(many.test, "test", drawPairs("test", 1, 2500, { testPairs: 5 }), lessOrEqual)).toEqual(test);
  });
});
