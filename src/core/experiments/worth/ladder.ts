/** A network of the ladder, in which each is told one thing more about the problem than the one before. */
export interface Rung {
  readonly architecture: string;
  /** What it is called beside the others. */
  readonly title: string;
  /** What it is told beyond the one before; absent for the first. */
  readonly hint?: string;
}

/**
 * From a network that is told nothing to one that is told the rule. All but the first are the paper's trunk, with batch
 * norm and dropout: two neighbours differ in one hint alone.
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
