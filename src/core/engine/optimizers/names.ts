export const OPTIMIZERS = ["adam", "adamw", "sgd", "rmsprop", "lion", "muon"] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];
