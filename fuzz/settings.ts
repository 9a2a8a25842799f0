import { numberText } from "./mutate.js";
import type { Random } from "./random.js";

/** Which numbers a setting's option takes. */
interface Range {
  readonly whole: boolean;
  readonly low: number;
  readonly high: number;
  readonly open?: "low" | "high";
}

/** Options of numbers, as --help describes them. */
export const RANGES: Readonly<Record<string, Range>> = {
  epochs: { whole: true, low: 1, high: 100_000 },
  "batch-size": { whole: true, low: 1, high: 10_000 },
  pairs: { whole: true, low: 1, high: 1_000_000 },
  partners: { whole: true, low: 1, high: 10_000 },
  members: { whole: true, low: 1, high: 64 },
  "learning-rate": { whole: false, low: 0, high: 100, open: "low" },
  dropout: { whole: false, low: 0, high: 1, open: "high" },
  momentum: { whole: false, low: 0, high: 1, open: "high" },
  "weight-decay": { whole: false, low: 0, high: 1000 },
  "clip-norm": { whole: false, low: 0, high: 1_000_000 },
  "weight-average": { whole: false, low: 0, high: 1, open: "high" },
  "auxiliary-weight": { whole: false, low: 0, high: 1000 },
  "label-smoothing": { whole: false, low: 0, high: 1, open: "high" },
};

export const CHOICES: Readonly<Record<string, readonly string[]>> = {
  optimizer: ["adam", "adamw", "sgd", "rmsprop", "lion", "muon", "adagrad"],
  schedule: ["constant", "cosine", "one-cycle", "linear"],
  augmentation: ["none", "mild", "strong", "weak"],
  pairing: ["swapped", "shuffled", "drawn", "dealt"],
  views: ["shifts", "none", "both"],
  evaluate: ["epoch", "end", "never"],
};

export function isInside({ whole, low, high, open }: Range, value: number | undefined): boolean {
  if (value === undefined || (whole && !Number.isInteger(value))) return false;
  return value >= low && value <= high && !(open === "low" && value === low) && !(open === "high" && value === high);
}

/** An option with a value that it may take, or not. */
export function setting(random: Random): [option: string, value: string] {
  if (random.chance(0.3)) {
    const option = random.pick(Object.keys(CHOICES));
    return [option, random.pick(CHOICES[option] ?? [])];
  }
  const option = random.pick([...Object.keys(RANGES), "nothing"]);
  return [option, numberText(random)];
}

export const ARCHITECTURES = [
  ...["mlp", "simple-cnn", "weight-sharing", "weight-sharing-auxiliary", "one-by-one", "best", "quick", "lenet-5"],
  ...["matching", "ranking"],
  ...["trunk", "trunk+sharing", "trunk+sharing+auxiliary", "trunk+rule", "mpl", "best-ensemble", "resnet", ""],
];
