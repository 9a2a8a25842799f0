import { ABSENT, count, listed, percent, points, pointsWithInterval } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import { STREAM_NAMES } from "../../training/stream-seeds.js";
import { divergedSentences } from "../shared/diverged.js";
import { headingOf, wordsOf } from "../tune/words.js";
import { streamsOf } from "./design.js";
import type { Tunings } from "./tuning.js";
import type { PartName, Variance, VariancePart } from "./variance.js";

const WORDS: Readonly<Record<PartName, string>> = {
  data: "training pairs",
  init: "starting weights",
  order: "batch order",
  dropout: "dropout masks",
  augmentation: "augmentation",
  tuning: "tuning",
  interactions: "interactions",
  "test pairs": "number of test pairs",
  "test images": "test images",
};

/** What a part is called in a sentence. */
export const partWords = (name: PartName): string => WORDS[name];

/** The same at the beginning of a row. */
export const partTitle = (name: PartName): string => WORDS[name].replace(/^./, (letter) => letter.toUpperCase());

/** Whether the interval of a part leaves out 0. */
export const isPartShown = ({ variance95 }: Pick<VariancePart, "variance95">): boolean => variance95[0] > 0;

/** 0.614 → "61%". */
export const shareText = (share: number): string => `${Math.round(100 * share)}%`;

/** "[35, 83]". */
export const shareInterval = ([low, high]: readonly [number, number]): string =>
  `[${Math.round(100 * low)}, ${Math.round(100 * high)}]`;

const sdInterval = ([low, high]: readonly [number, number]): string =>
  `${points(Math.sqrt(low)).replace(" pt", "")}–${points(Math.sqrt(high))}`;

const heldText = ({ fixed }: Variance): string => {
  const held = STREAM_NAMES.filter((stream) => fixed[stream] !== undefined);
  return held.length > 0
    ? ` Held in all runs: ${listed(held.map((stream) => `${partWords(stream)} at seed ${fixed[stream]}`))}.`
    : "";
};

/** The parts of the variance, and a run's whole variance. */
export function varianceTable(variance: Variance): Table {
  const { factors, free, levels, runs, testPairs, testImages, parts, total, onTheseImages, tuning } = variance;
  const streams = streamsOf(factors);
  const crossed = [
    ...(streams.length > 0 ? [`${levels} seeds of ${listed(streams.map(partWords))}`] : []),
    ...(tuning ? [`${levels} tunings`] : []),
  ];
  const images =
    testImages === undefined
      ? ""
      : ` Test images: what other ${count(testImages)} test images would change in the mean over all runs; runs on these images do not differ by it.`;
  const also = free.length > 0 ? `, and ${listed(free.map(partWords))}, which the design does not cross` : "";
  const clipped = parts?.some(({ estimate }) => estimate < 0)
    ? " An estimate below 0 is shown as 0, so shares may add up to more than 100%."
    : "";
  return {
    title: "What the variance of the test error comes from",
    caption: `${count(runs.length)} runs: ${crossed.join(" and ")}, each ${tuning ? "level" : "seed"} of one with each of another once; each run has ${count(testPairs)} test pairs of its own.${heldText(variance)} Interactions: of these sources${also}. Number of test pairs: the variance of a share of so many pairs${images && ", beside what all runs have in common"}.${images}${clipped}`,
    columns: ["", "Share", "95% interval", "Standard deviation", "95% interval"],
    rows: [
      ...(parts ?? []).map((part) => [
        partTitle(part.name),
        shareText(part.share),
        part.share95.map(shareText).join(" to "),
        points(Math.sqrt(part.variance)),
        sdInterval(part.variance95),
      ]),
      ...(onTheseImages
        ? [
            [
              "A run on these test images",
              shareText(onTheseImages.share),
              onTheseImages.share95.map(shareText).join(" to "),
              points(Math.sqrt(onTheseImages.variance)),
              ABSENT,
            ],
          ]
        : []),
      [
        onTheseImages ? "A run, with other test images too" : "A run, all together",
        total ? "100%" : ABSENT,
        ABSENT,
        total ? points(Math.sqrt(total.variance)) : ABSENT,
        ABSENT,
      ],
    ],
  };
}

/** What each tuning chose. */
export function tuningsTable({ candidates, validationPairs, searched, each }: Tunings): Table {
  const settings = Object.keys(searched);
  return {
    title: "Chosen settings",
    caption: `Each tuning tried ${candidates} settings once each and chose the ones with the lowest validation error, on ${count(validationPairs)} pairs of training images that it does not train on. The chosen one's error is lower by luck.`,
    columns: ["Tuning", "Seed", ...settings.map(headingOf), "Validation error"],
    rows: each.map(({ seed, tried, chosen }, tuning) => [
      String(tuning),
      String(seed),
      ...settings.map((setting) => String(tried[chosen]?.settings[setting] ?? ABSENT)),
      percent(tried[chosen]?.errors[0] ?? Number.NaN),
    ]),
  };
}

/** How settings were tuned, in words. */
export function tuningWords({ candidates, validationPairs, searched, each }: Tunings): string {
  const ranges = Object.entries(searched).map(
    ([setting, ends]) => `${wordsOf(setting)} ${ends.join(ends.length === 2 ? " to " : ", ")}`,
  );
  const seeds = each.map(({ seed }) => seed);
  return `${each.length} times, each time the best of ${candidates} candidates by its error on ${count(validationPairs)} pairs of training images that it was not trained on: the network's own settings, and random ones, spread evenly (Latin hypercube, McKay, Beckman & Conover 1979) over ${ranges.join("; ")}. Tuning l has the seed ${seeds[0]} + l`;
}

/** What is shown, and what is not. */
export function varianceSentences(variance: Variance): string[] {
  const { architecture, parts, total, runs, meanTestError, diverged } = variance;
  if (!parts || !total)
    return [
      ...divergedSentences([{ title: architecture, runs }]),
      `No part is stated: a run that diverged has no error, and the design needs all ${runs.length}${diverged === runs.length ? "" : "; try a lower learning rate"}.`,
    ];
  const { onTheseImages, testImages } = variance;
  const spread = ({ variance }: Pick<VariancePart, "variance">) => pointsWithInterval(Math.sqrt(variance), null);
  const whole = `The mean test error of ${architecture} is ${percent(meanTestError)}; a run's standard deviation around it is ${spread(onTheseImages ?? total)}${onTheseImages ? ` on these test images, and with other ones too ${spread(total)}` : ""}.`;
  if (!(total.variance > 0))
    return [`All runs of ${architecture} have the same test error: there is no variance to split.`];
  const ofRuns = parts.filter(({ name }) => name !== "test images");
  const shown = ofRuns.filter(isPartShown);
  const open = ofRuns.filter((part) => !isPartShown(part));
  const share = ({ share, share95 }: VariancePart) => `${shareText(share)} ${shareInterval(share95)}`;
  return [
    whole,
    ...shown.map((part) => `${share(part)} of the variance comes from the ${partWords(part.name)}.`),
    ...open.map((part) => `No effect of the ${partWords(part.name)} is shown: its share is ${share(part)}.`),
    ...parts
      .filter(({ name }) => name === "test images")
      .map(
        (part) =>
          `${share(part)} of the variance comes from the ${count(testImages ?? 0)} test images, which all runs share: runs on these images do not differ by it.`,
      ),
  ];
}
