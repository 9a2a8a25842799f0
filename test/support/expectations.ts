import { expect } from "vitest";
import type { Pairs } from "../../src/core/data/pairs.js";
import type { Model } from "../../src/core/engine/model.js";
import { loadUnscaled, range, tensorOf, tensorsOf, uniform } from "./models.js";
import { at, type Holds, type Masks, numericalGradient, reference } from "./reference.js";

/** How far single precision may stray from the truth, as a part of the largest value compared. */
const PRECISION = 2e-5;

/** Expects that all pairs as one batch give the reference's evaluation loss, training loss and every gradient. */
export function expectReference(model: Model, pairs: Pairs, masks?: Masks, holds?: Holds): void {
  const { tensors, loss } = expectReferenceLosses(model, pairs, masks, holds);
  const slopes = model.tensors.parameters.map(({ name }) => numericalGradient(loss, tensors.get(name) as Float64Array));
  // Where a gradient cancels out, what single precision leaves of it is small beside the others.
  const least = Math.max(...slopes.map(largest)) / 100;
  model.tensors.parameters.forEach(({ name }, i) => {
    const expected = at(slopes, i);
    const scale = Math.max(largest(expected), least);
    expectAllClose(tensorOf(model, name, "gradients"), expected, `gradient of ${name}`, scale);
  });
}

/**
 * As `expectReference`, but of each gradient only its product with a random direction: quick for large networks, and a
 * wrong gradient has no more than a vanishing chance to pass.
 */
export function expectReferenceAlongDirections(model: Model, pairs: Pairs, seed = 1): void {
  const { tensors, loss } = expectReferenceLosses(model, pairs);
  const next = uniform(seed);
  // A gradient that is small because its terms cancel has their rounding.
  const all = model.tensors.parameters.map((parameter) => largest(parameter.read(model.kernels, "gradients")));
  const scale = Math.max(...all);
  for (const parameter of model.tensors.parameters) {
    const values = tensors.get(parameter.name) as Float64Array;
    const start = values.slice();
    const direction = start.map(() => (next() < 0.5 ? -1 : 1));
    const distance = new Float64Array(1);
    const lossAtDistance = () => {
      values.set(start.map((value, i) => value + at(distance, 0) * at(direction, i)));
      return loss();
    };
    const slope = at(numericalGradient(lossAtDistance, distance), 0);
    values.set(start);
    const gradient = parameter.read(model.kernels, "gradients");
    const product = gradient.reduce((sum, value, i) => sum + value * at(direction, i), 0);
    const norm = Math.hypot(...gradient);
    expectClose(product, slope, `slope along ${parameter.name}`, Math.max(norm, scale) * Math.sqrt(gradient.length));
  }
}

function expectReferenceLosses(model: Model, pairs: Pairs, masks?: Masks, holds?: Holds) {
  const loaded = loadUnscaled(model, pairs);
  const tensors = tensorsOf(model);
  const loss = (training: boolean) => reference(model.network, tensors, pairs, training, masks, holds).loss;
  expectClose(model.evaluate(loaded).loss, loss(false), "evaluation loss");
  expectClose(model.gradient(loaded, range(0, pairs.count)), loss(true), "training loss");
  return { tensors, loss: () => loss(true) };
}

/** Expects two models to have the same gradients within single precision of the largest. */
export function expectSameGradients(actual: Model, expected: Model): void {
  const all = expected.tensors.parameters.map(({ name }) => tensorOf(expected, name, "gradients"));
  const scale = Math.max(...all.map(largest));
  expected.tensors.parameters.forEach(({ name }, i) => {
    expectAllClose(tensorOf(actual, name, "gradients"), at(all, i), `gradient of ${name}`, scale);
  });
}

/** Expects a number to be right within single precision of `scale`. */
export function expectClose(actual: number, expected: number, what: string, scale = Math.abs(expected)): void {
  const far = Math.abs(actual - expected) / Math.max(scale, 1e-3);
  expect(far, `${what}: ${actual}, not ${expected}`).toBeLessThan(PRECISION);
}

/** Expects every number to be right within single precision of `scale`, or of the largest. */
export function expectAllClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
  scale = largest(expected),
): void {
  expect(actual.length, `length of ${what}`).toBe(expected.length);
  const distances = Array.from(expected, (value, i) => Math.abs(at(actual, i) - value));
  const worst = distances.indexOf(Math.max(...distances));
  expectClose(at(actual, worst), at(expected, worst), `${what}[${worst}]`, scale);
}

const largest = (values: ArrayLike<number>): number => Math.max(...Array.from(values, Math.abs));
