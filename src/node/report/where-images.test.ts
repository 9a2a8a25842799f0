import { expect, test } from "vitest";
import type { PartContent } from "../../core/experiments/shared/part.js";
import type { Dataset } from "../data/dataset.js";
import { withImages } from "./where-images.js";

const images = (count: number, classes: number) => ({
  ...{ count, height: 16, width: 16, pooling: 1 as const, classes },
  pixels: new Uint8Array(count * 256),
  labels: Uint8Array.from({ length: count }, (_, i) => i % Math.max(classes, 1)),
});
const part = (command: string): PartContent => ({
  ...{ title: "", introduction: "", files: [] },
  blocks: [
    { kind: "command", command },
    { kind: "heading", text: "next" },
  ],
});
const sha256 = "ab".repeat(32);
const said = (command: string, dataset: Dataset) => withImages(part(command), dataset).blocks;

test("a command says under it which images DIR stands for", () => {
  const train = images(120, 3);
  const whole = {
    identity: { name: "shapes", sha256, classes: ["a", "b", "c"] },
    train,
    test: train,
    unsplit: true,
  } as Dataset;
  const command = "pairlab compare mlp best --data DIR --fit pad";
  expect(said(command, whole)).toEqual([
    { kind: "command", command },
    {
      kind: "text",
      text: `DIR stands for the path of the images: shapes, 120 images of 3 classes (a, b, c), SHA-256 ${sha256}. pairlab data show prints this digest of a path, with the same options of images.`,
    },
    { kind: "heading", text: "next" },
  ]);
  const split = { identity: { name: "letters", sha256 }, train: images(1000, 26), test: images(260, 26) } as Dataset;
  expect(said(command, split)[1]).toMatchObject({
    text: expect.stringContaining("letters, 1,260 images of 26 classes (0, 1, 2, 3, 4, …), SHA-256"),
  });
});

test("of a list it says how many pairs there are, and that another DIR is its pictures' folder", () => {
  const pairs = (n: number) => ({ images: new Uint32Array(2 * n), targets: new Uint8Array(n) });
  const train = images(40, 0);
  const listed = { training: pairs(30), validation: pairs(5), test: pairs(10) };
  const list = { identity: { name: "faces", sha256 }, train, test: train, listed } as unknown as Dataset;
  expect(said("pairlab tune matching --data DIR --images DIR", list)[1]).toMatchObject({
    text: expect.stringMatching(
      /^DIR stands for the path of the list of pairs: faces, 45 pairs of 40 images, SHA-256 (ab){32}\. After --images it stands for the folder of the list's pictures\. /,
    ),
  });
});

test("a command that names no images says no more", () => {
  const dataset = { identity: { name: "MNIST", sha256 }, train: images(10, 10), test: images(10, 10) } as Dataset;
  expect(said("pairlab worth --seed 0", dataset)).toHaveLength(2);
});
