import { describe, it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { randomModel, randomPairs } from "../../../../test/support/models.js";
import {
  convolution,
  flatten,
  groupNorm,
  type InputSpec,
  type Layer,
  layerNorm,
  linear,
  relu,
} from "../../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 2, classes: 10 };

describe("group norm over each example's groups of channels", () => {
  it.each<[string, Layer[]]>([
    ["on maps", [convolution(6, 2), groupNorm(3), flatten()]],
    ["all channels together", [convolution(3, 2), groupNorm(1), relu(), flatten()]],
    ["each channel separately", [convolution(3, 2), groupNorm(3), flatten()]],
    ["on channels that fill more than a panel", [convolution(10, 3), groupNorm(5), flatten()]],
    ["on features", [flatten(), linear(12), groupNorm(4), linear(3)]],
    ["on flattened maps", [convolution(3, 2), flatten(), groupNorm(6), linear(3)]],
    ["on the images themselves", [groupNorm(2), convolution(3, 2), flatten()]],
    ["as layer norm of flattened images", [flatten(), layerNorm(), linear(3)]],
  ])("%s", (_, trunk) => {
    expectReference(randomModel({ trunk, head: [linear(2)] }, images), randomPairs(images, 3));
  });

  it("as a head, over both trunks' outputs", () => {
    const network = { trunk: [flatten(), linear(5)], head: [groupNorm(2), layerNorm(), linear(2)] };
    expectReference(randomModel(network, images, { batchSize: 7 }), randomPairs(images, 3));
  });
});
