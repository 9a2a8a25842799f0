import { expect, test } from "vitest";
import type { PairMeasures } from "./index.js";
import { classPairsTable, measureSentences, measuresTable, thresholdsTable, thresholdText } from "./measure-words.js";

const bins = [{ low: 0, high: 1, pairs: 1000, probability: 0.4, share: 0.45 }];
const measures: PairMeasures = {
  pairs: 1000,
  holds: 450,
  error: { value: 0.162, ci95: [0.139, 0.185] },
  alwaysYes: 0.55,
  alwaysNo: 0.45,
  constantAnswer: null,
  spread: 0.3,
  nearConstant: false,
  confusion: { trueYes: 370, falseYes: 82, trueNo: 468, falseNo: 80 },
  falseAcceptRate: 82 / 550,
  falseRejectRate: 80 / 450,
  auc: { value: 0.91, ci95: null },
  eer: { value: 0.17, ci95: null, threshold: 0.5 },
  resampled: "pairs",
  thresholds: {
    validationPairs: 2000,
    falseAcceptRate: 0.01,
    chosen: [
      { aim: "eer", threshold: 0.4321, falseAcceptRate: 0.17, falseRejectRate: 0.16, error: 0.166 },
      { aim: "far", threshold: 0.99996, falseAcceptRate: 0.012, falseRejectRate: 0.6, error: 0.3 },
    ],
  },
  calibration: { brierScore: 0.12, logLoss: 0.4, expectedError: { error: 0.051, byChance: 0.008 }, bins },
  swapped: { changed: 0.24, meanChange: 0.1, error: 0.17, symmetric: false, contradictions: 0.03 },
  nWay: null,
  byClasses: [
    { classes: [0, 1], pairs: 10, wrong: 0 },
    { classes: [1, 0], pairs: 1, wrong: 1 },
    { classes: [1, 2], pairs: 20, wrong: 5 },
  ],
  roc: [],
  worst: [],
  leftOut: null,
  seenPairs: null,
};

test("a network's measures in plain sentences", () => {
  expect(measureSentences(measures)).toEqual([
    "It is wrong on 16.2% (95% interval 13.9–18.5%) of 1,000 pairs. Always no would have 45.0% error, always yes 55.0%.",
    "Of a pair whose right answer is yes and one whose right answer is no, it gives the first the larger probability in 91.0% of cases (AUC); by chance it would be 50%.",
    "With the threshold 0.432, which 2,000 validation pairs chose for equal error rates, it says yes to 17.0% of the pairs whose right answer is no, and no to 16.0% of those whose right answer is yes.",
    "Its probabilities are 5.1 points from the shares of yes on average (expected calibration error); were they right, chance alone would make it about 0.80 points.",
    "With the two images swapped it is wrong on 17.0%; on 3.0% of the pairs its two answers contradict each other.",
  ]);
});

test.each([
  [{ images: 0, pairs: null }, "These are other images than the run's: it trained on none of them."],
  [{ images: 1, pairs: null }, "The run trained on one of these images: no pair has it."],
  [{ images: 1200, pairs: null }, "The run trained on 1,200 of these images: no pair has one of them."],
  [{ images: 1, pairs: 1 }, "The run trained on one of these images: the pair with it is left out."],
  [{ images: 3, pairs: 1 }, "The run trained on 3 of these images: the pair with one of them is left out."],
  [{ images: 3, pairs: 5 }, "The run trained on 3 of these images: the 5 pairs with one of them are left out."],
  [
    { images: null, pairs: null, why: "nobody wrote it down" },
    "These are other images than the run's. Which of them it trained on is not known, for nobody wrote it down: if it trained on some, this error is too low.",
  ],
])("images that the run trained on are counted: %j", (leftOut, sentence) => {
  expect(measureSentences({ ...measures, leftOut })[1]).toBe(sentence);
});

