import type { KernelSpace, Pointer } from "../kernels.js";

/** sum = x + factor · y, of `count` floats each. */
export function addScaled(
  kernels: KernelSpace,
  count: number,
  x: Pointer,
  factor: number,
  y: Pointer,
  sum: Pointer,
): void {
  const [a, b, c] = [kernels.floats(x, count), kernels.floats(y, count), kernels.floats(sum, count)];
  for (let j = 0; j < count; j++) c[j] = (a[j] as number) + factor * (b[j] as number);
}
