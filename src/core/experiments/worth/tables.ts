import { FEWEST_FOR_MEAN } from "../../statistics/mean-interval.js";
import { ABSENT, count, meanAndSpread, nounFor } from "../../text/format.js";
import type { Table } from "../../text/table.js";
import { constantInTable } from "../shared/constant-answer.js";
import { captioned, divergedOf } from "../shared/diverged.js";
import type { DataFactor } from "./data-factor.js";
import {
  factorInterval,
  factorNumber,
  factorText,
  intervalPerBit,
  measurableFactors,
  perBit,
  type WithLabelBits,
} from "./factor-text.js";
import type { StepsFactor } from "./steps-factor.js";
import type { Ladder, LadderPoint, Worth } from "./worth.js";

/** Learning curves as a table shows them: with the networks' own settings, or with tuned ones. */
export interface ShownLadder extends Ladder {
  readonly sizes: readonly number[];
  /** How many values each number rests on: rounds, or tunings. */
  readonly values: number;
  readonly tuned: boolean;
}

/** With the networks' own settings; and tuned, if they were. */
export const shownLadders = (worth: Worth): ShownLadder[] => [
  { ...worth, values: worth.rounds, tuned: false },
  ...(worth.tuned ? [{ ...worth.tuned, sizes: worth.sizes, values: worth.tuned.tunings, tuned: true }] : []),
];

/** Each hint's factor at each number of training pairs. */
export function worthFactorTable({ hints, sizes, values, tuned }: ShownLadder): Table {
  const lost = hints.some(({ bySize }) => bySize.some(({ diverged }) => diverged));
  const [one, many] = tuned ? ["tuning", "tunings"] : ["run", "rounds"];
  const interval =
    values >= FEWEST_FOR_MEAN
      ? `, and the 95% interval, which is about these test images${tuned ? " and holds the chance of a tuning" : ""}`
      : "";
  return {
    title: `What each hint is worth, in training pairs${tuned ? ", with tuned settings" : ""}`,
    caption: `How many times as many training pairs the network needs without the hint for the same test error${interval}. At 1× the hint is worth nothing; > and < are bounds, where the other network's curve ends.${lost ? ` A factor that rests on a ${one} that diverged is computed over the ${many} in which none did; their number stands beside it, and it has no interval.` : ""}`,
    columns: ["Training pairs", ...hints.map(({ hint }) => hint)],
    rows: sizes.map((pairs, i) => [
      count(pairs),
      ...hints.map(({ bySize }) => {
        const worth = bySize[i] as DataFactor;
        const of = worth.diverged ? ` (${values - worth.diverged} of ${values} ${many})` : "";
        return factorText(worth) + factorInterval(worth, measurableFactors(sizes, pairs)) + of;
      }),
    ]),
  };
}

/** What each hint is worth at the headline's number of pairs: in pairs with own and with tuned settings, in steps and in bits of labels. */
export function worthBesideTable({ hints, sizes, tuned }: Worth): Table {
  const at = hints[0]?.at ?? 0;
  const measurable = measurableFactors(sizes, at);
  const inPairs = (worth: DataFactor) => factorText(worth) + factorInterval(worth, measurable);
  return {
    title: `What each hint is worth at ${count(at)} training pairs`,
    caption: `How many times as many pairs, steps of the optimizer, and bits of labels the network needs without the hint for the same test error, with 95% intervals. Tuned: each network's settings are chosen at each number of pairs on validation pairs; the interval holds the chance of the choice${tuned ? `, over ${tuned.tunings} tunings` : ""}.`,
    columns: ["Hint", "Pairs, own settings", "Pairs, tuned", "Steps, tuned", "Label bits, tuned"],
    rows: hints.flatMap((hint, i) => {
      const best = tuned?.hints[i];
      if (!best) return [];
      return [[hint.hint, inPairs(hint), inPairs(best), stepsText(best.steps), inBits(best, measurable)]];
    }),
  };
}

