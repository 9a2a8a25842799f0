import { it } from "vitest";
import { expectReference } from "../../../../test/support/expectations.js";
import { randomModel, randomPairs } from "../../../../test/support/models.js";
import { flatten, type InputSpec, linear } from "../../network/index.js";

const images: InputSpec = { height: 4, width: 5, channels: 2, classes: 10 };

it("flattening changes nothing, however often", () => {
  const trunk = [flatten(), flatten(), linear(4), flatten(), linear(3), flatten()];
  expectReference(randomModel({ trunk, head: [flatten(), linear(2), flatten()] }, images), randomPairs(images, 3));
});
