import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Share, timed } from "../../bench/timed-kernels.js";
import { compileKernels, Kernels } from "../../src/core/engine/kernels.js";

const module = compileKernels(readFileSync(new URL("../../dist/core/kernels/kernels.wasm", import.meta.url)));

/** What is noted of some calls. */
function noted(calls: (kernels: Kernels) => void): Record<string, Omit<Share, "milliseconds">> {
  const shares = new Map<string, Share>();
  calls(new Kernels(module, (run) => timed(run, shares)));
  return Object.fromEntries(
    [...shares].map(([name, { milliseconds, ...rest }]) => {
      expect(milliseconds).toBeGreaterThanOrEqual(0);
      return [name, rest];
    }),
  );
}

test("a matrix product counts two operations for each multiply-add, whole tiles of rows", () => {
  const shares = noted((kernels) => {
    const at = kernels.allocate(1000);
    for (let i = 0; i < 3; i++) kernels.run.gemm(6, 2, 5, at, 20, 4, at, 0, 32, at, 0, 0, at, 64, 32);
  });
  expect(shares).toEqual({ "gemm 6 · 5 · 16": { calls: 3, operations: 3 * 2 * 8 * 5 * 16 } });
});

test("a sparse product counts what is listed", () => {
  const shares = noted((kernels) => {
    const [lists, counts, rows] = [kernels.allocate(100), kernels.allocate(2), kernels.allocate(400)];
    kernels.integers(counts, 2).set([3, 0]);
    kernels.run.sparseGemm(2, 1, lists, 64, counts, rows, rows, 0, 0, rows, 112);
  });
  expect(shares).toEqual({ "sparseGemm 2 · listed · 28": { calls: 1, operations: 2 * 3 * 28 } });
});

test("a convolution that passes over taps counts those that are marked, four patches to a window", () => {
  const shares = noted((kernels) => {
    const [image, offsets, tapOffsets, taps] = [400, 8, 40, 4].map((count) => kernels.allocate(count)) as [
      number,
      number,
      number,
      number,
    ];
    const [weights, bias, y] = [kernels.allocate(400), kernels.allocate(8), kernels.allocate(100)];
    const order = kernels.allocate(2);
    kernels.integers(taps, 4).set([0b1011, 0, -1, 1]);
    kernels.integers(order, 2).set([1, 0]);
    const [width, down] = [4, 40];
    kernels.run.convolveMarked(
      image,
      0,
      0,
      image,
      width,
      down,
      offsets,
      2,
      taps,
      order,
      tapOffsets,
      1,
      weights,
      1600,
      bias,
      y,
      32,
    );
  });
  expect(shares).toEqual({ "convolveMarked 8 · marked · 8": { calls: 1, operations: 2 * (3 + 33) * 4 * 8 } });
});

test("kernels without arithmetic to speak of are timed alone", () => {
  const shares = noted(({ run }) => run.relu(0, 0, 0));
  expect(shares).toEqual({ relu: { calls: 1, operations: 0 } });
});