/** A part of the labels, and what the auxiliary loss is worth with them. */
export function labelPartsTable({ labelParts, tuned, sizes, hints }: Worth): Table {
  const at = hints[0]?.at ?? 0;
  const measurable = measurableFactors(sizes, at);
  const inPairs = (worth: DataFactor) => factorText(worth) + factorInterval(worth, measurable);
  return {
    title: `The auxiliary loss with a part of the labels, ${count(at)} training pairs`,
    caption:
      "The loss learns the classes of the images in so many of the pairs; all pairs teach their answer. Pairs and label bits: how many times as many the network without the loss needs for the same test error, with tuned settings.",
    columns: [
      "Pairs with classes",
      "Test error, own settings",
      "Test error, tuned",
      "Pairs, tuned",
      "Label bits, tuned",
    ],
    rows: (labelParts ?? []).map((part, i) => {
      const best = tuned?.labelParts?.[i] ?? part;
      return [
        `${Number((100 * part.labelFraction).toPrecision(3))}%`,
        meanAndSpread(part.point.testError),
        meanAndSpread(best.point.testError),
        part.labelFraction === 0 ? ABSENT : inPairs(best),
        part.labelFraction === 0 ? ABSENT : inBits(best, measurable),
      ];
    }),
  };
}

/** A factor of pairs as one of bits of labels, with its interval. */
const inBits = (worth: WithLabelBits, measurable: readonly [number, number]): string =>
  factorText(perBit(worth)) + intervalPerBit(worth, measurable);

const stepsText = ({ factor, ci95 }: StepsFactor): string =>
  factor === null ? ABSENT : `${factorNumber(factor)}×${ci95 ? ` [${ci95.map(factorNumber).join(", ")}]` : ""}`;

/** Each network's errors at each number of training pairs. */
export function worthErrorTable(
  { curves, sizes, values, tuned }: ShownLadder,
  which: "trainError" | "testError",
): Table {
  const over = tuned
    ? `Mean ± standard deviation over ${values} ${nounFor(values, "tuning")}, with the settings that each chose.`
    : values === 1
      ? "One round."
      : `Mean ± standard deviation over ${values} rounds.`;
  const points = curves.flatMap((curve) => curve.points);
  const isConstant = which === "testError" && points.some(({ constantRounds }) => constantRounds);
  const cell = (point: LadderPoint) => {
    const remarks = [
      ...(point.diverged ? [`${divergedOf(point.runs)} diverged`] : []),
      ...(which === "testError" && point.constantRounds ? [constantInTable(point.runs)] : []),
    ];
    return meanAndSpread(point[which]) + (remarks.length > 0 ? ` (${remarks.join(", ")})` : "");
  };
  const title = which === "testError" ? "Test errors" : "Training errors";
  return {
    title: tuned ? `${title}, tuned` : title,
    caption: captioned(
      `${over} Each network has the hints of those before it.${isConstant ? ` In brackets: where a network says the same to every pair.` : ""}`,
      points,
    ),
    columns: ["Training pairs", ...curves.map(({ title }) => title)],
    rows: sizes.map((pairs, i) => [count(pairs), ...curves.map(({ points }) => cell(points[i] as LadderPoint))]),
  };
}

/** The settings that tunings chose: of each network at each number of pairs, each tuning's. */
export function chosenTable({ curves }: Ladder): Table {
  return {
    title: "Chosen settings",
    caption: "Each cell has what the tunings chose, in their order.",
    columns: ["Network", "Training pairs", "Learning rate", "Dropout", "Auxiliary weight", "Epochs"],
    rows: curves.flatMap(({ title, points }) =>
      points.map(({ pairs, tunings = [] }) => [
        title,
        count(pairs),
        ...CHOSEN.map((name) =>
          tunings.map(({ tried, chosen }) => String(tried[chosen]?.settings[name] ?? ABSENT)).join(", "),
        ),
      ]),
    ),
  };
}

const CHOSEN = ["learningRate", "dropout", "auxiliaryWeight", "epochs"] as const;
