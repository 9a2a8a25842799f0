import { expect, test } from "vitest";
import { TensorReader } from "./tensor-reader.js";

const reader = () =>
  new TensorReader("file", [
    { name: "w", shape: [1, 2], data: Float32Array.of(1, 2) },
    { name: "i", shape: [2], data: Int32Array.of(3, 4) },
    { name: "n", shape: [], data: BigInt64Array.of(5n) },
    { name: "none", shape: [], data: BigInt64Array.of(0n) },
    { name: "debt", shape: [], data: BigInt64Array.of(-1n) },
  ]);

test("a tensor is handed out once, for its type and shape", () => {
  const tensors = reader();
  expect(tensors.floats("w", [1, 2])).toEqual(Float32Array.of(1, 2));
  expect(tensors.integers("i", [2])).toEqual(Int32Array.of(3, 4));
  expect(tensors.count("n")).toBe(5);
  expect(tensors.count("none")).toBe(0);
  expect(() => tensors.floats("w", [1, 2])).toThrow('file: there is no tensor "w", F32 [1,2]');
});

test.each<[string, (tensors: TensorReader) => unknown, string]>([
  ["a tensor that is not there", (tensors) => tensors.count("m"), 'file: there is no tensor "m", I64 []'],
  ["another shape", (tensors) => tensors.floats("w", [2]), 'file: tensor "w" has shape [1,2], not [2]'],
  ["another type", (tensors) => tensors.integers("w", [1, 2]), 'file: tensor "w" is F32 [1,2], not I32 [1,2]'],
  ["a list for a count", (tensors) => tensors.count("i"), 'file: tensor "i" is I32 [2], not I64 []'],
  ["less than none", (tensors) => tensors.count("debt"), 'file: tensor "debt" is -1, not a count'],
])("%s is refused", (_, take, message) => {
  expect(() => take(reader())).toThrow(message);
});

test("what nobody took is refused", () => {
  const tensors = reader();
  tensors.floats("w", [1, 2]);
  expect(() => tensors.end()).toThrow('file: the network has no tensor "i"');
  for (const take of [() => tensors.integers("i", [2]), () => tensors.count("n"), () => tensors.count("none")]) take();
  expect(() => tensors.count("debt")).toThrow();
  expect(() => tensors.end()).not.toThrow();
});
