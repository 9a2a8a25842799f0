import { describe, expect, it } from "vitest";
import { idx } from "../../../test/support/idx.js";
import { InvalidRequest } from "../errors.js";
import { readIdxSets, readLabelledImages } from "./idx.js";

const PIXELS = [0, 1, 2, 3, 4, 255, 10, 11, 12, 13, 14, 15];
const goodImages = idx([2, 3, 2], PIXELS);
const goodLabels = idx([2], [9, 0]);

const read = (images: Uint8Array, labels: Uint8Array) =>
  readLabelledImages({ name: "IMAGES", bytes: images }, { name: "LABELS", bytes: labels });

const message = (images: Uint8Array, labels: Uint8Array): string => {
  try {
    read(images, labels);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequest);
    return (error as Error).message;
  }
  return "no error";
};

describe("IDX files that fit together", () => {
  it("become labelled images", () => {
    expect(read(goodImages, goodLabels)).toEqual({
      count: 2,
      height: 3,
      width: 2,
      pixels: Uint8Array.from(PIXELS),
      labels: Uint8Array.of(9, 0),
    });
  });

  it("may lie anywhere in a larger buffer", () => {
    const buffer = new Uint8Array(200);
    buffer.set(goodImages, 3);
    const shifted = buffer.subarray(3, 3 + goodImages.length);
    expect(read(shifted, goodLabels)).toEqual(read(goodImages, goodLabels));
  });

  it("may hold no images at all", () => {
    expect(read(idx([0, 28, 28], []), idx([0], []))).toMatchObject({ count: 0, height: 28, width: 28 });
  });
});

describe("labels above 9", () => {
  const named = (name: string, bytes: Uint8Array) => ({ name, bytes });
  const sets = (train: readonly number[], test: readonly number[]) =>
    readIdxSets([
      ...[named("a", goodImages), named("b", idx([2], train))],
      ...[named("c", goodImages), named("d", idx([2], test))],
    ]);

  it("are classes of their own", () => {
    expect(read(goodImages, idx([2], [9, 26]))).toMatchObject({ classes: 27, labels: Uint8Array.of(9, 26) });
  });

  it("make classes of the labels that occur, in their order, over both sets", () => {
    const { train, test, values } = sets([26, 1], [255, 1]);
    expect(values).toEqual([1, 26, 255]);
    expect(train).toMatchObject({ classes: 3, labels: Uint8Array.of(1, 0) });
    expect(test).toMatchObject({ classes: 3, labels: Uint8Array.of(2, 0) });
  });

  it("leave ten classes where there are none", () => {
    expect(sets([3, 1], [9, 0])).toEqual({
      train: read(goodImages, idx([2], [3, 1])),
      test: read(goodImages, goodLabels),
    });
  });
});

describe("a file that is not what it should be is named, with what is wrong", () => {
  it.each<[string, Uint8Array, Uint8Array, RegExp]>([
    ["empty images", new Uint8Array(), goodLabels, /^IMAGES is truncated: 0 bytes, .* header alone takes 16$/],
    ["images cut in the header", goodImages.subarray(0, 15), goodLabels, /^IMAGES is truncated: 15 bytes/],
    ["labels cut in the header", goodImages, goodLabels.subarray(0, 7), /^LABELS is truncated: 7 bytes/],
    [
      "images cut in the data",
      goodImages.subarray(0, 27),
      goodLabels,
      /^IMAGES is truncated: 27 .*2×3×2.* asks for 28$/,
    ],
    ["labels cut in the data", goodImages, goodLabels.subarray(0, 9), /^LABELS is truncated: 9 bytes/],
    ["images with a byte too many", Uint8Array.of(...goodImages, 0), goodLabels, /^IMAGES is too long: 29 bytes/],
    ["labels with a byte too many", goodImages, Uint8Array.of(...goodLabels, 0), /^LABELS is too long: 11 bytes/],
    ["labels for images", idx([12], PIXELS), goodLabels, /^IMAGES starts with 0x00000801, not 0x00000803/],
    ["images for labels", goodImages, goodImages, /^LABELS starts with 0x00000803, not 0x00000801/],
    ["pixels of another type", idx([2, 3, 2], PIXELS, 13), goodLabels, /^IMAGES starts with 0x00000d03/],
    ["a compressed file", Uint8Array.of(0x1f, 0x8b, ...goodImages), goodLabels, /^IMAGES starts with 0x1f8b0000/],
    ["more images than labels", goodImages, idx([1], [9]), /IMAGES has 2 images but LABELS has 1 label/],
    ["sizes beyond any file", idx([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], PIXELS), goodLabels, /^IMAGES is truncated/],
  ])("%s", (_, images, labels, expected) => {
    expect(message(images, labels)).toMatch(expected);
  });
});
