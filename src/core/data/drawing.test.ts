import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { InvalidRequest } from "../errors.js";
import { Stream } from "../random/streams.js";
import { classCounts, classParts, drawPairsFrom, mostPairsFrom, shareOfYes } from "./drawing.js";
import type { LabelledImages } from "./images.js";
import { pairSetOf, rightAnswers, samplePairSet } from "./pairs.js";
import { type CountedSets, mostTestPairs, type PairRules } from "./pools.js";

const equal = { name: "equal", holds: (first: number, second: number) => first === second };
const less = { name: "less", holds: (first: number, second: number) => first < second };
const stream = (seed: number) => new Stream(seed, "training pairs");
const twos = (numbers: Uint32Array) =>
  Array.from(
    { length: numbers.length / 2 },
    (_, pair) => [numbers[2 * pair], numbers[2 * pair + 1]] as [number, number],
  );

/** Images with these classes whose pixels say which image it is. */
function images(labels: readonly number[], classes = Math.max(...labels) + 1): LabelledImages {
  const pixels = Uint16Array.from({ length: labels.length * 4 }, (_, i) => 256 * Math.floor(i / 4));
  const numbers = Uint16Array.from(labels);
  return { count: labels.length, height: 2, width: 2, pooling: 1, classes, pixels, labels: numbers };
}

const pool = (labels: readonly number[], kind = "training") => ({
  numbers: Uint32Array.from(labels, (_, i) => i),
  labels,
  kind,
});

describe("balanced pairs", () => {
  const labels = Array.from({ length: 300 }, (_, i) => i % 10);

  it("have the answer yes in every other pair, no image twice, and fewer are the first of more", () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom(equal, less),
        (seed, pairs, relation) => {
          const drawn = drawPairsFrom(pool(labels), pairs, stream(seed), { relation, balance: true });
          const answers = twos(drawn).map(([a, b]) => relation.holds(labels[a] as number, labels[b] as number));
          expect(answers).toEqual(answers.map((_, pair) => pair % 2 === 0));
          expect(new Set(drawn).size).toBe(2 * pairs);
          expect(
            drawPairsFrom(pool(labels), 100, stream(seed), { relation, balance: true }).slice(0, 2 * pairs),
          ).toEqual(drawn);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("are as likely as each other: of 0, 0, 1, 2 those that are less", () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 5000; seed++) {
      const [first] = twos(drawPairsFrom(pool([0, 0, 1, 2]), 1, stream(seed), { relation: less, balance: true }));
      counts.set(String(first), (counts.get(String(first)) ?? 0) + 1);
    }
    // Chi-squared with 4 degrees of freedom is over 18.5 in one case of a thousand.
    expect([...counts.keys()].sort()).toEqual(["0,2", "0,3", "1,2", "1,3", "2,3"]);
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chi).toBeLessThan(18.5);
  });

  it("are drawn to the last where hardly any have the answer", () => {
    const rare = [0, 0, ...Array.from({ length: 2000 }, (_, i) => i + 1)];
    const [first] = twos(drawPairsFrom(pool(rare), 1, stream(1), { relation: equal, balance: true }));
    expect([...(first as [number, number])].sort()).toEqual([0, 1]);
    expect(() => drawPairsFrom(pool(rare), 3, stream(1), { relation: equal, balance: true })).toThrow(
      new InvalidRequest(
        "3 training pairs: after 2 there is no further pair with the answer yes: take at most 2 training pairs, or let images be in several pairs (reuse)",
      ),
    );
    expect(mostPairsFrom(pool(rare), stream(1), { relation: equal, balance: true })).toBe(2);
  });

  it("are refused where no pair has the answer", () => {
    const alike = Array.from({ length: 20 }, () => 3);
    expect(() => drawPairsFrom(pool(alike), 2, stream(1), { relation: less, balance: true, reuse: true })).toThrow(
      new InvalidRequest(
        "2 training pairs: after 0 there is no further pair with the answer yes: other images or another relation are needed",
      ),
    );
  });
});

describe("pairs of a list", () => {
  const listed = (targets: readonly number[]) => ({
    ...pool([0, 0, 0, 0], "test"),
    listed: {
      images: Uint32Array.from({ length: 2 * targets.length }, (_, i) => i),
      targets: Uint8Array.from(targets),
    },
  });

  it("of one answer are not balanced, and of none not drawn", () => {
    expect(() => drawPairsFrom(listed([0, 0, 0]), 2, stream(1), { relation: equal, balance: true })).toThrow(
      "the 3 test pairs of the list all have one answer, so that none are balanced: draw them as they come (--no-balance), or give a column split",
    );
    expect(() => drawPairsFrom(listed([]), 2, stream(1), { relation: equal })).toThrow(
      "there are no test pairs in the list: give more pairs, or a column split",
    );
    expect(drawPairsFrom(listed([]), 0, stream(1), { relation: equal })).toHaveLength(0);
  });
});

