import { describe, expect, it } from "vitest";
import { DIGIT_PAIRS } from "../src/core/network/index.js";
import { type Chance, Stream } from "../src/core/random/streams.js";
import { makeJob, runJob, type SettingOverrides } from "../src/core/training/index.js";
import { digits } from "./support/digits.js";
import { finish } from "./support/jobs.js";
import { newKernels } from "./support/kernels.js";

// Published results rest on these: they may change only in a major version, with a line in the changelog.

/** Identities that do not change with the version, the kernels or where images lie. */
const DATASET = { name: "MNIST", sha256: "d".repeat(64) };
const ENGINE = { version: "0.0.0", simd: "base", kernels: "e".repeat(64) } as const;

/** What every setting does is in one of them. */
const RUNS: readonly [architecture: string, settings: SettingOverrides, id: string, weights: string][] = [
  ["mlp", {}, "66dce8d2c26110e7", "e0df7bf747b97f3d0e84fc61319156ddb0b66b760e180495538613553e0b0289"],
  [
    "mlp",
    { optimizer: "sgd", momentum: 0.8, nesterov: true, weightDecay: 1e-4, learningRate: 0.1 },
    "d1a142b22c6f7d6e",
    "8b765967c247161d29774351f46acb844800e3f5348effcbe0626f920e308c5d",
  ],
  [
    "simple-cnn",
    { optimizer: "rmsprop", dropout: 0.2, evaluateOn: "validation" },
    "30e69a1a29afa8d2",
    "ef49b4d1cdc5ca81e4ff94b22a83cacae92c1fe03b9c6155b0ef35d49253db9b",
  ],
  [
    "weight-sharing",
    { optimizer: "lion", learningRate: 1e-4, schedule: "step" },
    "8ce39b61c1b3aa46",
    "54e09d9f6abd292deadbe56934377cf60146a6a92810039156163cfcd98ea130",
  ],
  [
    "weight-sharing-auxiliary",
    { auxiliaryWeight: 0.7, partners: 3, pairing: "swapped" },
    "ebddb545d68a1ffa",
    "436e7a9cdb18f1aa859c955bf0b78023d3c01cb1676f96529c7593a5f418cbb8",
  ],
  [
    "one-by-one",
    { labelSmoothing: 0.1, clipNorm: 1, evaluate: "end" },
    "e7d2f01e2fd23a9e",
    "8f24f12ca10b0522f6092e6888305847c0b6632a5717d4e14d691c863651246e",
  ],
  [
    "lenet-5",
    { optimizer: "muon", learningRate: 0.01, weightAverage: 0.9 },
    "60b3397e0c7d5070",
    "8cf44e42c6b44b9bc31a584c5def38d28770f38b7021b23599ba9bdc4d17faf1",
  ],
  [
    "resnet",
    { schedule: "cosine" },
    "035d0bf2cc844dd0",
    "1fec5ddd769b5dd03aafb9e0bf20de54063b3f7726aff67f239ba8a935b94fa2",
  ],
  [
    "resnet-sharing-auxiliary",
    { pairWeight: 0.5, batchSize: 16 },
    "decafeb59598a1fc",
    "9352ef966f19540c53e7d9c387ff5f802ab172bd2e6d9386f6c955c290497f0d",
  ],
  ["best", {}, "de36607276946ad6", "2e9077e0fd30421522f3731fd5d87d55a82a3ff46b6466ce135af47ebc390527"],
  [
    "best-ensemble",
    { members: 2, trainPairs: 100 },
    "3cf1e76a198a59c6",
    "c527b97b2e014bf835669ed2aa4f9653c9609a591616baf165d007d2c527e6c9",
  ],
  [
    "best-learned",
    { optimizer: "sgd", learningRate: 0.01, augmentation: { rotation: 10, noise: 0.1 } },
    "80b4101b755fdbed",
    "1707ad38a3ed57a1086e4a7723f4fa0dae3f2a3be1a814c1792ff9a7bffa02ae",
  ],
  [
    "weight-sharing-auxiliary-tuned",
    { pairing: "shuffled" },
    "e7d5f4a675ec2d5c",
    "28b0a53f79b63c72ae2c1194eb2fceaad01438d6b37cf40c544d0a728c45753a",
  ],
  [
    "quick",
    { views: "shifts", augmentation: { elastic: 1, thickness: 0.5 } },
    "cefe295953e04c09",
    "524ca084a9248cdda02f0913dc2ab655dcd035a68738d0625ce2ccafa71b3622",
  ],
  [
    "matching",
    { learningRate: 3e-3, schedule: "constant", partners: 3 },
    "11609f88e5c82577",
    "aaab7d9eb81c4f87eabd6fe1399431ebad02f121794f4a0bbe5197cc41af678d",
  ],
  [
    "ranking",
    { learningRate: 3e-3, schedule: "constant", pairing: "shuffled" },
    "428f7388bedc81ff",
    "c3b0de5eec59819ac3178fbb391f97025897d185daa6f083444aef41cb6c2fcb",
  ],
  [
    "trunk+sharing+auxiliary+batch-norm",
    {},
    "0a1fdadb7aa5ad02",
    "fc3ac266d90df28c0d61f771f734c8d2bce65aee4a903a8ead824eb53f09f34c",
  ],
];

describe("weights and ids stay what they are, in two epochs of few pairs", () => {
  it.each(RUNS)("%s %o", async (architecture, settings, id, weights) => {
    const few = { epochs: 2, trainPairs: 250, testPairs: 120, ...settings };
    const job = makeJob(architecture, 3, { ...DATASET, shape: DIGIT_PAIRS }, ENGINE, few);
    const { record } = finish(runJob(job, await digits(), newKernels(), () => 0));
    expect([job.id, record.weightsSha256]).toEqual([id, weights]);
  });
});

describe("the first numbers of every random stream stay what they are", () => {
  /** A source that is missing here does not compile. */
  const FIRST: Readonly<Record<Chance, readonly [bits: number, below: number, unit: number]>> = {
    "training pairs": [-588210984, 4836, 0.46124017238616943],
    "test pairs": [-893046646, 24436, 0.5990285277366638],
    "validation pairs": [1119598169, 24764, 0.13726282119750977],
    initialization: [1913620163, 45174, 0.07584482431411743],
    "batch order": [672990712, 57393, 0.12017184495925903],
    dropout: [-1824826580, 44884, 0.18533319234848022],
    bootstrap: [-795102206, 48989, 0.8253403306007385],
    "sign flips": [1909204818, 56788, 0.6537782549858093],
    tuning: [-2133990795, 40638, 0.59982830286026],
    augmentation: [1191167010, 3580, 0.9347017407417297],
    pairing: [1519758617, 36127, 0.8380069136619568],
    partners: [-2018277821, 29491, 0.9104565382003784],
    search: [-1740219715, 49541, 0.22045403718948364],
    "class split": [1581035955, 21771, 0.22533774375915527],
    "image split": [-2033533589, 42063, 0.46564072370529175],
    episodes: [-231418743, 59138, 0.635778546333313],
    variance: [-172364711, 52905, 0.3922867178916931],
  };
  it.each(Object.entries(FIRST))("%s", (source, first) => {
    const stream = new Stream(3, source as Chance);
    expect([stream.bits(), stream.below(60_000), stream.unit()]).toEqual(first);
  });
});
