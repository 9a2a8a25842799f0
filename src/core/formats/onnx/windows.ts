import type { Attributes } from "./graph.js";

/** A square window that steps over a map, as ONNX describes it. */
export const windowAttributes = ({
  size,
  stride = size,
  padding = 0,
}: {
  readonly size: number;
  readonly stride?: number;
  readonly padding?: number;
}): Attributes => ({
  kernel_shape: [size, size],
  strides: [stride, stride],
  pads: [padding, padding, padding, padding],
});
