import { ABSENT, count, nounFor, percent, percentInterval, pointsWithInterval } from "../text/format.js";
import type { Table } from "../text/table.js";
import type { ChosenThreshold, Measured, PairMeasures } from "./measure-run.js";

const aimInWords = (aim: ChosenThreshold["aim"], falseAcceptRate: number): string =>
  ({
    error: "the least error",
    eer: "equal error rates",
    far: `${percent(falseAcceptRate)} false accepts at most`,
  })[aim];

const decimal = (value: number, digits = 3): string => (Number.isNaN(value) ? ABSENT : String(+value.toFixed(digits)));

/** A threshold with three decimals, or with so many that it is not taken for 0 or 1. */
export function thresholdText(threshold: number): string {
  if (threshold === Number.POSITIVE_INFINITY) return "above 1";
  for (let digits = 3; digits < 17; digits++) {
    const text = threshold.toFixed(digits);
    if ((Number(text) !== 0 && Number(text) !== 1) || Number(text) === threshold) return String(Number(text));
  }
  return String(threshold);
}

const withInterval = ({ value, ci95 }: Measured): string =>
  `${percent(value)}${ci95 ? ` (95% interval ${percentInterval(ci95)})` : ""}`;

const inPoints = (value: number): string => pointsWithInterval(value, null);

/** What a network's measures say, in plain sentences, the weightiest first. */
export function measureSentences(measures: PairMeasures): string[] {
  const { pairs, error, alwaysYes, alwaysNo, calibration, auc, nWay, resampled } = measures;
  const { expectedError } = calibration;
  const always = alwaysNo === alwaysYes ? "one answer" : alwaysNo < alwaysYes ? "no" : "yes";
  const least = Math.min(alwaysYes, alwaysNo);
  const highest = error.ci95?.[1] ?? Number.NaN;
  return [
    ...sameAnswer(measures),
    `It is wrong on ${withInterval(error)} of ${count(pairs)} ${nounFor(pairs, "pair")}. Always no would have ${percent(alwaysNo)} error, always yes ${percent(alwaysYes)}.`,
    ...(error.value >= least ? [`That is no better than always ${always}.`] : []),
    ...(error.value < least && highest >= least ? [`That is not shown to be better than always ${always}.`] : []),
    ...leftOutSentence(measures),
    ...seenSentence(measures),
    ...(Number.isNaN(auc.value)
      ? ["All pairs have the same right answer: there is no AUC and no equal error rate."]
      : [
          `Of a pair whose right answer is yes and one whose right answer is no, it gives the first the larger probability in ${withInterval(auc)} of cases (AUC); by chance it would be 50%.`,
        ]),
    ...thresholdSentences(measures),
    `Its probabilities are ${inPoints(expectedError.error)} from the shares of yes on average (expected calibration error); were they right, chance alone would make it about ${inPoints(expectedError.byChance)}.`,
    swapSentence(measures),
    ...(nWay
      ? [
          `Of ${nWay.ways} images it picks the one of the right class in ${percent(nWay.accuracy)} of ${count(nWay.episodes)} episodes; by chance it would be ${percent(1 / nWay.ways)}.`,
        ]
      : []),
    ...(resampled === "images"
      ? ["Some pairs share images: intervals draw images anew, not pairs, and are too wide rather than too narrow."]
      : []),
  ];
}

function leftOutSentence({ leftOut }: PairMeasures): string[] {
  if (!leftOut) return [];
  const { images, pairs, why } = leftOut;
  if (images === null)
    return [
      `These are other images than the run's. Which of them it trained on is not known, for ${why}: if it trained on some, this error is too low.`,
    ];
  if (images === 0) return ["These are other images than the run's: it trained on none of them."];
  const those = `The run trained on ${images === 1 ? "one" : count(images)} of these images`;
  if (pairs === null) return [`${those}: no pair has ${images === 1 ? "it" : "one of them"}.`];
  return [
    `${those}: ${pairs === 1 ? "the pair" : `the ${count(pairs)} pairs`} with ${images === 1 ? "it" : "one of them"} ${pairs === 1 ? "is" : "are"} left out.`,
  ];
}

function seenSentence({ seenPairs, pairs }: PairMeasures): string[] {
  if (!seenPairs) return [];
  const those = `${count(seenPairs)} of these ${count(pairs)} pairs ${seenPairs === 1 ? "has" : "have"}`;
  return [
    `${those} an image that the run was trained on: the same pixels are among its training images. They count here like the others.`,
  ];
}

/** That a network says the same for every pair, or nearly so; nothing where it does not. */
export function sameAnswer({ constantAnswer, nearConstant, spread }: PairMeasures): string[] {
  const near = `The probabilities of all pairs are nearly the same: their standard deviation is ${decimal(spread, 4)}.`;
  return [
    ...(constantAnswer ? [`This network says ${constantAnswer} to every pair.`] : []),
    ...(nearConstant ? [near] : []),
  ];
}

