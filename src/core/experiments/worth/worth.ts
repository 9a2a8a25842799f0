import { labelledPairs } from "../../network/digit-settings.js";
import type { MeasuredRun } from "../shared/all-test-pairs.js";
import type { ExperimentContext } from "../shared/context.js";
import { type RoundsSummary, summarizeRounds } from "../shared/rounds.js";
import { errorSpread } from "../shared/spread.js";
import { type DataFactor, dataFactor, leastError } from "./data-factor.js";
import type { LabelBits } from "./label-bits.js";
import {
  AUXILIARY_LOSS,
  LABEL_FRACTIONS,
  LABELLED_NETWORK,
  labelPlaces,
  type Rung,
  runsAt,
  UNLABELLED_NETWORK,
} from "./ladder.js";
import { type CurveWithSteps, type StepsFactor, stepsFactor, stepsOf } from "./steps-factor.js";
import type { TriedSettings, TuningBudget } from "./tuning.js";

/** One network trained on one number of pairs, in every round. */
export interface LadderPoint extends RoundsSummary {
  readonly pairs: number;
  readonly rounds: number;
  /** Steps of the optimizer in each of the runs. */
  readonly steps: readonly number[];
  /** If settings were tuned there: what each tuning tried, and chose. */
  readonly tunings?: readonly PlaceTuning[];
}

/** What a tuning tried at a place; `chosen` is the place in `tried` of the settings that were measured. */
export interface PlaceTuning {
  readonly chosen: number;
  readonly tried: readonly TriedSettings[];
}

/** A network's errors at each number of training pairs. */
export interface LadderCurve {
  readonly architecture: string;
  readonly title: string;
  /** By ascending pairs. */
  readonly points: readonly LadderPoint[];
}

/** What a hint is worth at each number of pairs; on top, at the number that the headline is about. */
export interface HintWorth extends DataFactor {
  readonly hint: string;
  /** Names of the architectures. */
  readonly with: string;
  readonly without: string;
  /** Training pairs that `factor` is for. */
  readonly at: number;
  /** The mean test error with the hint there. */
  readonly testError: number;
  /** How many times as many steps of the optimizer the network needs without the hint. */
  readonly steps: StepsFactor;
  /** How many times as many bits of labels a pair has with the hint as without: the data's factor over this is one per bit of labels. */
  readonly labelBits: number;
  readonly bySize: readonly (DataFactor & { readonly pairs: number })[];
}

/** The network with the auxiliary loss where that learns the classes of a part of the pairs only. */
export interface LabelPart extends DataFactor {
  /** The part of the pairs; 0 is the network without the loss. */
  readonly labelFraction: number;
  readonly point: LadderPoint;
  /** How many times as many bits of labels a pair has as without the loss. */
  readonly labelBits: number;
}

/** The settings that a ladder was trained with. */
export interface WorthSettings extends ExperimentContext {
  /** Training pairs, ascending. */
  readonly sizes: readonly number[];
  readonly epochs: number;
  /** Of a round. */
  readonly testPairs: number;
  /** What a pair's labels say. */
  readonly labelBits: LabelBits;
}

/** Learning curves, and what they say of each hint. */
export interface Ladder {
  readonly curves: readonly LadderCurve[];
  readonly hints: readonly HintWorth[];
  /** By ascending part; absent if no such network was trained. */
  readonly labelParts?: readonly LabelPart[];
}

/** The same where each network's settings were tuned at each number of pairs. What varies is a tuning with its rounds. */
export interface TunedLadder extends Ladder, TuningBudget {}

/** Learning curves of a ladder of networks, and what each of its hints is worth in training pairs. */
export interface Worth extends WorthSettings, Ladder {
  readonly tuned?: TunedLadder;
}

/** The tuned curves as if nothing else had been measured, for a figure of them. */
export const tunedWorth = (worth: Worth, { curves, hints, tunings }: TunedLadder): Worth => ({
  ...worth,
  curves,
  hints,
  rounds: tunings,
});

/** The paper's number of training pairs, which the headline is about. */
const PAPER_PAIRS = 1000;

/** The size that the headline is about: the nearest to the paper's, by their ratio. */
export function headlineSize(sizes: readonly number[]): number {
  const ratio = (size: number) => Math.max(size / PAPER_PAIRS, PAPER_PAIRS / size);
  return sizes.reduce((best, size) => (ratio(size) < ratio(best) ? size : best));
}

/** What was tuned, by `placeKey`. */
export type PlaceTunings = ReadonlyMap<string, readonly PlaceTuning[]>;

export const placeKey = (architecture: string, pairs: number, labelFraction?: number): string =>
  `${architecture} ${pairs} ${labelFraction ?? 1}`;

/** How runs are gathered. */
interface Gathering {
  readonly settings: WorthSettings;
  /** Rounds whose mean is one value: 1, or those of a tuning. */
  readonly together: number;
  readonly tunings?: PlaceTunings;
}

/** Draws the conclusions from the runs of a ladder at every size, the same seeds throughout. */
export function summarizeWorth(
  ladder: readonly Rung[],
  records: readonly MeasuredRun[],
  settings: WorthSettings,
): Worth {
  return { ...settings, ...summarizeLadder(ladder, records, { settings, together: 1 }) };
}

