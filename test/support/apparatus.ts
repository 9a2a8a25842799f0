import type { Apparatus } from "../../src/core/experiments/shared/apparatus.js";

const labels = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 10);

/** What experiments plan with, of images that have labels and no pixels: MNIST's numbers of them, or fewer. */
export const plannedApparatus = (trainImages = 60_000, testImages = 10_000): Apparatus => ({
  dataset: {
    identity: { name: "MNIST", sha256: "5e".repeat(32) },
    train: { count: trainImages, height: 28, width: 28, labels: labels(trainImages) },
    test: { count: testImages, height: 28, width: 28, labels: labels(testImages) },
  },
  engine: { version: "0.1.0", simd: "base", kernels: "7d".repeat(32) },
  workers: 2,
});
