import { describe, expect, it } from "vitest";
import { InvalidRequest } from "../errors.js";
import { DIGIT_PAIRS } from "../network/index.js";
import { layersOf, type PlacedNetwork, parameterCount } from "../network/network.js";
import { placeNetwork } from "../network/place-network.js";
import { architectures, findArchitecture } from "./index.js";

const placed = (name: string) => placeNetwork(findArchitecture(name), DIGIT_PAIRS);

/** The names and shapes of a network's tensors, as in PyTorch's state dict. */
const shapes = (network: PlacedNetwork) =>
  Object.fromEntries(
    layersOf(network).flatMap(({ name, parameters, buffers }) =>
      [...parameters, ...buffers].map((tensor) => [`${name}.${tensor.name}`, tensor.shape]),
    ),
  );

describe("each architecture has the paper's number of parameters", () => {
  it.each([
    ["mlp", 89_712],
    ["simple-cnn", 76_386],
    ["weight-sharing", 75_202],
    ["weight-sharing-auxiliary", 88_268],
    ["one-by-one", 43_274],
  ])("%s has %d", (name, parameters) => {
    expect(parameterCount(placed(name))).toBe(parameters);
  });

  it("and there are no others", () => {
    expect(architectures.map(({ name }) => name)).toEqual([
      "mlp",
      "simple-cnn",
      "weight-sharing",
      "weight-sharing-auxiliary",
      "one-by-one",
    ]);
  });
});

describe("tensors have the names and shapes of PyTorch's state dict", () => {
  it("in weight sharing with auxiliary loss: a trunk and a head, every layer counted", () => {
    const normalization = (name: string, channels: number) =>
      Object.fromEntries(
        ["weight", "bias", "running_mean", "running_var"].map((tensor) => [`${name}.${tensor}`, [channels]]),
      );
    expect(shapes(placed("weight-sharing-auxiliary"))).toEqual({
      "trunk.0.weight": [32, 1, 5, 5],
      "trunk.0.bias": [32],
      ...normalization("trunk.1", 32),
      "trunk.4.weight": [64, 32, 2, 2],
      "trunk.4.bias": [64],
      ...normalization("trunk.5", 64),
      "trunk.9.weight": [128, 256],
      "trunk.9.bias": [128],
      "trunk.12.weight": [10, 128],
      "trunk.12.bias": [10],
      "head.0.weight": [200, 20],
      "head.0.bias": [200],
      "head.3.weight": [200, 200],
      "head.3.bias": [200],
      "head.6.weight": [2, 200],
      "head.6.bias": [2],
    });
  });

  it("in the MLP: all in the head, on both images' pixels", () => {
    expect(shapes(placed("mlp"))).toEqual({
      "head.1.weight": [200, 392],
      "head.1.bias": [200],
      "head.3.weight": [50, 200],
      "head.3.bias": [50],
      "head.5.weight": [20, 50],
      "head.5.bias": [20],
      "head.7.weight": [2, 20],
      "head.7.bias": [2],
    });
  });

  it("in the simple CNN: all in the head, both images as channels", () => {
    expect(shapes(placed("simple-cnn"))).toMatchObject({ "head.0.weight": [32, 2, 5, 5], "head.12.weight": [2, 256] });
    expect(placed("simple-cnn").trunks).toEqual([]);
  });

  it("in one-by-one: all in the trunk", () => {
    expect(shapes(placed("one-by-one"))).toMatchObject({ "trunk.10.weight": [10, 128] });
    expect(placed("one-by-one").head).toEqual([]);
  });
});

describe("an architecture is found by its name", () => {
  it.each(architectures.map((architecture) => [architecture.name, architecture] as const))(
    "%s",
    (name, architecture) => {
      expect(findArchitecture(name)).toBe(architecture);
    },
  );

  it("and a name that is nearly right is put right", () => {
    const refusal = expect(() => findArchitecture("weight-shraing"));
    refusal.toThrow(InvalidRequest);
    refusal.toThrow(
      /^unknown architecture "weight-shraing": did you mean weight-sharing\? There are mlp, simple-cnn, /,
    );
  });
});
