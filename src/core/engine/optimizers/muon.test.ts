import { expect, it } from "vitest";
import { expectAllClose } from "../../../../test/support/expectations.js";
import { loadUnscaled, randomModel, randomPairs, tensorOf, tensorsOf } from "../../../../test/support/models.js";
import { at } from "../../../../test/support/reference.js";
import { batchNorm, convolution, dropout, flatten, type InputSpec, linear, relu } from "../../network/index.js";
import { Adam } from "./adam.js";
import { hiddenMatrices, Muon } from "./muon.js";

const images: InputSpec = { height: 6, width: 6, channels: 1, classes: 10 };
const trunk = [convolution(8, 2), batchNorm(), convolution(12, 2), convolution(9, 3), flatten(), linear(40), relu()];
const network = {
  trunk: [...trunk, linear(10)],
  head: [linear(20), dropout(0.5), relu(), linear(70), relu(), linear(2)],
  auxiliaryWeight: 0.5,
};

type Matrix = number[][];

const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((sum, value, k) => sum + value * (b[k]?.[j] ?? 0), 0)));
const transposed = (a: Matrix): Matrix => (a[0] ?? []).map((_, j) => a.map((row) => row[j] ?? 0));
const combined = (a: number, x: Matrix, b: number, y: Matrix): Matrix =>
  x.map((row, i) => row.map((value, j) => a * value + b * (y[i]?.[j] ?? 0)));

/** Newton–Schulz as Jordan et al. print it, for outputs × inputs, in double precision. */
function orthogonal(matrix: Matrix): Matrix {
  const size = Math.sqrt(matrix.flat().reduce((sum, value) => sum + value ** 2, 0));
  let x = matrix.map((row) => row.map((value) => value / (size + 1e-7)));
  for (let iteration = 0; iteration < 5; iteration++) {
    const a = product(x, transposed(x));
    x = combined(3.4445, x, 1, product(combined(-4.775, a, 2.0315, product(a, a)), x));
  }
  return x;
}

const rows = (values: Float32Array, outputs: number): Matrix =>
  Array.from({ length: outputs }, (_, o) =>
    Array.from(values.subarray((o * values.length) / outputs, ((o + 1) * values.length) / outputs)),
  );

/** A model with what it trains on. */
function training() {
  const model = randomModel(network, images);
  const loaded = loadUnscaled(model, randomPairs(images, 4));
  return { model, gradient: () => model.gradient(loaded, [0, 1, 2, 3]) };
}

const MATRICES = ["trunk.2.weight", "trunk.3.weight", "trunk.5.weight", "head.0.weight", "head.3.weight"];

it("moves the weights between the layer that sees images and the last of each part", () => {
  const { model } = training();
  expect(hiddenMatrices(model.tensors.parameters).map(({ tensor }) => tensor.name)).toEqual(MATRICES);
  const alone = randomModel({ trunk: [], head: [flatten(), linear(20), relu(), linear(9), linear(2)] }, images);
  expect(hiddenMatrices(alone.tensors.parameters).map(({ tensor }) => tensor.name)).toEqual(["head.3.weight"]);
});

it("moves them by their orthogonal momentum as the definition in double precision does, and the rest by AdamW", () => {
  const [muon, adam] = [training(), training()];
  const options = { weightDecay: 0.1, momentum: 0.9 };
  const optimizer = new Muon(muon.model.kernels, muon.model.tensors, options);
  const reference = new Adam(adam.model.kernels, adam.model.tensors, { weightDecay: 0.1, decoupled: true });
  const velocity = new Map<string, Matrix>();
  for (let step = 0; step < 3; step++) {
    muon.gradient();
    const rate = 0.01 * (step + 1);
    const before = tensorsOf(muon.model);
    // The reference goes by the same gradients from the same weights.
    for (const [i, parameter] of adam.model.tensors.parameters.entries()) {
      const own = muon.model.tensors.parameters[i];
      if (!own) throw new Error("the models are alike");
      parameter.write(adam.model.kernels, own.read(muon.model.kernels));
      parameter.writeAt(adam.model.kernels, parameter.gradients, own.read(muon.model.kernels, "gradients"));
    }
    const gradients = new Map(MATRICES.map((name) => [name, tensorOf(muon.model, name, "gradients")]));
    optimizer.step(rate);
    reference.step(rate);
    for (const { name, spec } of muon.model.tensors.parameters) {
      const after = tensorOf(muon.model, name);
      const gradient = gradients.get(name);
      if (!gradient) {
        expect(after, name).toEqual(tensorOf(adam.model, name));
        continue;
      }
      const outputs = spec.shape[0] as number;
      const g = rows(gradient, outputs);
      const u = combined(0.9, velocity.get(name) ?? combined(0, g, 0, g), 1, g);
      velocity.set(name, u);
      const update = orthogonal(combined(1, g, 0.9, u)).flat();
      const side = Math.sqrt(Math.max(outputs, gradient.length / outputs));
      const weights = before.get(name) ?? [];
      const expected = update.map((value, e) => at(weights, e) * (1 - rate * 0.1) - rate * 0.5 * side * value);
      expectAllClose(after, expected, `${name}, step ${step}`);
    }
  }
  expect(optimizer.steps).toBe(3);
});

/** Eigenvalues of a symmetric matrix, largest first, by Jacobi's rotations. */
function eigenvalues(symmetric: Matrix): number[] {
  let a = symmetric;
  const size = a.length;
  for (let sweep = 0; sweep < 12; sweep++)
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        const angle = Math.atan2(2 * at(at(a, p), q), at(at(a, p), p) - at(at(a, q), q)) / 2;
        const turn = a.map((_, i) => a.map((__, j) => Number(i === j)));
        Object.assign(at(turn, p), { [p]: Math.cos(angle), [q]: -Math.sin(angle) });
        Object.assign(at(turn, q), { [p]: Math.sin(angle), [q]: Math.cos(angle) });
        a = product(product(transposed(turn), a), turn);
      }
  return a.map((row, i) => at(row, i)).sort((x, y) => y - x);
}

it("an update has a singular value near 1 for each pair of the batch, and the others stay 0", () => {
  const { model, gradient } = training();
  gradient();
  const before = tensorOf(model, "head.3.weight");
  new Muon(model.kernels, model.tensors, { weightDecay: 0, momentum: 0 }).step(1);
  const size = 0.5 * Math.sqrt(70);
  const moved = tensorOf(model, "head.3.weight").map((value, e) => (at(before, e) - value) / size);
  const update = rows(moved, 70);
  const singular = eigenvalues(product(transposed(update), update)).map((value) => Math.sqrt(Math.max(value, 0)));
  expect(singular).toHaveLength(20);
  expect(singular[0]).toBeLessThan(1.25);
  expect(singular[3]).toBeGreaterThan(0.65);
  expect(singular[4]).toBeLessThan(0.01);
});
