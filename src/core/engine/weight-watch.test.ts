import { expect, test } from "vitest";
import { newKernels } from "../../../test/support/kernels.js";
import { architectures, furtherArchitectures } from "../architectures/index.js";
import { DIGIT_PAIRS } from "../network/index.js";
import { Model } from "./model.js";
import { WeightWatch } from "./weight-watch.js";

const LOST = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

test.each([...architectures, ...furtherArchitectures].map((each) => [each.name, each] as const))(
  "one number of %s that is none is seen, in the first and the last place of any tensor",
  (_, network) => {
    const kernels = newKernels();
    const model = new Model(kernels, network, DIGIT_PAIRS, { batchSize: 1 });
    const watch = new WeightWatch(model);
    model.initialize(1);
    expect(watch.allFinite()).toBe(true);
    let turn = 0;
    for (const { values, positions } of model.state())
      for (const place of [positions[0] as number, positions.at(-1) as number]) {
        const [number] = kernels.floats(values + 4 * place, 1);
        kernels.floats(values + 4 * place, 1)[0] = LOST[turn++ % LOST.length] as number;
        expect(watch.allFinite()).toBe(false);
        kernels.floats(values + 4 * place, 1)[0] = number as number;
      }
    expect(watch.allFinite()).toBe(true);
  },
);

test.each(LOST)("%d in the place of every number of a small network is seen", (lost) => {
  const kernels = newKernels();
  const network = {
    trunk: [],
    head: [{ kind: "flatten" }, { kind: "linear", features: 2 }],
    auxiliaryWeight: 0,
  } as const;
  const model = new Model(kernels, network, DIGIT_PAIRS, { batchSize: 1 });
  const watch = new WeightWatch(model);
  model.initialize(1);
  for (const { values, positions } of model.state())
    for (const place of positions) {
      const [number] = kernels.floats(values + 4 * place, 1);
      kernels.floats(values + 4 * place, 1)[0] = lost;
      expect(watch.allFinite()).toBe(false);
      kernels.floats(values + 4 * place, 1)[0] = number as number;
    }
  expect(watch.allFinite()).toBe(true);
});
