import { expect, test } from "vitest";
import { augmentations } from "../data/index.js";
import { augmentationParts, augmentationWords } from "./augmentation-words.js";

test("an augmentation with a name goes by it, any other by its parts", () => {
  expect(augmentationWords()).toBe("none");
  expect(augmentationWords({ shift: 0 })).toBe("none");
  expect(augmentationWords({ ...augmentations.strong, noise: 0 })).toBe("strong");
  expect(augmentationWords({ rotation: 5, noise: 3 })).toBe("rotation ±5°, noise 3 grey levels");
});

test("its parts have their units", () => {
  expect(augmentationParts(augmentations.none)).toBe("none");
  expect(
    augmentationParts({
      rotation: 12,
      scale: 0.07,
      shear: 0.2,
      shift: 1.2,
      elastic: 0.35,
      thickness: 0.6,
      resampling: "bilinear",
    }),
  ).toBe("rotation ±12°, scale ±7%, shear ±0.2, shift ±1.2 px, elastic 0.35 px, thickness ±0.6, bilinear");
});
