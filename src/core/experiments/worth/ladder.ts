import type { RunRecord } from "../../training/index.js";

export const AUXILIARY_LOSS = "auxiliary loss";

/** A network of the ladder, in which each has one hint more than the one before. */
export interface Rung {
  readonly architecture: string;
  /** Its name beside the others. */
  readonly title: string;
  /** The hint that it has beyond the one before; absent for the first. */
  readonly hint?: string;
}

/**
 * From a network without hints to one that has the rule. All have the same layers but for the hint, batch norm and dropout included: two
 * neighbours differ in only one hint.
 */
export const LADDER: readonly Rung[] = [
  { architecture: "fully-connected", title: "fully connected" },
  { architecture: "trunk+batch-norm+dropout", title: "convolution", hint: "convolution" },
  { architecture: "trunk+sharing+batch-norm+dropout", title: "+ weight sharing", hint: "weight sharing" },
  { architecture: "trunk+sharing+auxiliary+batch-norm+dropout", title: "+ auxiliary loss", hint: AUXILIARY_LOSS },
  {
    architecture: "trunk+sharing+auxiliary+batch-norm+dropout+rule",
    title: "+ comparison rule",
    hint: "comparison rule",
  },
];

/** Where the ladder gets its labels of classes. */
const LABELLED = LADDER.findIndex(({ hint }) => hint === AUXILIARY_LOSS);

/** The network whose auxiliary loss learns the classes of a part of the pairs, and the one without that loss. */
export const [LABELLED_NETWORK, UNLABELLED_NETWORK] = [LABELLED, LABELLED - 1].map(
  (rung) => (LADDER[rung] as Rung).architecture,
) as [string, string];

/** The parts of the pairs whose classes it learns, between none and all. */
export const LABEL_FRACTIONS = [0.1, 0.25, 0.5] as const;

/** A network of the ladder on a number of training pairs, whose auxiliary loss may learn only a part of the classes. */
export interface Place {
  readonly architecture: string;
  readonly pairs: number;
  readonly labelFraction?: number;
}

/** The networks with parts of the classes, on so many pairs. */
export const labelPlaces = (pairs: number): Place[] =>
  LABEL_FRACTIONS.map((labelFraction) => ({ architecture: LABELLED_NETWORK, pairs, labelFraction }));

/** Every network on every number of pairs, those that train longest first, so that no core is idle at the end. */
export const ladderPlaces = (sizes: readonly number[]): Place[] =>
  sizes
    .toReversed()
    .flatMap((pairs) => LADDER.toReversed().map(({ architecture }): Place => ({ architecture, pairs })));

/** The runs of a place among those of a ladder, in the order of their seeds. */
export const runsAt = <Run extends Pick<RunRecord, "architecture" | "config" | "seed">>(
  records: readonly Run[],
  { architecture, pairs, labelFraction }: Place,
): Run[] =>
  records
    .filter(
      ({ architecture: name, config }) =>
        name === architecture && config.trainPairs === pairs && config.labelFraction === labelFraction,
    )
    .toSorted((a, b) => a.seed - b.seed);
