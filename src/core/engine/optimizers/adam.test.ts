import { expect, it } from "vitest";
import { expectAllClose } from "../../../../test/support/expectations.js";
import { loadUnscaled, randomModel, randomPairs, tensorOf, tensorsOf } from "../../../../test/support/models.js";
import { at } from "../../../../test/support/reference.js";
import { batchNorm, convolution, flatten, type InputSpec, linear } from "../../network/index.js";
import { Adam } from "./adam.js";

const images: InputSpec = { height: 4, width: 4, channels: 1, classes: 10 };
const network = { trunk: [convolution(3, 2), batchNorm(), flatten()], head: [linear(2)] };

/** Adam as Kingma & Ba write it, in double precision: element by element, given one gradient a step. */
function adam(start: number, gradients: number[], learningRate: number): number {
  let [weight, first, second] = [start, 0, 0];
  gradients.forEach((gradient, i) => {
    first = 0.9 * first + 0.1 * gradient;
    second = 0.999 * second + 0.001 * gradient ** 2;
    const [firstUnbiased, secondUnbiased] = [first / (1 - 0.9 ** (i + 1)), second / (1 - 0.999 ** (i + 1))];
    weight -= (learningRate * firstUnbiased) / (Math.sqrt(secondUnbiased) + 1e-8);
  });
  return weight;
}

it("Adam's steps are those of the paper, bias correction included", () => {
  const model = randomModel(network, images);
  const optimizer = new Adam(model.kernels, model.tensors);
  const loaded = loadUnscaled(model, randomPairs(images, 4));
  const start = tensorsOf(model);
  const names = model.tensors.parameters.map(({ name }) => name);
  const history = new Map<string, Float32Array[]>(names.map((name) => [name, []]));
  for (let step = 0; step < 20; step++) {
    model.gradient(loaded, [step % 4, (step + 1) % 4]);
    for (const name of names) history.get(name)?.push(tensorOf(model, name, "gradients"));
    optimizer.step(0.01);
  }
  for (const name of names) {
    const gradients = history.get(name) ?? [];
    const expected = start.get(name)?.map((value, e) =>
      adam(
        value,
        gradients.map((gradient) => at(gradient, e)),
        0.01,
      ),
    );
    expectAllClose(tensorOf(model, name), expected ?? [], name);
  }
});

it("Adam's first step moves every parameter by the learning rate, against its gradient", () => {
  const model = randomModel({ trunk: [], head: [flatten(), linear(2)] }, images);
  const optimizer = new Adam(model.kernels, model.tensors);
  const before = tensorOf(model, "head.1.weight");
  model.gradient(loadUnscaled(model, randomPairs(images, 4)), [0, 1, 2, 3]);
  optimizer.step(0.25);
  const signs = [...tensorOf(model, "head.1.weight", "gradients")].map(Math.sign);
  expect(signs).not.toContain(0);
  const moved = [...tensorOf(model, "head.1.weight")].map((value, e) => (at(before, e) - value) / 0.25);
  expectAllClose(moved, signs, "step in learning rates");
});
