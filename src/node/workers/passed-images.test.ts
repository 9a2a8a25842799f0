import { expect, test } from "vitest";
import { passSets, takeSets } from "./passed-images.js";

test("images come out of what is passed as they were, in the same memory", () => {
  const memory = new SharedArrayBuffer(64);
  const pixels = new Uint8Array(memory, 8, 12).map((_, i) => i);
  const shared = new Uint8Array(memory, 8, 12);
  shared.set(pixels);
  const images = { count: 3, height: 2, width: 2, pixels: shared, labels: new Uint8Array([7, 8, 9]) };
  const sets = { train: images, test: images };
  const passed = passSets(sets);
  expect(Object.values(passed.train).some(ArrayBuffer.isView)).toBe(false);
  const taken = takeSets(passed);
  expect(taken).toEqual(sets);
  expect(taken.train.pixels.buffer).toBe(memory);

  const held = new Uint32Array(new Uint32Array([0, 5, 70_000, 9]).buffer, 4, 2);
  const some = { train: { ...images, held }, test: images };
  expect(takeSets(passSets(some))).toEqual({ ...some, train: { ...images, held: new Uint32Array([5, 70_000]) } });
});

test("images of 16 bits, of validation pairs, and that no one has split, come out as they were", () => {
  const pixels = new Uint16Array(new SharedArrayBuffer(32), 4, 6).map((_, i) => 300 * i);
  const wide = { count: 1, height: 1, width: 2, channels: 3, pooling: 1, background: [1, 2, 3] } as const;
  const images = { ...wide, classes: 300, pixels, labels: new Uint16Array([299]) };
  const sets = { train: images, test: images, validation: images, unsplit: true } as const;
  expect(takeSets(passSets({ ...sets, identity: "more" } as typeof sets))).toEqual(sets);
});
