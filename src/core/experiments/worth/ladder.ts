/** A network of the ladder, in which each has one hint more than the one before. */
export interface Rung {
  readonly architecture: string;
  /** Its name beside the others. */
  readonly title: string;
  /** The hint that it has beyond the one before; absent for the first. */
  readonly hint?: string;
}

/**
 * From a network without hints to one that has the rule. All but the first are the paper's trunk, with batch
 * norm and dropout: two neighbours differ in only one hint.
 */
export const LADDER: readonly Rung[] = [
  { architecture: "mlp", title: "MLP" },
  { architecture: "trunk+batch-norm+dropout", title: "convolution", hint: "convolution" },
  { architecture: "trunk+sharing+batch-norm+dropout", title: "+ weight sharing", hint: "weight sharing" },
  { architecture: "trunk+sharing+auxiliary+batch-norm+dropout", title: "+ auxiliary loss", hint: "auxiliary loss" },
  {
    architecture: "trunk+sharing+auxiliary+batch-norm+dropout+rule",
    title: "+ comparison rule",
    hint: "comparison rule",
  },
];
