/** The names that `makeOptimizer` and the setting `optimizer` know. */
export const OPTIMIZERS = ["adam", "adamw", "sgd", "rmsprop", "lion", "muon"] as const;
/** One of `OPTIMIZERS`. */
export type OptimizerName = (typeof OPTIMIZERS)[number];
