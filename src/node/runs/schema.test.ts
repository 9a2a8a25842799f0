import { expect, test } from "vitest";
import { smooth } from "../../../test/parity/smooth.js";
import { smallJob } from "../../../test/support/jobs.js";
import { averagePool, convolution, DIGIT_PAIRS, flatten, maxPool, relu, residual } from "../../core/network/index.js";
import { KINDS } from "../../core/network/kinds.js";
import { makeJob } from "../../core/training/index.js";
import { configSchema } from "./schema.js";

const dataset = { name: "some", sha256: "0".repeat(64) };
const engine = { version: "0", simd: "base", kernels: "0".repeat(64) } as const;
const config = makeJob("mlp", 1, { ...dataset, shape: DIGIT_PAIRS }, engine).config;
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

test.each(Object.keys(KINDS))("a layer of kind %s is read", (kind) => {
  const needed: Readonly<Record<string, object>> = {
    convolution: { channels: 1, kernel: 3, stride: 1, padding: 0 },
    "max-pool": { size: 2 },
    "average-pool": { size: 2, stride: 1, padding: 0 },
    linear: { features: 10 },
    residual: { layers: [], shortcut: [] },
    softmax: { groups: 1 },
    normalize: { groups: 2 },
    "leaky-relu": { slope: 0.1 },
    "group-norm": { groups: 2 },
  };
  const fields = needed[kind];
  const trunk = [{ kind, ...fields }];
  expect(configSchema.parse(withTrunk(trunk)).network.trunk).toEqual(trunk);
  if (fields) expect(configSchema.safeParse(withTrunk([{ kind }])).success).toBe(false);
});

test.each<[string, object]>([
  ["trunks of their own", { network: { ...config.network, trunks: "separate" } }],
  ["validation pairs", { evaluateOn: "validation" }],
  ["a last epoch alone", { evaluate: "end" }],
  ["pairs that are swapped", { pairing: "swapped" }],
  ["pairs that are shuffled", { pairing: "shuffled" }],
  ["fused SIMD", { engine: { ...engine, simd: "fused" } }],
  ["images that are warped", { augmentation: { rotation: 10, shift: 0, resampling: "bilinear" } }],
  ["images that are warped smoothly", { augmentation: { resampling: "bicubic" } }],
])("%s are read as they are written", (_, changes) => {
  expect(configSchema.parse({ ...config, ...changes })).toEqual({ ...config, ...changes });
});

test.each<[string, object]>([
  ["another order of pairs", { pairing: "sorted" }],
  ["a warp that is no amount", { augmentation: { rotation: -1 } }],
  ["another resampling", { augmentation: { resampling: "nearest" } }],
  ["a digest with more before it", { dataset: { name: "some", sha256: "0".repeat(65) } }],
  ["a digest that ends otherwise", { dataset: { name: "some", sha256: `${"0".repeat(64)}x` } }],
  ["a digest that begins otherwise", { dataset: { name: "some", sha256: `x${"0".repeat(64)}` } }],
  ["no epoch", { epochs: 0 }],
])("%s is refused", (_, changes) => {
  expect(configSchema.safeParse({ ...config, ...changes }).success).toBe(false);
});
