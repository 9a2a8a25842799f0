import { expect, test } from "vitest";
import { smallJob } from "../../../test/support/jobs.js";
import { augmentations } from "../data/index.js";

test("what changes no image or pair is no part of a job", () => {
  const plain = smallJob("mlp");
  expect(plain.config).not.toHaveProperty("augmentation");
  expect(plain.config).not.toHaveProperty("pairing");
  expect(smallJob("mlp", { augmentation: augmentations.none, pairing: "drawn" })).toEqual(plain);
  expect(smallJob("mlp", { augmentation: { rotation: 0, resampling: "bilinear" } })).toEqual(plain);
});

test("the same augmentation said differently is the same job", () => {
  const job = smallJob("mlp", { augmentation: { rotation: 5, noise: 2 }, pairing: "swapped" });
  expect(job.config).toMatchObject({ augmentation: { rotation: 5, noise: 2 }, pairing: "swapped" });
  const again = { noise: 2, rotation: 5, shift: 0, resampling: "bicubic" } as const;
  expect(smallJob("mlp", { augmentation: again, pairing: "swapped" })).toEqual(job);
});

test("an augmentation out of range is refused", () => {
  expect(() => smallJob("mlp", { augmentation: { thickness: 2 } })).toThrow(
    "mlp: augmentation.thickness must be a number from 0 to 1, not 2",
  );
});
