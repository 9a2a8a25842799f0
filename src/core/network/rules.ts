import { InvalidRequest } from "../errors.js";
import type { Rules, TensorSpec } from "./layer.js";
import { describe, isFlat, type Shape } from "./shape.js";

/** The rules of a layer without tensors. */
export const shaped = (output: Shape): Rules => ({ output, parameters: [], buffers: [] });

/** The rules of a layer that has no tensors and keeps the shape. */
export const unchanged = (_layer: unknown, input: Shape): Rules => shaped(input);

/** Weight and bias start as in PyTorch's `Conv2d` and `Linear`: kaiming_uniform_ with a = √5, which is uniform in ±1/√fan-in. */
export function affineMap(weight: readonly number[], outputs: number, fanIn: number): TensorSpec[] {
  const start = { bound: 1 / Math.sqrt(fanIn) };
  return [
    { name: "weight", shape: weight, start },
    { name: "bias", shape: [outputs], start },
  ];
}

export function scaleAndShift(channels: number, { scale = 1, shift = 0 } = {}): TensorSpec[] {
  return [
    { name: "weight", shape: [channels], start: { value: scale } },
    { name: "bias", shape: [channels], start: { value: shift } },
  ];
}

/** @throws InvalidRequest where a layer that needs a vector would get maps */
export function requireFlat(layer: string, input: Shape): void {
  if (!isFlat(input))
    throw new InvalidRequest(`${layer} needs a flat input, not ${describe(input)}: put flatten() before it`);
}

/**
 * Elements of each half: of f, the first image's, and of g, the second's.
 *
 * @throws InvalidRequest where a layer that needs two halves of a vector would get something else
 */
export function halfOf(layer: string, input: Shape): number {
  requireFlat(layer, input);
  const { channels } = input;
  if (channels % 2 !== 0)
    throw new InvalidRequest(
      `${layer} needs two halves of as many elements, not ${channels} element${channels === 1 ? "" : "s"}`,
    );
  return channels / 2;
}
