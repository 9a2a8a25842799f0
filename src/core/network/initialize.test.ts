import { describe, expect, it } from "vitest";
import { Stream } from "../random/streams.js";
import { batchNorm, convolution, DIGIT_PAIRS, flatten, linear } from "./index.js";
import { startingValues } from "./initialize.js";
import type { TensorSpec } from "./layer.js";
import { layersOf } from "./network.js";
import { placeNetwork } from "./place-network.js";

const trunk = [convolution(16, 5), batchNorm(), convolution(40, 7), flatten(), linear(100)];
const placed = placeNetwork({ trunk, head: [linear(500), linear(2)] }, DIGIT_PAIRS);

const tensors = new Map<string, TensorSpec>(
  layersOf(placed).flatMap(({ name, parameters, buffers }) =>
    [...parameters, ...buffers].map((spec) => [`${name}.${spec.name}`, spec] as const),
  ),
);
const start = (name: string) => startingValues(tensors.get(name) as TensorSpec, new Stream(1, "initialization"));

describe("weights and biases start uniform within ±1/√fan-in", () => {
  it.each([
    ["trunk.0.weight", 25],
    ["trunk.0.bias", 25],
    ["trunk.2.weight", 16 * 49],
    ["trunk.2.bias", 16 * 49],
    ["trunk.4.weight", 40 * 16],
    ["trunk.4.bias", 40 * 16],
    ["head.0.weight", 200],
    ["head.0.bias", 200],
  ])("%s, with a fan-in of %d", (name, fanIn) => {
    const bound = 1 / Math.sqrt(fanIn);
    const values = [...start(name)].map((value) => value / bound);
    const { length } = values;
    // A uniform variable in ±1 has mean 0 and variance 1/3, its square variance 4/45: 4 standard errors are allowed.
    const mean = values.reduce((sum, value) => sum + value, 0) / length;
    const variance = values.reduce((sum, value) => sum + value ** 2, 0) / length;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(1 / 3 / length));
    expect(Math.abs(variance - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / length));
    const farthest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(farthest).toBeLessThanOrEqual(1 + 1e-7);
    // No more than one in e¹⁰ sets of values stays this far within.
    expect(farthest).toBeGreaterThan(1 - 10 / length);
  });
});

it("batch norm starts as the identity", () => {
  expect(["weight", "bias", "running_mean", "running_var"].map((name) => new Set(start(`trunk.1.${name}`)))).toEqual(
    [1, 0, 0, 1].map((value) => new Set([value])),
  );
});

it("what starts constant draws nothing", () => {
  const [used, fresh] = [new Stream(1, "initialization"), new Stream(1, "initialization")];
  startingValues(tensors.get("trunk.1.weight") as TensorSpec, used);
  expect(used.bits()).toBe(fresh.bits());
});