function thresholdSentences({ thresholds }: PairMeasures): string[] {
  if (!thresholds)
    return [
      "There are no validation pairs, of images that were not trained on: no threshold is chosen. Test pairs must not choose one.",
    ];
  const chosen = thresholds.chosen.find(({ aim }) => aim === "eer");
  if (!chosen) return [];
  const { threshold, falseAcceptRate, falseRejectRate } = chosen;
  return [
    `With the threshold ${thresholdText(threshold)}, which ${count(thresholds.validationPairs)} validation pairs chose for equal error rates, it says yes to ${percent(falseAcceptRate)} of the pairs whose right answer is no, and no to ${percent(falseRejectRate)} of those whose right answer is yes.`,
  ];
}

function swapSentence({ swapped }: PairMeasures): string {
  const { symmetric, changed, contradictions, error } = swapped;
  if (symmetric)
    return `Swapping the two images changes ${percent(changed)} of its decisions; the right answer is the same both ways round.`;
  return `With the two images swapped it is wrong on ${percent(error)}; on ${percent(contradictions)} of the pairs its two answers contradict each other.`;
}

/** A network's measures with their intervals. */
export function measuresTable(measures: PairMeasures): Table {
  const { pairs, error, alwaysNo, alwaysYes, auc, eer, calibration, swapped, nWay, spread } = measures;
  const { brierScore, logLoss, expectedError } = calibration;
  const measured = (name: string, of: Measured) => [name, percent(of.value), percentInterval(of.ci95)];
  const plain = (name: string, value: string) => [name, value, ""];
  return {
    title: "What the answers are worth",
    caption: `On ${count(pairs)} test pairs. Intervals hold 95%.`,
    columns: ["", "value", "95% interval"],
    rows: [
      measured("error", error),
      plain("error of always no", percent(alwaysNo)),
      plain("error of always yes", percent(alwaysYes)),
      measured("AUC", auc),
      measured("equal error rate", eer),
      plain("Brier score", decimal(brierScore, 4)),
      plain("log loss (nats)", decimal(logLoss, 4)),
      plain("expected calibration error", percent(expectedError.error)),
      plain("the same by chance alone", percent(expectedError.byChance)),
      plain("standard deviation of the probabilities", decimal(spread, 4)),
      plain("error with the images swapped", percent(swapped.error)),
      ...(swapped.symmetric ? [plain("decisions changed by swapping", percent(swapped.changed))] : []),
      plain("answers that contradict each other", percent(swapped.contradictions)),
      ...(nWay ? [plain(`${nWay.ways}-way accuracy`, percent(nWay.accuracy))] : []),
    ],
  };
}

/** What a network decides by itself and with the thresholds that validation pairs chose. */
export function thresholdsTable({ thresholds, error, falseAcceptRate, falseRejectRate }: PairMeasures): Table {
  return {
    title: "Thresholds",
    caption: thresholds
      ? `Chosen on ${count(thresholds.validationPairs)} validation pairs. A false accept is a yes where no is right, as a share of the pairs where no is right; a false reject the opposite.`
      : "There are no validation pairs: no threshold is chosen.",
    columns: ["chosen for", "threshold", "false accepts", "false rejects", "error"],
    rows: [
      ["as the network decides", "", percent(falseAcceptRate), percent(falseRejectRate), percent(error.value)],
      ...(thresholds?.chosen ?? []).map(({ aim, threshold, ...rates }) => [
        aimInWords(aim, thresholds?.falseAcceptRate ?? Number.NaN),
        thresholdText(threshold),
        percent(rates.falseAcceptRate),
        percent(rates.falseRejectRate),
        percent(rates.error),
      ]),
    ],
  };
}

/**
 * Pairs of classes, those with the most wrong decisions first: of those that are seen once, a share would say little.
 *
 * @param names  of the classes, where they have names
 */
export function classPairsTable(
  { byClasses }: PairMeasures,
  names: readonly string[] = [],
  most = 10,
): Table | undefined {
  const wrong = (byClasses ?? []).filter((each) => each.wrong > 0);
  if (wrong.length === 0) return undefined;
  const rate = (each: (typeof wrong)[number]) => each.wrong / each.pairs;
  const sorted = wrong.toSorted((a, b) => b.wrong - a.wrong || rate(b) - rate(a)).slice(0, most);
  return {
    title: "Pairs of classes with the most wrong decisions",
    caption: `${sorted.length} of ${wrong.length} that are decided wrong at all.`,
    columns: ["classes", "pairs", "wrong", "error"],
    rows: sorted.map((each) => [
      each.classes.map((number) => names[number] ?? number).join(", "),
      ...[count(each.pairs), count(each.wrong), percent(rate(each))],
    ]),
  };
}
