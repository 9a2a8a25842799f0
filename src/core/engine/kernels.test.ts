import { expect, it } from "vitest";
import { newKernels } from "../../../test/support/kernels.js";

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
