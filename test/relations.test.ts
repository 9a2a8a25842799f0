import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RELATIONS, type RelationName, relationNamed, relationPatterns } from "../src/core/data/relations.js";
import { trainingSettings } from "../src/core/experiments/shared/method.js";
import {
  DIGIT_PAIRS,
  decisions,
  evaluateRun,
  Inspector,
  idealDecisions,
  type Job,
  makeJob,
  type Pairs,
  pairsOfJob,
  runJob,
  type SettingOverrides,
  trainedNetwork,
} from "../src/core/index.js";
import { configSchema } from "../src/node/runs/schema.js";
import { posted, received } from "../src/web/images/posted-pairs.js";
import { finish, smallJob, startJob, stripes } from "./support/jobs.js";
import { newKernels } from "./support/kernels.js";

// A relation is a row: with a second one for the time of these tests, all that makes pairs or decides about them has it.

const NAME = "same" as RelationName;
const same = (first: number, second: number) => first === second;
const table = RELATIONS as Record<string, unknown>;

beforeAll(() => {
  table[NAME] = { holds: same, sign: "=", not: "≠", words: "the same as the second", question: "same?" };
});
afterAll(() => {
  delete table[NAME];
});

const images = { train: stripes, test: stripes };
const jobOf = (architecture: string, settings: SettingOverrides = {}) =>
  smallJob(architecture, { epochs: 2, ...settings, relation: NAME });
const targetsOf = ({ count, classes }: Pairs, holds: (first: number, second: number) => boolean) =>
  Array.from({ length: count }, (_, i) => Number(holds(classes[2 * i] as number, classes[2 * i + 1] as number)));

describe("a second relation", () => {
  test("is another run, whose pairs have its targets, wherever they come from", () => {
    for (const evaluateOn of ["test", "validation"] as const) {
      const job = jobOf("mlp", { evaluateOn });
      expect(job.id).not.toBe(smallJob("mlp", { epochs: 2, evaluateOn }).id);
      const pairs = pairsOfJob(job, images);
      for (const set of [pairs.train, pairs.test]) expect([...set.targets]).toEqual(targetsOf(set, same));
      expect(received(posted(pairs), job.config).relation.holds(3, 4)).toBe(false);
    }
  });

  test.each<[string, SettingOverrides]>([
    ["mlp", {}],
    ["mlp", { pairing: "shuffled" }],
    ["weight-sharing", { partners: 5 }],
    ["best", { epochs: 1 }],
  ])("trains another network: %s %j", (architecture, settings) => {
    const { record } = finish(startJob(jobOf(architecture, settings)));
    const other = finish(startJob(smallJob(architecture, { epochs: 2, ...settings }))).record;
    expect([record.weightsSha256, record.epochs]).not.toEqual([other.weightsSha256, other.epochs]);
  });

  test("is what pairs that are made anew are about", () => {
    const job = jobOf("mlp", { pairing: "shuffled" });
    const { train, test: tested } = pairsOfJob(job, images);
    const wrong = { train, test: tested, relation: { name: NAME, holds: (a: number, b: number) => a <= b } };
    expect(() => finish(runJob(job, wrong, newKernels(), () => 0))).toThrow("same says otherwise of the classes");
  });

  test("is what a trained network is asked, and its digits are compared by", () => {
    const run = finish(startJob(jobOf("one-by-one", { epochs: 6 })));
    const { test: pairs } = pairsOfJob(run.record, images);
    expect(evaluateRun(run, images, newKernels(), pairs.count).testError).toBe(run.record.testError);
    const trained = trainedNetwork(run, newKernels());
    const { holds, digits = [] } = decisions(trained, pairs);
    expect([...holds]).toEqual(targetsOf({ ...pairs, classes: Uint8Array.from(digits) }, same));
    const image = pairs.images.subarray(0, pairs.height * pairs.width);
    expect(new Inspector(run, newKernels()).decide(image, image).holds).toBe(true);
    const ideal = idealDecisions(trained, pairsOfJob(jobOf("mlp", { trainPairs: 100 }), images).train).holds;
    const mirrored = ideal.map((_, cell) => ideal[10 * (cell % 10) + Math.floor(cell / 10)] as number);
    expect(ideal).toEqual(mirrored);
    expect(ideal.some((each) => each === 0)).toBe(true);
  });

  test("is read from a stored configuration", () => {
    const { config } = jobOf("mlp");
    expect(configSchema.parse(config).relation).toBe(NAME);
  });

  test("is told where it is told how numbers were made; the paper's goes without saying", () => {
    const told = (job: Job) => trainingSettings([job]).filter(({ setting }) => setting === "relation");
    expect(told(jobOf("mlp"))).toEqual([
      { name: "Question", value: "is the first the same as the second?", setting: "relation" },
    ]);
    expect(told(smallJob("mlp"))).toEqual([]);
  });

  test("is not another's", () => {
    const pairs = pairsOfJob(smallJob("mlp"), images);
    expect(() => finish(runJob(jobOf("mlp"), pairs, newKernels(), () => 0))).toThrow(
      'is about same, not about "less-or-equal": draw its pairs with pairsOfJob',
    );
  });
});

