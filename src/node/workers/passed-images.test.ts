import { expect, test } from "vitest";
import { passImages, takeImages } from "./passed-images.js";

test("images come out of what is passed as they were, in the same memory", () => {
  const memory = new SharedArrayBuffer(64);
  const pixels = new Uint8Array(memory, 8, 12).map((_, i) => i);
  const shared = new Uint8Array(memory, 8, 12);
  shared.set(pixels);
  const images = { count: 3, height: 2, width: 2, pixels: shared, labels: new Uint8Array([7, 8, 9]) };
  const passed = passImages(images);
  expect(Object.values(passed).some(ArrayBuffer.isView)).toBe(false);
  const taken = takeImages(passed);
  expect(taken).toEqual(images);
  expect(taken.pixels.buffer).toBe(memory);

  const held = new Uint32Array(new Uint32Array([0, 5, 70_000, 9]).buffer, 4, 2);
  expect(takeImages(passImages({ ...images, held }))).toEqual({ ...images, held: new Uint32Array([5, 70_000]) });
});
