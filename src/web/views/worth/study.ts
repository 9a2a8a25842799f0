import { errorSpread, type Spread } from "../../../core/experiments/shared/spread.js";
import {
  type DataFactor,
  dataFactor,
  type LearningCurve,
  leastError,
  meanErrorAt,
} from "../../../core/experiments/worth/data-factor.js";
import study from "./study.json" with { type: "json" };

export const { version, rounds, testPairs, labelBits, sizes } = study;

/** What trains the study's runs again. */
export const command = `npx pairlab worth --rounds ${rounds} --sizes ${sizes.join(",")}`;

export const [FEWEST, MOST] = [sizes[0], sizes.at(-1)] as [number, number];

/** A network of the study. Each has one hint more than the one before. */
export interface StudiedNetwork {
  readonly architecture: string;
  readonly title: string;
  readonly curve: LearningCurve;
  /** The mean test error at each size, over rounds. */
  readonly means: readonly Spread[];
}

/** A hint, and the networks with it and without it, which differ in nothing else. */
export interface Step {
  readonly hint: string;
  readonly hinted: StudiedNetwork;
  readonly plain: StudiedNetwork;
}

export const networks: readonly StudiedNetwork[] = study.networks.map(({ architecture, title, wrong }) => {
  const errors = wrong.map((each) => each.map((pairs) => pairs / testPairs));
  return {
    architecture,
    title,
    curve: { pairs: sizes, errors },
    means: errors.map((each) => errorSpread(each, testPairs)),
  };
});

export const steps: readonly Step[] = study.networks.flatMap(({ hint }, i) => {
  const [hinted, plain] = [networks[i], networks[i - 1]];
  return hint === undefined || !hinted || !plain ? [] : [{ hint, hinted, plain }];
});

const LEAST = leastError(rounds, testPairs);

/** What a hint is worth at a number of pairs, as the command says it. */
export interface Worth extends DataFactor {
  readonly hint: string;
  readonly pairs: number;
  /** With the hint there. */
  readonly error: number;
  /** Whether networks were trained on this number of pairs; else the error lies on the line between two that they were trained on. */
  readonly isMeasured: boolean;
}

export const worthAt = ({ hint, hinted, plain }: Step, pairs: number): Worth => ({
  ...dataFactor(hinted.curve, plain.curve, pairs, LEAST),
  hint,
  pairs,
  error: meanErrorAt(hinted.curve, pairs, LEAST),
  isMeasured: sizes.includes(pairs),
});