test("one that nobody knows is refused", () => {
  const unknown = "larger" as RelationName;
  const { config } = smallJob("mlp");
  expect(() => relationNamed(unknown)).toThrow(
    `relation must be one of ${relationPatterns().join(", ")}, not "larger"`,
  );
  expect(() =>
    makeJob("mlp", 0, { ...config.dataset, shape: DIGIT_PAIRS }, config.engine, { relation: unknown }),
  ).toThrow(`mlp: relation must be one of ${relationPatterns().join(", ")}, not "larger"`);
  expect(configSchema.safeParse({ ...config, relation: unknown }).success).toBe(false);
  expect(() => pairsOfJob({ seed: 0, config: { ...config, relation: unknown } }, images)).toThrow("relation must be");
});

/** Ids that runs have, so that a store finds them again. */
test("each relation's runs have ids of their own, and the paper's have those that they had", () => {
  const names = [
    undefined,
    "less-or-equal",
    "less",
    "equal",
    "same-parity",
    "sum-at-least-10",
    "distance-at-most-2",
    `table:${["1000000001", ...Array<string>(9).fill("0110011001")].join("/")}`,
  ] as const;
  const ids = names.map((relation) => smallJob("mlp", relation && { relation }).id);
  expect(new Set(ids).size).toBe(names.length - 1);
  expect(ids).toMatchInlineSnapshot(`
    [
      "74e0675a245ea754",
      "74e0675a245ea754",
      "41853bf9fd9a0fbf",
      "47bee312944d5ad0",
      "b1e76624d7ba2a4d",
      "86be1fff56b5ffd5",
      "55c358700eb7d353",
      "22ca3ac3ea4dfec7",
    ]
  `);
});

describe("classes that a data set names, and what they stand for", () => {
  const { config } = smallJob("mlp");
  const of = (dataset: object, relation: RelationName) =>
    makeJob("mlp", 0, { ...config.dataset, shape: DIGIT_PAIRS, ...dataset }, config.engine, { relation });
  const ranks = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
  const classes = ranks.map((rank) => `number ${rank}`);

  test("are in its configuration, not in a run's id: the data set's digest is for that", () => {
    const job = of({ values: ranks, classes }, "less");
    expect(job.config.dataset).toEqual({ ...config.dataset, values: ranks, classes });
    expect(job.id).toBe(of({}, "less").id);
    expect(configSchema.parse(job.config)).toEqual(job.config);
    expect(of({ values: ranks.toReversed() }, "less").config.dataset).toEqual(config.dataset);
  });

  test("decide wherever pairs are made or a network is asked", () => {
    const { architecture, config: made } = smallJob("one-by-one", { relation: "less", epochs: 6 });
    const job = makeJob(architecture, 1, { ...made.dataset, shape: DIGIT_PAIRS, values: ranks }, made.engine, {
      relation: "less",
      epochs: 6,
      batchSize: 8,
      trainPairs: 21,
      testPairs: 20,
    });
    const greater = (first: number, second: number) => first > second;
    const pairs = pairsOfJob(job, images);
    for (const set of [pairs.train, pairs.test]) expect([...set.targets]).toEqual(targetsOf(set, greater));
    const run = finish(startJob(job));
    expect(evaluateRun(run, images, newKernels(), pairs.test.count).testError).toBe(run.record.testError);
    const { holds, digits = [] } = decisions(trainedNetwork(run, newKernels()), pairs.test);
    expect([...holds]).toEqual(targetsOf({ ...pairs.test, classes: Uint8Array.from(digits) }, greater));
    expect(received(posted(pairs), job.config).relation.holds(4, 3)).toBe(true);
  });

  test("must be what the relation needs", () => {
    expect(() => of({ classes }, "less")).toThrow('mlp: relation less needs an order of the classes, and "number 9"');
    expect(() => of({ classes, values: ranks }, "same-parity")).toThrow("needs classes that are whole numbers");
    expect(() => of({}, "table:01/10")).toThrow("is a table of 2 × 2 classes, but the images have 10");
    expect(() => of({}, "sum-at-least-19")).toThrow(
      'mlp: relation "sum-at-least-19" holds for no pair of the 10 classes: there is nothing to learn',
    );
    expect(() => of({}, "distance-at-most-9")).toThrow("holds for all pairs of the 10 classes");
    expect(() => of({ values: [0, 1] }, "less")).toThrow("there are 10 classes, but values of 2");
    expect(() => of({ values: "0123456789" }, "less")).toThrow("dataset.values must be an array");
  });
});
