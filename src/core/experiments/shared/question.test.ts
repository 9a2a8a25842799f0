import { expect, test } from "vitest";
import type { RunConfig } from "../../training/job.js";
import { questionFirst } from "./question.js";

const asks = (name: string) => ({
  config: { relation: "equal", dataset: { name, sha256: "5e".repeat(32) } } as RunConfig,
});

test("the question is of digits where all images are MNIST's, else of that data set's images, or of images where there are several", () => {
  expect(questionFirst([asks("MNIST")])).toBe("Is the first of two handwritten digits the same as the second? ");
  expect(questionFirst([asks("flags")])).toBe("Is the first of two images of flags the same as the second? ");
  expect(questionFirst([asks("MNIST"), asks("flags")])).toBe("Is the first of two images the same as the second? ");
});
