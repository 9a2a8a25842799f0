import { expect, test } from "vitest";
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
