import type { Stream } from "../random/streams.js";
import type { TensorSpec } from "./layer.js";

/** The starting values of a tensor, in PyTorch's element order. Draws from the stream only where the values are random. */
export function startingValues({ shape, start }: TensorSpec, stream: Stream): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if ("value" in start) return values.fill(start.value);
  for (let i = 0; i < values.length; i++) values[i] = (2 * stream.unit() - 1) * start.bound;
  return values;
}
