import { expect, it } from "vitest";
import { kernelsFrom, kernelsOf, newKernels } from "../../../test/support/kernels.js";
import { InvalidRequest } from "../errors.js";
import type { KernelExports } from "./kernels.js";
import { CountedSpace, MemoryShortage, MOST_MEMORY } from "./kernels.js";

it("allocations are zeroed, aligned to cache lines and apart from each other", () => {
  const kernels = newKernels();
  const counts = [1, 17, 300_000, 5];
  const pointers = counts.map((count) => kernels.allocate(count));
  pointers.forEach((pointer, i) => {
    const floats = kernels.floats(pointer, counts[i] as number);
    expect(pointer % 64).toBe(0);
    expect(floats.every((value) => value === 0)).toBe(true);
    floats.fill(i + 1);
  });
  pointers.forEach((pointer, i) => {
    expect(kernels.floats(pointer, counts[i] as number).every((value) => value === i + 1)).toBe(true);
  });
});

it("what is stored outlives the memory's growth", () => {
  const kernels = newKernels();
  const pointer = kernels.allocate(4);
  kernels.floats(pointer, 4).set([1, 2, 3, 4]);
  const before = kernels.run.memory.buffer;
  kernels.allocate(before.byteLength);
  expect(kernels.run.memory.buffer).not.toBe(before);
  expect([...kernels.floats(pointer, 4)]).toEqual([1, 2, 3, 4]);
  expect([...kernels.integers(pointer, 1)]).toEqual([0x3f800000]);
});

it("instances share nothing", () => {
  const [one, other] = [newKernels(), newKernels()];
  const [pointer, same] = [one.allocate(4), other.allocate(4)];
  one.floats(pointer, 4).fill(1);
  expect([...other.floats(same, 4)]).toEqual([0, 0, 0, 0]);
});

it("cleared memory is handed out again, zeroed", () => {
  const kernels = newKernels();
  const hand = () =>
    [kernels.allocate(3), kernels.allocate(100_000)].map((pointer) => [pointer, kernels.floats(pointer, 3)]);
  const first = hand();
  kernels.floats(first[1]?.[0] as number, 100_000).fill(1);
  kernels.clear();
  expect(hand()).toEqual(first.map(([pointer]) => [pointer, new Float32Array(3)]));
});

it("what is put above 2 GiB lies there, and is found again", () => {
  const kernels = kernelsFrom(2 ** 31 - 64, 256);
  const [below, above] = [kernels.allocate(4), kernels.allocate(32)];
  kernels.floats(below, 4).set([1, 2, 3, 4]);
  kernels.integers(above, 4).set([5, 6, 7, 8]);
  expect(above).toBe(2 ** 31);
  // What is there, whatever the views say of it.
  const there = new DataView(kernels.run.memory.buffer, 2 ** 31 - 64, 192);
  expect([0, 4, 8, 12].map((at) => there.getFloat32(at, true))).toEqual([1, 2, 3, 4]);
  expect([64, 68, 72, 76].map((at) => there.getInt32(at, true))).toEqual([5, 6, 7, 8]);
  kernels.copy(above, above + 64, 4);
  expect([128, 132, 136, 140].map((at) => there.getInt32(at, true))).toEqual([5, 6, 7, 8]);
  kernels.doubles(above, 2).set([0.5, -2]);
  expect([64, 72].map((at) => there.getFloat64(at, true))).toEqual([0.5, -2]);
  expect([...kernels.floats(below, 4), ...kernels.integers(above + 64, 4)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  kernels.clear();
  expect(kernels.floats(below, 48).every((value) => value === 0)).toBe(true);
});

it("kernels compute above 2 GiB as anywhere, up to the last byte", () => {
  const kernels = kernelsFrom(MOST_MEMORY - 128, 128);
  const [x, y] = [kernels.allocate(16), kernels.allocate(16)];
  kernels.floats(x, 16).set(Array.from({ length: 16 }, (_, i) => i - 8));
  kernels.run.relu(x, 16, y);
  kernels.run.addScaled(y, x, 16, 2);
  expect([...kernels.floats(y, 16)]).toEqual([-16, -14, -12, -10, -8, -6, -4, -2, 0, 3, 6, 9, 12, 15, 18, 21]);
  expect(kernels.run.sumOfSquares(x, 16)).toBe(344);
});

it("more than 4 GiB is refused with what there can be, and what is there stays", () => {
  const kernels = newKernels();
  const pointer = kernels.allocate(1);
  kernels.floats(pointer, 1).fill(7);
  const { taken } = kernels;
  expect(() => kernels.allocate(2 ** 30)).toThrow(
    new MemoryShortage(MOST_MEMORY, "a network can have at most").message,
  );
  expect(() => kernels.allocate(2 ** 60)).toThrow(InvalidRequest);
  expect(kernels.taken).toBe(taken);
  expect(kernels.floats(pointer, 1)[0]).toBe(7);
});

it("a runtime that gives less is asked for all that it gives, and quoted", () => {
  const kernels = kernelsOf((run) => ({ ...run, memory: limited(run.memory, 100) }));
  expect(() => kernels.allocate(2 ** 22)).toThrow(
    /^there is no room left in memory for a network: this runtime gives at most 6 MiB$/,
  );
  expect(kernels.allocate((90 * 65536) / 4)).toBeGreaterThan(0);
});

/** A memory that grows to so many pages. */
function limited(memory: KernelExports["memory"], most: number): KernelExports["memory"] {
  return {
    get buffer() {
      return memory.buffer;
    },
    grow(pages) {
      if (memory.buffer.byteLength / 65536 + pages > most) throw new RangeError("Unable to grow instance memory");
      return memory.grow(pages);
    },
  };
}

it("memory that was reserved and never handed out is not touched when all is taken back", () => {
  const kernels = newKernels();
  kernels.reserve(2 ** 31);
  const before = process.memoryUsage.rss();
  kernels.clear();
  expect(process.memoryUsage.rss() - before).toBeLessThan(2 ** 30);
});

it("a renewed instance has a memory of its own, empty", () => {
  const kernels = newKernels();
  kernels.floats(kernels.allocate(1000), 1000).fill(1);
  const { run } = kernels;
  kernels.renew();
  expect(kernels.run.memory).not.toBe(run.memory);
  expect(kernels.taken).toBe(kernels.base);
  expect(kernels.floats(kernels.allocate(1000), 1000).every((value) => value === 0)).toBe(true);
});

it("room that is only counted is handed out at the same places", () => {
  const kernels = newKernels();
  const counted = new CountedSpace(kernels.base, 2 ** 22);
  const counts = [1, 17, 300_000, 5, 0];
  expect(counts.map((count) => counted.allocate(count))).toEqual(counts.map((count) => kernels.allocate(count)));
  expect(counted.taken).toBe(kernels.taken);
  expect(() => counted.allocate(2 ** 20)).toThrow(MemoryShortage);
  expect(counted.taken).toBe(kernels.taken);
});
