import { expect, test } from "vitest";
import { encodeSafetensors } from "../formats/index.js";
import { layerWeights } from "./layer-weights.js";

test("tensors are found by layer, those of nested layers too; what only counts is left out", () => {
  const floats = (...values: number[]) => Float32Array.from(values);
  const bytes = encodeSafetensors([
    { name: "trunk.0.weight", shape: [1, 1, 1, 2], data: floats(1, 2) },
    { name: "trunk.0.bias", shape: [1], data: floats(3) },
    { name: "trunk.4.body.1.running_mean", shape: [2], data: floats(4, 5) },
    { name: "trunk.4.body.1.num_batches_tracked", shape: [], data: BigInt64Array.of(9n) },
  ]);
  expect(layerWeights({ name: "weights", bytes })).toEqual({
    "trunk.0": {
      weight: { shape: [1, 1, 1, 2], data: floats(1, 2) },
      bias: { shape: [1], data: floats(3) },
    },
    "trunk.4.body.1": { running_mean: { shape: [2], data: floats(4, 5) } },
  });
});

test("a file that is none is refused", () => {
  expect(() => layerWeights({ name: "mine", bytes: new Uint8Array(3) })).toThrow(
    "mine: 3 bytes are not a safetensors file",
  );
});