test.each([
  [null, []],
  [0, []],
  [
    1,
    [
      "1 of these 1,000 pairs has an image that the run was trained on: the same pixels are among its training images. They count here like the others.",
    ],
  ],
  [
    120,
    [
      "120 of these 1,000 pairs have an image that the run was trained on: the same pixels are among its training images. They count here like the others.",
    ],
  ],
])("of the run's own images, pairs with a copy of one that it trained on are counted: %j", (seenPairs, sentences) => {
  const said = measureSentences({ ...measures, seenPairs });
  expect(said.filter((sentence) => sentence.includes("was trained on"))).toEqual(sentences);
});

test("one that says the same to every pair is named as such", () => {
  const [same, near, error, no] = measureSentences({
    ...measures,
    ...{ constantAnswer: "no", nearConstant: true, spread: 0.0023, error: { value: 0.45, ci95: null } },
  });
  expect(same).toBe("This network says no to every pair.");
  expect(near).toBe("The probabilities of all pairs are nearly the same: their standard deviation is 0.0023.");
  expect(error).toBe("It is wrong on 45.0% of 1,000 pairs. Always no would have 45.0% error, always yes 55.0%.");
  expect(no).toBe("That is no better than always no.");
});

test("what is not there is said", () => {
  const said = measureSentences({
    ...measures,
    ...{ auc: { value: Number.NaN, ci95: null }, thresholds: null, resampled: "images" },
    swapped: { ...measures.swapped, symmetric: true },
    nWay: { ways: 5, episodes: 1000, accuracy: 0.8 },
  });
  expect(said.slice(1)).toEqual([
    "All pairs have the same right answer: there is no AUC and no equal error rate.",
    "There are no validation pairs, of images that were not trained on: no threshold is chosen. Test pairs must not choose one.",
    expect.stringContaining("Its probabilities are 5.1 points"),
    "Swapping the two images changes 24.0% of its decisions; the right answer is the same both ways round.",
    "Of 5 images it picks the one of the right class in 80.0% of 1,000 episodes; by chance it would be 20.0%.",
    "Some pairs share images: intervals draw images anew, not pairs, and are too wide rather than too narrow.",
  ]);
});

test("tables have the same numbers", () => {
  expect(measuresTable(measures).rows.slice(0, 5)).toEqual([
    ["error", "16.2%", "13.9–18.5%"],
    ["error of always no", "45.0%", ""],
    ["error of always yes", "55.0%", ""],
    ["AUC", "91.0%", "–"],
    ["equal error rate", "17.0%", "–"],
  ]);
  expect(thresholdsTable(measures).rows).toEqual([
    ["as the network decides", "", "14.9%", "17.8%", "16.2%"],
    ["equal error rates", "0.432", "17.0%", "16.0%", "16.6%"],
    ["1.0% false accepts at most", "0.99996", "1.2%", "60.0%", "30.0%"],
  ]);
  expect(classPairsTable(measures)?.rows).toEqual([
    ["1, 2", "20", "5", "25.0%"],
    ["1, 0", "1", "1", "100.0%"],
  ]);
  expect(classPairsTable(measures, ["fr", "gf", "de"])?.rows.map(([classes]) => classes)).toEqual(["gf, de", "gf, fr"]);
  expect(classPairsTable({ ...measures, byClasses: null })).toBeUndefined();
});

test("a threshold is not taken for 0 or 1", () => {
  expect([0, 1, 0.5, 0.1234567, 0.9999, 1e-9, Number.POSITIVE_INFINITY].map(thresholdText)).toEqual([
    ...["0", "1", "0.5", "0.123", "0.9999"],
    "1e-9",
    "above 1",
  ]);
});

test("an error whose interval reaches that of always one answer is not shown to be better", () => {
  const said = (more: Partial<PairMeasures>) => measureSentences({ ...measures, ...more }).slice(1, 2);
  expect(said({ error: { value: 0.42, ci95: [0.38, 0.46] } })).toEqual([
    "That is not shown to be better than always no.",
  ]);
  expect(said({ error: { value: 0.42, ci95: [0.4, 0.44] } })[0]).toMatch(/^Of a pair whose right answer is yes/);
  const half = { alwaysYes: 0.5, alwaysNo: 0.5 };
  expect(said({ ...half, error: { value: 0.5, ci95: null } })).toEqual(["That is no better than always one answer."]);
});
