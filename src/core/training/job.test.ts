import { expect, test } from "vitest";
import { finish, smallJob, stripes } from "../../../test/support/jobs.js";
import { newKernels } from "../../../test/support/kernels.js";
import { augmentations } from "../data/index.js";
import { ownConfig } from "../runs/own-settings.js";
import { jobId, makeJob, type ShapedDataset } from "./job.js";
import { runJob } from "./run.js";
import { trainedNetwork } from "./trained-network.js";

test("what changes no image or pair is not part of a job", () => {
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

test("a job is made for images of a shape, which its configuration has where it is not MNIST's", () => {
  const { config } = smallJob("mlp");
  expect(config.dataset).toEqual({ name: "stripes", sha256: "0".repeat(64) });
  const shape = { height: 10, width: 10, channels: 1, classes: 10 };
  const images = {
    ...stripes,
    height: 20,
    width: 20,
    pixels: Uint8Array.from({ length: stripes.count * 400 }, (_, i) => (i * i) % 251),
  };
  const settings = { epochs: 1, trainPairs: 20, testPairs: 15 };
  const job = makeJob("mlp", 1, { ...config.dataset, shape }, config.engine, settings);
  expect(job.config.dataset).toEqual({ ...config.dataset, shape });
  // The files decide the shape, and their digest is of the id.
  expect(jobId("mlp", 1, { ...job.config, dataset: config.dataset })).toBe(job.id);
  const run = finish(runJob(job, { train: images, test: images }, newKernels(), () => 0));
  expect(trainedNetwork(run, newKernels()).model.network.head[0]?.input).toMatchObject({ height: 10, width: 10 });
  expect(ownConfig("mlp", job.config)?.dataset).toEqual(job.config.dataset);
  const forgotten = config.dataset as ShapedDataset;
  expect(() => makeJob("mlp", 1, forgotten, config.engine)).toThrow("dataset.shape");
});
