import { ABSENT, count, listed, percent, points, pointsWithInterval } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import { STREAM_NAMES } from "../../training/stream-seeds.js";
import { divergedSentences } from "../shared/diverged.js";
import type { PartName, Variance, VariancePart } from "./variance.js";

const WORDS: Readonly<Record<PartName, string>> = {
  data: "training pairs",
  init: "starting weights",
  order: "batch order",
  dropout: "dropout masks",
  augmentation: "augmentation",
  interactions: "interactions",
  "test pairs": "number of test pairs",
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

const rooted = ([low, high]: readonly [number, number]) => [Math.sqrt(low), Math.sqrt(high)] as const;

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
  const { factors, free, levels, runs, testPairs, parts, total } = variance;
  const also = free.length > 0 ? `, and ${listed(free.map(partWords))}, which the design does not cross` : "";
  const clipped = parts?.some(({ estimate }) => estimate < 0)
    ? " An estimate below 0 is shown as 0, so shares may add up to more than 100%."
    : "";
  return {
    title: "What the variance of the test error comes from",
    caption: `${count(runs.length)} runs: ${levels} seeds of ${listed(factors.map(partWords))}, each seed of one with each seed of another once; each run has ${count(testPairs)} test pairs of its own.${heldText(variance)} Interactions: of these sources${also}. Number of test pairs: the variance of a share of so many pairs.${clipped}`,
    columns: ["", "Share", "95% interval", "Standard deviation", "95% interval"],
    rows: [
      ...(parts ?? []).map((part) => [
        partTitle(part.name),
        shareText(part.share),
        part.share95.map(shareText).join(" to "),
        points(Math.sqrt(part.variance)),
        sdInterval(part.variance95),
      ]),
      [
        "A run, all together",
        total ? "100%" : ABSENT,
        ABSENT,
        total ? points(Math.sqrt(total.variance)) : ABSENT,
        total ? sdInterval(total.variance95) : ABSENT,
      ],
    ],
  };
}

/** What is shown, and what is not. */
export function varianceSentences(variance: Variance): string[] {
  const { architecture, parts, total, runs, meanTestError, diverged } = variance;
  if (!parts || !total)
    return [
      ...divergedSentences([{ title: architecture, runs }]),
      `No part is stated: a run that diverged has no error, and the design needs all ${runs.length}${diverged === runs.length ? "" : "; try a lower learning rate"}.`,
    ];
  const whole = `The mean test error of ${architecture} is ${percent(meanTestError)}; a run's standard deviation around it is ${pointsWithInterval(Math.sqrt(total.variance), rooted(total.variance95))}.`;
  if (!(total.variance > 0))
    return [`All runs of ${architecture} have the same test error: there is no variance to split.`];
  const shown = parts.filter(isPartShown);
  const open = parts.filter((part) => !isPartShown(part));
  const share = ({ share, share95 }: VariancePart) => `${shareText(share)} ${shareInterval(share95)}`;
  return [
    whole,
    ...shown.map((part) => `${share(part)} of the variance comes from the ${partWords(part.name)}.`),
    ...open.map((part) => `No effect of the ${partWords(part.name)} is shown: its share is ${share(part)}.`),
  ];
}
