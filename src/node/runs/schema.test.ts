import { expect, test } from "vitest";
import { smooth } from "../../../test/parity/smooth.js";
import { smallJob } from "../../../test/support/jobs.js";
import { averagePool, convolution, flatten, maxPool, relu, residual } from "../../core/network/index.js";
import { makeJob } from "../../core/training/index.js";
import { configSchema } from "./schema.js";

const dataset = { name: "some", sha256: "0".repeat(64) };
const engine = { version: "0", simd: "base", kernels: "0".repeat(64) } as const;
const config = makeJob("mlp", 1, dataset, engine).config;
const withTrunk = (trunk: unknown[]) => ({ ...config, network: { ...config.network, trunk } });

test("residual layers are read with all that is in them, however deep", () => {
  const inner = residual([convolution(3, 3, { padding: 1 }), relu()]);
  const trunk = [residual([inner, maxPool(3, { stride: 1, padding: 1 })], [averagePool(1)]), flatten()];
  const written = JSON.parse(JSON.stringify(withTrunk(trunk)));
  expect(configSchema.parse(written)).toEqual(withTrunk(trunk));
});

test("a layer that is wrong within one is refused with its place", () => {
  const wrong = residual([residual([relu()], [{ ...relu(), kind: "rleu" } as never])]);
  const [issue] = configSchema.safeParse(withTrunk([wrong])).error?.issues ?? [];
  expect(issue?.path).toEqual(["network", "trunk", 0, "layers", 0, "shortcut", 0, "kind"]);
});

test("a max-pool from before there were strides is read as it was", () => {
  const trunk = [{ kind: "max-pool", size: 2 }];
  expect(configSchema.parse(withTrunk(trunk)).network.trunk).toEqual(trunk);
});

test("a configuration reads as it was written, optional settings and every kind of layer included", () => {
  const { trunk, head } = smooth;
  const { config } = smallJob("one-by-one", { labelSmoothing: 0.1, views: "shifts" });
  const network = { ...config.network, trunk, head, pairWeight: 0.5 };
  for (const written of [config, { ...config, network }])
    expect(configSchema.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
});