/** The same of networks that were tuned: one value is the mean over the rounds of a tuning. */
export function summarizeTuned(
  ladder: readonly Rung[],
  records: readonly MeasuredRun[],
  settings: WorthSettings,
  budget: TuningBudget,
  tunings: PlaceTunings,
): TunedLadder {
  return { ...budget, ...summarizeLadder(ladder, records, { settings, together: budget.rounds, tunings }) };
}

function summarizeLadder(ladder: readonly Rung[], records: readonly MeasuredRun[], gathering: Gathering): Ladder {
  const { sizes, rounds, testPairs, labelBits } = gathering.settings;
  const { together } = gathering;
  const curves = ladder.map(
    ({ architecture, title }): LadderCurve => ({
      architecture,
      title,
      points: sizes.map((pairs) => pointOf(records, { architecture, pairs }, gathering)),
    }),
  );
  const at = headlineSize(sizes);
  const least = leastError(rounds, testPairs);
  const more = labelBits.classes / labelBits.answer;
  const hints = ladder.flatMap(({ hint }, rung): HintWorth[] => {
    const [hinted, plain] = [curves[rung], curves[rung - 1]];
    if (hint === undefined || !hinted || !plain) return [];
    const [withHint, withoutHint] = [learningCurve(hinted, together), learningCurve(plain, together)];
    const bySize = sizes.map((pairs) => ({ pairs, ...dataFactor(withHint, withoutHint, pairs, least) }));
    const { pairs, ...headline } = bySize[sizes.indexOf(at)] as (typeof bySize)[number];
    const testError = (hinted.points[sizes.indexOf(at)] as LadderPoint).testError.mean;
    return [
      {
        hint,
        with: hinted.architecture,
        without: plain.architecture,
        at: pairs,
        testError,
        ...headline,
        steps: stepsFactor(withHint, withoutHint, pairs, least),
        labelBits: hint === AUXILIARY_LOSS ? more : 1,
        bySize,
      },
    ];
  });
  return { curves, hints, ...labelPartsOf(records, curves, at, gathering) };
}

/** What parts of the classes are worth, beside none and all. */
function labelPartsOf(
  records: readonly MeasuredRun[],
  curves: readonly LadderCurve[],
  at: number,
  gathering: Gathering,
): Pick<Ladder, "labelParts"> {
  const { settings, together } = gathering;
  const { sizes, rounds, testPairs, labelBits } = settings;
  const curveOf = (name: string) => curves.find(({ architecture }) => architecture === name) as LadderCurve;
  const places = labelPlaces(at);
  if (!places.some((place) => runsAt(records, place).length > 0)) return {};
  const plain = learningCurve(curveOf(UNLABELLED_NETWORK), together);
  const place = sizes.indexOf(at);
  const points = [
    curveOf(UNLABELLED_NETWORK).points[place] as LadderPoint,
    ...places.map((each) => pointOf(records, each, gathering)),
    curveOf(LABELLED_NETWORK).points[place] as LadderPoint,
  ];
  const labelParts = [0, ...LABEL_FRACTIONS, 1].map((labelFraction, i): LabelPart => {
    const point = points[i] as LadderPoint;
    const { answer, classes } = labelBits;
    const part = labelFraction === 0 ? 0 : labelledPairs(labelFraction, at) / at;
    return {
      labelFraction,
      point,
      labelBits: (part * classes + (1 - part) * answer) / answer,
      ...dataFactor({ pairs: [at], errors: [valuesOf(point, together)] }, plain, at, leastError(rounds, testPairs)),
    };
  });
  return { labelParts };
}

function pointOf(
  records: readonly MeasuredRun[],
  { architecture, pairs, labelFraction }: { architecture: string; pairs: number; labelFraction?: number },
  { together, tunings, settings }: Gathering,
): LadderPoint {
  const place = { architecture, pairs, ...(labelFraction !== undefined && { labelFraction }) };
  const runs = runsAt(records, place);
  const { general, ...summary } = summarizeRounds(runs, tunings ? runs.length / together : 1);
  const tuned = tunings?.get(placeKey(architecture, pairs, labelFraction));
  const point = { pairs, rounds: runs.length, steps: runs.map(({ config }) => stepsOf(config)), ...summary };
  if (!tuned) return { ...point, ...(general && { general }) };
  // An interval for other images would leave the chance of a tuning out.
  const values = valuesOf(point, together).filter((error) => !Number.isNaN(error));
  return { ...point, testError: errorSpread(values, together * settings.testPairs), tunings: tuned };
}

/** The means of so many rounds each, NaN where one diverged. */
const valuesOf = ({ runs }: Pick<LadderPoint, "runs">, together: number): number[] =>
  meansOf(
    runs.map(({ testError }) => testError),
    together,
  );

/** The means of so many values each, in their order. */
const meansOf = (values: readonly number[], together: number): number[] =>
  Array.from({ length: Math.floor(values.length / together) }, (_, i) =>
    values.slice(i * together, (i + 1) * together).reduce((sum, value) => sum + value / together, 0),
  );

const learningCurve = ({ points }: LadderCurve, together: number): CurveWithSteps => ({
  pairs: points.map(({ pairs }) => pairs),
  errors: points.map((point) => valuesOf(point, together)),
  steps: points.map(({ steps }) => meansOf(steps, together)),
});
