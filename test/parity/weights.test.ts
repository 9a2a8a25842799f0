import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pairs } from "../../src/core/data/pairs.js";
import { encodeOnnx } from "../../src/core/formats/onnx/encode-onnx.js";
import { addArchitectures, samplePairSet } from "../../src/core/index.js";
import { decisions } from "../../src/core/inspection/index.js";
import {
  batchNorm,
  convolution,
  DIGIT_PAIRS,
  flatten,
  type Layer,
  linear,
  maxPool,
  relu,
  residual,
} from "../../src/core/network/index.js";
import { givenWeights, makeJob, trainedNetwork } from "../../src/core/training/index.js";
import { askedOf } from "../onnx/cases.js";
import { loadRuntime } from "../onnx/load-runtime.js";
import { answersOf } from "../onnx/runtime.js";
import { digits } from "../support/digits.js";
import { engine } from "../support/jobs.js";
import { newKernels } from "../support/kernels.js";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

/** What PyTorch decided of 1,000 pairs with weights of each type: 1 where the relation holds. */
interface Expected {
  readonly mean: number;
  readonly deviation: number;
  readonly decisions: Readonly<Record<string, string>>;
}

const fixture = (name: string): URL => new URL(`fixtures/${name}`, import.meta.url);
const expected: Expected = JSON.parse(readFileSync(fixture("weights.json"), "utf8"));
const scale = { mean: expected.mean, deviation: expected.deviation };
const TYPES = Object.keys(expected.decisions);
const fileOf = (type: string): string => `weights-${type.toLowerCase()}.safetensors`;

/** As `network` in make_weights.py has it. */
const block = residual([convolution(6, 3, { padding: 1 }), batchNorm()]);
const trunk: Layer[] = [
  ...[convolution(6, 5), batchNorm(), maxPool(2), relu(), block, relu()],
  ...[flatten(), linear(16), relu()],
];
const head: Layer[] = [linear(16), relu(), linear(2)];
const small = { name: "small", trunk, head, epochs: 2, batchSize: 50, learningRate: 3e-3, dropout: 0 } as const;

let pairs: Pairs;
let folder: TemporaryFolder;
beforeAll(async () => {
  addArchitectures([small]);
  pairs = samplePairSet(await digits(), 0).test;
  folder = await temporaryFolder();
  await writeFile(join(folder.path, "pairlab.config.json"), JSON.stringify({ architectures: [small] }));
});
afterAll(() => folder.remove());

const given = (type: string) => {
  const dataset = { name: "MNIST", sha256: "0".repeat(64), shape: DIGIT_PAIRS };
  const bytes = readFileSync(fixture(fileOf(type)));
  return givenWeights(makeJob("small", 0, dataset, engine), { name: type, bytes }, scale);
};
const inWords = (holds: ArrayLike<number | bigint | boolean>): string => Array.from(holds, Number).join("");

describe.each(TYPES)("PyTorch's weights of %s decide 1,000 pairs as in PyTorch", (type) => {
  test("here", () => {
    expect(pairs.count).toBe(1000);
    expect(inWords(decisions(trainedNetwork(given(type), newKernels()), pairs).holds)).toBe(expected.decisions[type]);
  });

  test("and, as an ONNX file, in ONNX Runtime", async () => {
    const { first, second, shape } = askedOf(pairs);
    const model = encodeOnnx(given(type));
    const { holds } = await answersOf(loadRuntime(), model, { first, second }, shape);
    expect(inWords(holds?.data ?? [])).toBe(expected.decisions[type]);
    const text = Buffer.from(model).toString("latin1");
    expect(text).toContain(
      "small, with given weights: about two images: is the first less than or equal to the second?",
    );
    expect(text).not.toMatch(/MNIST|images_sha256|trained by pairlab/);
  });

  test("and by evaluate, which the scale is given", async () => {
    const file = fileURLToPath(fixture(fileOf(type)));
    const asked = ["--architecture", "small", "--pairs", "1000", "--scale", `${scale.mean},${scale.deviation}`];
    const { code, stdout, stderr } = await pairlab(
      ["evaluate", file, ...asked, "--json", "--quiet"],
      undefined,
      [],
      folder.path,
    );
    expect([code, stderr]).toEqual([0, ""]);
    const wrong = [...(expected.decisions[type] ?? "")].filter((said, i) => Number(said) !== pairs.targets[i]).length;
    expect(JSON.parse(stdout)).toMatchObject({ file, architecture: "small", error: { value: wrong / 1000 } });
  });
});

test("the types are different networks", () => {
  expect(new Set(Object.values(expected.decisions)).size).toBeGreaterThan(1);
});
