import { describe, expect, it } from "vitest";
import { DIGIT_PAIRS } from "../network/index.js";
import { layersOf, parameterCount } from "../network/network.js";
import { placeNetwork } from "../network/place-network.js";
import { architectures, findArchitecture, furtherArchitectures } from "./index.js";

const placed = (name: string) => placeNetwork(findArchitecture(name), DIGIT_PAIRS);

/** Weights and biases of a convolution, and γ and β of the batch norm behind it. */
const normalized = (inputs: number, channels: number, kernel: number) =>
  channels * inputs * kernel ** 2 + channels + 2 * channels;
const linear = (inputs: number, outputs: number) => outputs * inputs + outputs;

/** Convolutions of 32 maps, a block of them, and a block of 64 beside a projection. */
const features = (channels: number) =>
  normalized(channels, 32, 3) +
  2 * normalized(32, 32, 3) +
  (normalized(32, 64, 3) + normalized(64, 64, 3) + normalized(32, 64, 1));
const TRUNK = features(1) + linear(64, 10);
const HEAD = linear(20, 64) + linear(64, 2);
const LENET = 6 * 25 + 6 + (16 * 6 * 25 + 16) + linear(16, 120) + linear(120, 84) + linear(84, 10);
/** Weight sharing's convolutions, and 64 features. */
const COMPARED = normalized(1, 32, 5) + normalized(32, 64, 2) + linear(256, 64);
const PAPER_HEAD = linear(20, 200) + linear(200, 200) + linear(200, 2);

it.each([
  ["lenet-5", LENET + PAPER_HEAD],
  ["resnet", features(2) + linear(64, 64) + linear(64, 2)],
  ["resnet-sharing", TRUNK + HEAD],
  ["resnet-sharing-auxiliary", TRUNK + HEAD],
  ["resnet-one-by-one", TRUNK],
  ["matching", COMPARED + 2 * 64 + linear(2 * 64, 64) + linear(64, 2)],
  ["ranking", COMPARED + linear(64, 1)],
])("%s has %d parameters", (name, parameters) => {
  expect(parameterCount(placed(name))).toBe(parameters);
});

it("none of them is the paper's, and no name is taken twice", () => {
  expect(furtherArchitectures.filter(({ paper }) => paper)).toEqual([]);
  const names = [...architectures, ...furtherArchitectures].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

describe("each hint changes one thing of a ResNet", () => {
  const { name, title, ...shared } = findArchitecture("resnet-sharing");

  it("auxiliary: the weight of the digits' loss", () => {
    expect(findArchitecture("resnet-sharing-auxiliary")).toEqual({
      ...shared,
      name: "resnet-sharing-auxiliary",
      title: "ResNet with sharing, auxiliary loss",
      auxiliaryWeight: 0.5,
    });
  });

  it("rule: no head", () => {
    expect(findArchitecture("resnet-one-by-one")).toMatchObject({
      trunk: shared.trunk,
      head: [],
      auxiliaryWeight: 0.5,
    });
  });

  it("sharing: the layers that see each image saw both as channels of one", () => {
    const alone = findArchitecture("resnet");
    expect(alone.head.slice(0, -3)).toEqual(shared.trunk.slice(0, -1));
    expect(alone.head.slice(-3)).toEqual(shared.head);
  });
});

it("a ResNet's tensors are named as a PyTorch module with body and shortcut has them", () => {
  const names = layersOf(placed("resnet-one-by-one"))
    .filter(({ parameters }) => parameters.length > 0)
    .map((layer) => layer.name);
  expect(names).toEqual([
    ...["trunk.0", "trunk.1", "trunk.4.body.0", "trunk.4.body.1", "trunk.4.body.3", "trunk.4.body.4"],
    ...["trunk.6.body.0", "trunk.6.body.1", "trunk.6.body.3", "trunk.6.body.4"],
    ...["trunk.6.shortcut.0", "trunk.6.shortcut.1", "trunk.9"],
  ]);
});
