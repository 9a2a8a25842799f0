import { describe, it } from "vitest";
import { expectReferenceAlongDirections } from "../../../../test/support/expectations.js";
import { randomModel, randomPairs } from "../../../../test/support/models.js";
import {
  averagePool,
  batchNorm,
  convolution,
  flatten,
  globalAveragePool,
  type InputSpec,
  type Layer,
  linear,
  maxPool,
  relu,
  residual,
} from "../../network/index.js";

const images: InputSpec = { height: 6, width: 4, channels: 2, classes: 10 };
const padded = (channels: number): Layer => convolution(channels, 3, { padding: 1 });

type Row = [string, Layer[]];

const STAGE: Row = [
  "a ResNet's stage, with stride 2 and a projection",
  [
    ...[convolution(4, 2), batchNorm(), relu()],
    residual(
      [convolution(9, 3, { stride: 2, padding: 1 }), batchNorm(), relu(), padded(9), batchNorm()],
      [convolution(9, 1, { stride: 2 }), batchNorm()],
    ),
    ...[relu(), globalAveragePool(), linear(3)],
  ],
];
const FUSED: Row = [
  "fused layers in both branches",
  [
    convolution(3, 1),
    residual([convolution(4, 3), batchNorm(), maxPool(2), relu()], [convolution(4, 3), maxPool(2)]),
    flatten(),
  ],
];
const layers: Row[] = [
  STAGE,
  FUSED,
  ["the input itself beside its body", [convolution(3, 2), residual([padded(3), batchNorm(), relu()]), flatten()]],
  ["one layer beside another", [convolution(3, 2), residual([convolution(5, 2)], [convolution(5, 2)]), flatten()]],
  ["one within another", [convolution(3, 2), residual([residual([padded(3), relu()]), padded(3)]), flatten()]],
  ["one as a shortcut", [convolution(3, 2), residual([padded(3)], [residual([padded(3)]), relu()]), flatten()]],
  ["one after the other", [convolution(3, 2), residual([padded(3)]), residual([relu()]), flatten()]],
  ["features", [flatten(), linear(6), residual([relu(), linear(6), batchNorm()]), linear(3)]],
  ["flattened maps, which lie in another order than features", [convolution(3, 2), flatten(), residual([linear(45)])]],
  ["features beside flattened maps", [convolution(3, 2), residual([flatten(), linear(45)], [flatten()])]],
  ["flattened maps beside features", [convolution(3, 2), residual([flatten()], [flatten(), linear(45)])]],
  ["the input twice", [convolution(3, 2), residual([flatten()], [flatten()])]],
  ["images", [residual([padded(2), relu()]), flatten()]],
  ["images in both branches", [residual([padded(3)], [convolution(3, 1)]), flatten()]],
  ["flattened images", [flatten(), residual([linear(48)]), linear(3)]],
  ["flattened images beside themselves", [flatten(), residual([flatten()], [linear(48)]), linear(3)]],
  ["pooled maps", [convolution(3, 2), residual([averagePool(2)], [maxPool(2)]), flatten()]],
];

describe("a residual layer is the sum of its branches, and its input gets both their gradients", () => {
  it.each(layers)("%s", (_, trunk) => {
    expectReferenceAlongDirections(randomModel({ trunk, head: [linear(2)] }, images), randomPairs(images, 3));
  });

  it.each([FUSED, STAGE])("layer by layer: %s", (_, trunk) => {
    expectReferenceAlongDirections(
      randomModel({ trunk, head: [linear(2)] }, images, { fuse: false }),
      randomPairs(images, 3),
    );
  });

  it("in the head, over both images as channels of one", () => {
    const head = [residual([padded(4), batchNorm(), relu()]), flatten(), linear(2)];
    expectReferenceAlongDirections(randomModel({ trunk: [], head }, images), randomPairs(images, 3));
  });

  it("in the head, over features", () => {
    const head = [residual([relu(), linear(6)]), linear(2)];
    expectReferenceAlongDirections(
      randomModel({ trunk: [flatten(), linear(3)], head }, images),
      randomPairs(images, 3),
    );
  });

  it("in separate trunks", () => {
    const trunk = [convolution(3, 2), residual([padded(3), batchNorm()]), relu(), flatten(), linear(3)];
    expectReferenceAlongDirections(
      randomModel({ trunk, head: [linear(2)], trunks: "separate" }, images),
      randomPairs(images, 3),
    );
  });
});
