import { expect, test } from "vitest";
import { newKernels } from "../../../test/support/kernels.js";
import { YARDSTICK_OPERATIONS, yardstick } from "./yardstick.js";

test("it is the least of nine measurements of the same work", () => {
  const kernels = newKernels();
  const { gemm } = kernels.run;
  let operations = 0;
  const counting = Object.create(kernels, {
    run: {
      value: {
        ...kernels.run,
        gemm: (...[rows, panels, depth, ...others]: Parameters<typeof gemm>) => {
          operations += 2 * rows * panels * 8 * depth;
          gemm(rows, panels, depth, ...others);
        },
      },
    },
    allocate: { value: (count: number) => kernels.allocate(count) },
    floats: { value: (pointer: number, count: number) => kernels.floats(pointer, count) },
  });
  const lengths = [3, 4, 2, 90, 3, 2, 5, 2, 3];
  let [time, calls] = [0, 0];
  const now = () => {
    if (calls % 2 === 1) time += lengths[(calls - 1) / 2] as number;
    calls++;
    return time;
  };
  expect(yardstick(counting, now)()).toBe(2);
  expect(operations).toBe(9 * YARDSTICK_OPERATIONS);
});

test("the products are right, so that no build gets out of the work", () => {
  const kernels = newKernels();
  const from = kernels.taken;
  yardstick(kernels, () => 0)();
  const values = kernels.floats(from, (kernels.taken - from) / 4);
  // Rows of ones times columns of 1/48, 48 deep, and 1/48 that each sum begins with.
  const right = values.filter((value) => Math.abs(value - 49 / 48) < 1e-6);
  expect(right).toHaveLength(48 * 48);
});