describe("pairs that share images", () => {
  it("may be more than half the images, and no two images meet twice", () => {
    const labels = [0, 0, 1, 1, 2, 2];
    // Of six images there are fifteen pairs.
    const drawn = twos(drawPairsFrom(pool(labels), 15, stream(4), { relation: equal, reuse: true }));
    expect(new Set(drawn.map(([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`)).size).toBe(15);
    expect(drawn.every(([a, b]) => a !== b)).toBe(true);
    expect(() => drawPairsFrom(pool(labels), 16, stream(4), { relation: equal, reuse: true })).toThrow(
      new InvalidRequest("16 training pairs: after 15 there is no further pair: take at most 15 training pairs"),
    );
  });
});

describe("a split by class", () => {
  it("deals out all classes by seed: seven to train on, three to test on", () => {
    const parts = classParts(0, 10, false);
    expect(parts.filter((part) => part === "training")).toHaveLength(7);
    expect(parts.filter((part) => part === "test")).toHaveLength(3);
    expect(classParts(1, 10, false)).not.toEqual(parts);
    expect(classParts(0, 10, true).filter((part) => part === "test")).toHaveLength(3);
    expect(classParts(0, 10, true).map((part) => part === "test")).toEqual(parts.map((part) => part === "test"));
  });

  it("keeps a tenth of many classes for validation, whatever is measured", () => {
    for (const forValidation of [false, true])
      expect(classParts(3, 250, forValidation).filter((part) => part === "validation")).toHaveLength(25);
  });

  it("is refused where there are too few", () => {
    expect(() => classParts(0, 3, false)).toThrow(
      "3 classes are too few to split: training and test pairs need two or more classes each; split the images instead",
    );
  });

  const labels = Array.from({ length: 400 }, (_, i) => i % 10);
  const sets = { train: images(labels), test: images(labels) };
  const rules: PairRules = {
    trainPairs: 60,
    testPairs: 30,
    evaluateOn: "test",
    relation: equal,
    balance: true,
    split: "classes",
  };

  it.each(["test", "validation"] as const)("gives pairs of which no class is shared: %s", (evaluateOn) => {
    for (let seed = 0; seed < 20; seed++) {
      const { train, test: tested } = pairSetOf(sets, seed, { ...rules, evaluateOn });
      const trained = new Set(train.classes);
      expect([...tested.classes].filter((label) => trained.has(label))).toEqual([]);
      expect(tested.targets.reduce((sum: number, target) => sum + target, 0)).toBe(15);
    }
  });

  it("says how many test pairs there are", () => {
    expect(mostTestPairs(sets, 0, { ...rules, balance: false })).toBe(60);
    const most = mostTestPairs(sets, 0, rules);
    expect(pairSetOf(sets, 0, { ...rules, testPairs: most }).test.count).toBe(most);
    expect(() => pairSetOf(sets, 0, { ...rules, testPairs: most + 1 })).toThrow(InvalidRequest);
    expect(mostTestPairs(sets, 0, { ...rules, reuse: true })).toBe(30);
  });
});

describe("images that no one has split", () => {
  const labels = Array.from({ length: 200 }, (_, i) => i % 4);
  const all = images(labels);
  const sets: CountedSets<LabelledImages> = { train: all, test: all, unsplit: true };
  /** The images of pairs, by what their pixels say. */
  const numbers = (pixels: Float32Array) => new Set(pixels);

  it("keep a fifth of each class for test pairs, the same for every seed", () => {
    const first = samplePairSet(sets, 0, { trainPairs: 80, testPairs: 20, relation: less });
    const second = samplePairSet(sets, 1, { trainPairs: 80, testPairs: 20, relation: less });
    expect(numbers(first.test.images)).toEqual(numbers(second.test.images));
    expect(classCounts({ labels: first.test.classes, classes: 4 })).toEqual(new Uint32Array([10, 10, 10, 10]));
    expect([...numbers(first.train.images)].filter((image) => numbers(first.test.images).has(image))).toEqual([]);
    expect(() => samplePairSet(sets, 0, { trainPairs: 81, testPairs: 20, relation: less })).toThrow(
      "81 training pairs need 162 distinct images, but there are 160",
    );
  });

  it("share none between training, validation and test pairs where images are in several pairs", () => {
    const rules = { trainPairs: 300, testPairs: 60, relation: less, reuse: true, balance: true } as const;
    const validation = samplePairSet(sets, 5, { ...rules, evaluateOn: "validation" });
    const tested = samplePairSet(sets, 5, rules);
    expect(validation.train.images).toEqual(tested.train.images);
    const trained = numbers(tested.train.images);
    for (const { test: measured } of [validation, tested])
      expect([...numbers(measured.images)].filter((image) => trained.has(image))).toEqual([]);
  });

  it("are all dealt out by class where classes are split", () => {
    const flags = images(Array.from({ length: 60 }, (_, i) => i % 30));
    const pairs = samplePairSet({ train: flags, test: flags, unsplit: true }, 2, {
      ...{ trainPairs: 20, testPairs: 10, relation: equal, balance: true, split: "classes", reuse: true },
    });
    expect(pairs.train.targets.reduce((sum: number, target) => sum + target, 0)).toBe(10);
    const trained = new Set(pairs.train.classes);
    expect([...pairs.test.classes].filter((label) => trained.has(label))).toEqual([]);
  });
});

describe("validation pairs", () => {
  it("are of the images that are for validation, where there are some", () => {
    const validation = { ...images([1, 2, 3, 0]), pixels: new Uint16Array(16).fill(77 * 256) };
    const sets = { train: images([0, 1, 2, 3]), test: images([0, 1, 2, 3]), validation };
    const { test: measured } = samplePairSet(sets, 0, {
      ...{ trainPairs: 2, testPairs: 2, evaluateOn: "validation", relation: less },
    });
    expect(new Set(measured.images)).toEqual(new Set([77]));
  });
});

test("what lies around what is shown is taken off, and pixels in 256ths are read as such", () => {
  const set: LabelledImages = {
    ...{ count: 2, height: 1, width: 2, channels: 3, classes: 2, pooling: 1, background: [10, 0, 255] },
    pixels: Uint16Array.from([2560, 2561, 0, 256, 0, 65280, 5120, 0, 128, 64, 65280, 0]),
    labels: Uint8Array.of(0, 1),
  };
  const { train } = samplePairSet({ train: set, test: set }, 0, { trainPairs: 1, testPairs: 1, relation: equal });
  const [one, other] = [train.images.slice(0, 6), train.images.slice(6)];
  expect(train).toMatchObject({ channels: 3, height: 1, width: 2, classCount: 2, background: [10, 0, 255] });
  const seen = train.classes[0] === 0 ? [one, other] : [other, one];
  expect(seen).toEqual([Float32Array.of(0, 1 / 256, 0, 1, -255, 0), Float32Array.of(10, -10, 0.5, 0.25, 0, -255)]);
});

test("the share of yes is that of pairs of different images", () => {
  expect(shareOfYes([2, 2], equal)).toBeCloseTo(4 / 12);
  expect(shareOfYes([1, 1, 1], less)).toBe(0.5);
  expect(shareOfYes([1], less)).toBe(0);
  expect(shareOfYes(new Array(10).fill(6000), equal)).toBeCloseTo(0.1, 3);
});

describe("right answers", () => {
  const sets = {
    train: images(Array.from({ length: 400 }, (_, i) => i % 8)),
    test: images(Array.from({ length: 300 }, (_, i) => i % 8)),
  };
  const unsplit = { train: sets.train, test: sets.train, unsplit: true } as const;
  const part = (targets: readonly number[], from: number) => ({
    images: Uint32Array.from({ length: 2 * targets.length }, (_, i) => from + i),
    targets: Uint8Array.from(targets),
  });
  const listed = {
    ...unsplit,
    listed: { training: part([1, 0, 1, 0], 0), validation: part([1, 1], 20), test: part([1, 0, 0, 0, 1, 0, 0], 40) },
  };
  const plain = { relation: less, trainPairs: 40, testPairs: 35, evaluateOn: "test" } as const;

  it.each<[string, CountedSets<LabelledImages>, PairRules]>([
    ["drawn as they come", sets, plain],
    ["on validation pairs", sets, { ...plain, evaluateOn: "validation" }],
    ["balanced", sets, { ...plain, relation: equal, balance: true }],
    ["with images in several pairs", sets, { ...plain, reuse: true }],
    ["of other classes", sets, { ...plain, relation: equal, split: "classes" }],
    ["of images that nobody split", unsplit, plain],
    ["of a list", listed, { ...plain, trainPairs: 4, testPairs: 5 }],
  ])("of pairs %s are those of the pairs that are drawn", (_, from, rules) => {
    for (const seed of [0, 1, 2]) {
      const { targets, count } = pairSetOf(from, seed, rules).test;
      const yes = targets.reduce((sum, target) => sum + target, 0);
      expect(rightAnswers(from, seed, rules)).toEqual({ yes, no: count - yes });
    }
  });
});
