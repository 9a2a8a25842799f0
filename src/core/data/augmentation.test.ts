import { describe, expect, it } from "vitest";
import { InvalidRequest } from "../errors.js";
import { type Augmentation, augmentations, checkAugmentation, gridShares, leanAugmentation } from "./augmentation.js";

describe("an augmentation", () => {
  it.each(Object.entries(augmentations))("has a preset: %s", (_, augmentation) => {
    expect(() => checkAugmentation(augmentation)).not.toThrow();
  });

  it.each<[Augmentation, string]>([
    [{ rotation: -1 }, "augmentation.rotation must be a number of degrees from 0 to 180, not -1"],
    [{ scale: 1 }, "augmentation.scale must be a number from 0 to 0.9, not 1"],
    [{ shift: Number.NaN }, "augmentation.shift must be a number of pixels from 0 to 1000, not NaN"],
    [
      { elastic: Number.POSITIVE_INFINITY },
      "augmentation.elastic must be a number of pixels from 0 to 1000, not Infinity",
    ],
    [{ thickness: 1.1 }, "augmentation.thickness must be a number from 0 to 1, not 1.1"],
    [{ noise: 256 }, "augmentation.noise must be a number of grey levels from 0 to 255, not 256"],
    [{ rotate: 5 } as Augmentation, 'augmentation: there is no field "rotate": did you mean rotation?'],
    ["strong" as Augmentation, 'augmentation must be an object, such as augmentations.strong, not "strong"'],
    ["weak" as Augmentation, 'augmentation must be an object, not "weak"'],
    [{ rotation: "5" as never }, 'augmentation.rotation must be a number of degrees from 0 to 180, not "5"'],
    [
      { resampling: "nearest" as "bilinear" },
      'augmentation.resampling must be one of bicubic, bilinear, not "nearest"',
    ],
  ])("out of range is refused: %o", (augmentation, message) => {
    expect(() => checkAugmentation(augmentation)).toThrow(InvalidRequest);
    expect(() => checkAugmentation(augmentation)).toThrow(message);
  });

  it("says the same in one way", () => {
    expect(leanAugmentation({})).toBeUndefined();
    expect(leanAugmentation({ rotation: 0, resampling: "bilinear" })).toBeUndefined();
    expect(JSON.stringify(leanAugmentation({ noise: 2, resampling: "bicubic", rotation: 5, shift: 0 }))).toBe(
      '{"rotation":5,"noise":2}',
    );
    expect(leanAugmentation({ noise: 2, resampling: "bilinear" })).toEqual({ noise: 2 });
    expect(leanAugmentation({ shear: 2, resampling: "bilinear" })).toEqual({ shear: 2, resampling: "bilinear" });
  });
});

it("the grid's shares in the pixels are PyTorch's interpolate, bicubic, corners aligned", () => {
  // torch 1.13, of the four unit vectors to 7 pixels.
  expect(gridShares(7)).toEqual([
    [1, 0, 0, 0],
    [0.5, 0.59375, -0.09375, 0],
    [0, 1, 0, 0],
    [-0.09375, 0.59375, 0.59375, -0.09375],
    [0, 0, 1, 0],
    [0, -0.09375, 0.59375, 0.5],
    [0, 0, 0, 1],
  ]);
});
