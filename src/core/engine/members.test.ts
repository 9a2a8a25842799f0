import { describe, expect, it } from "vitest";
import { expectReference } from "../../../test/support/expectations.js";
import { loadUnscaled, randomModel, randomPairs, range, tensorOf } from "../../../test/support/models.js";
import {
  batchNorm,
  convolution,
  flatten,
  type InputSpec,
  linear,
  maxPool,
  type Network,
  ordinal,
  relu,
  softmax,
} from "../network/index.js";
import type { Model } from "./model.js";

const images: InputSpec = { height: 6, width: 4, channels: 1, classes: 4 };
const trunk = [convolution(3, 3), batchNorm(), maxPool(2), relu(), flatten(), linear(4)];
const alone: Network = { trunk, head: [], auxiliaryWeight: 0.5 };
const compared: Network = { trunk, head: [softmax(2, 0.5), ordinal()], auxiliaryWeight: 0.7, pairWeight: 0 };

describe("an ensemble agrees with the definition", () => {
  it.each([
    ["under a rule", { ...alone, members: 2 }],
    ["under a head that compares", { ...compared, members: 3 }],
    ["of one", { ...alone, members: 1 }],
  ])("%s", (_, network) => {
    for (const fuse of [true, false]) expectReference(randomModel(network, images, { fuse }), randomPairs(images, 4));
  });
});

/** Gives a model of one trunk the weights of a member. */
function copyMember(from: Model, member: number, to: Model): void {
  for (const tensor of to.state())
    tensor.write(to.kernels, tensorOf(from, tensor.name.replace("trunk", `members.${member}`)));
}

it("a member learns the same bits as it does alone", () => {
  const options = { labelSmoothing: 0.1 };
  const ensemble = randomModel({ ...compared, members: 3 }, images, options);
  const pairs = randomPairs(images, 4);
  const singles = range(0, 3).map((member) => {
    const single = randomModel(compared, images, options, 7);
    copyMember(ensemble, member, single);
    return single;
  });
  const losses = singles.map((single) => single.gradient(loadUnscaled(single, pairs), [2, 0, 1]));
  const loss = ensemble.gradient(loadUnscaled(ensemble, pairs), [2, 0, 1]);
  expect(loss).toBeCloseTo(
    losses.reduce((sum, one) => sum + one),
    12,
  );
  singles.forEach((single, member) => {
    for (const { name } of single.tensors.parameters) {
      const own = tensorOf(ensemble, name.replace("trunk", `members.${member}`), "gradients");
      expect(own, name).toEqual(tensorOf(single, name, "gradients"));
    }
    for (const { name } of single.tensors.buffers)
      expect(tensorOf(ensemble, name.replace("trunk", `members.${member}`)), name).toEqual(tensorOf(single, name));
  });
});

it("members begin with different weights", () => {
  const ensemble = randomModel({ ...alone, members: 2 }, images);
  ensemble.initialize(3);
  expect(tensorOf(ensemble, "members.0.0.weight")).not.toEqual(tensorOf(ensemble, "members.1.0.weight"));
});

it("members of equal weights decide as one of them, also over views", () => {
  const pairs = randomPairs(images, 9);
  for (const options of [{}, { views: "shifts" }] as const) {
    const single = randomModel(compared, images, options);
    const ensemble = randomModel({ ...compared, members: 4 }, images, options);
    for (const tensor of ensemble.state())
      tensor.write(ensemble.kernels, tensorOf(single, tensor.name.replace(/members\.\d/, "trunk")));
    const [ours, theirs] = [ensemble, single].map((model) => model.evaluate(loadUnscaled(model, pairs)));
    expect(ours?.errors).toBe(theirs?.errors);
    expect(ours?.loss).toBeCloseTo(theirs?.loss ?? Number.NaN, 6);
  }
});
